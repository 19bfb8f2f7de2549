import type { QueryFilter, Types } from 'mongoose';
import { inStockholm } from '../base/dates.ts';
import { type Event, EventModel } from '../events/event.ts';
import type { WeekdayTurnout } from '../events/proposals/propose.ts';
import { RegistrationModel } from '../registrations/registration.ts';

/**
 * How many came by day of the week, over all of a county board's events that have taken place. Events where nobody's
 * attendance is marked say nothing and are left out.
 */
export async function turnoutByWeekday(authority: string, now: Date): Promise<WeekdayTurnout[]> {
  const held: QueryFilter<Event> = { authority, state: 'published', end: { $lte: now } };
  const events = await EventModel.find(held, { start: 1 }).lean<Pick<Event, '_id' | 'start'>[]>();
  const counts = await RegistrationModel.aggregate<{ _id: Types.ObjectId; came: number }>([
    { $match: { event: { $in: events.map(({ _id }) => _id) }, status: 'confirmed', present: true } },
    { $group: { _id: '$event', came: { $sum: 1 } } },
  ]);
  const came = new Map(counts.map((count) => [String(count._id), count.came]));
  const marked = events.filter(({ _id }) => came.has(String(_id)));
  const byWeekday = Map.groupBy(marked, ({ start }) => inStockholm(start).weekday);
  return [...byWeekday].map(([weekday, group]) => ({
    weekday,
    events: group.length,
    average: group.reduce((sum, { _id }) => sum + (came.get(String(_id)) ?? 0), 0) / group.length,
  }));
}
