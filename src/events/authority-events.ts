import { inStockholm, isoDay, yearOf, yearSpan } from '../base/dates.ts';
import { type Event, EventModel } from './event.ts';
import { planBy } from './year.ts';

/** A county board's events of one year (Stockholm's) in the order of time. */
export async function eventsOfYear(authority: string, year: number): Promise<Event[]> {
  const { from, to } = yearSpan(year);
  return EventModel.find({ authority, start: { $gte: from, $lt: to } })
    .sort({ start: 1 })
    .lean<Event[]>();
}

/** All events of a county board by year, the latest year first, within it the latest event first. */
export async function eventsByYear(authority: string): Promise<Map<number, Event[]>> {
  const events = await EventModel.find({ authority }).sort({ start: -1 }).lean<Event[]>();
  return Map.groupBy(events, (event) => yearOf(event.start));
}

/**
 * The year that a county board works with: that of its next event. Where nothing is to come it is this one, or the next
 * if it is too late to plan another day in this one.
 */
export async function currentYear(authority: string, now: Date): Promise<number> {
  const [next] = await eventsSince(authority, now);
  if (next) return yearOf(next.start);
  const thisYear = yearOf(now);
  return isoDay(now) > planBy(thisYear) ? thisYear + 1 : thisYear;
}

/** True where the county board has events of the example county. */
export async function hasExampleEvents(authority: string): Promise<boolean> {
  return (await EventModel.exists({ authority, example: true })) !== null;
}

/** A county board's events that end after a moment and are not cancelled, in the order of time. */
export async function eventsSince(authority: string, since: Date): Promise<Event[]> {
  return EventModel.find({ authority, end: { $gt: since }, state: { $ne: 'cancelled' } })
    .sort({ start: 1 })
    .lean<Event[]>();
}

/** A county board's published events on the day (Stockholm's) of a moment, in the order of time. */
export async function eventsOfDay(authority: string, now: Date): Promise<Event[]> {
  const day = inStockholm(now).startOf('day');
  const [from, to] = [day.toJSDate(), day.plus({ days: 1 }).toJSDate()];
  return EventModel.find({ authority, state: 'published', start: { $lt: to }, end: { $gte: from } })
    .sort({ start: 1 })
    .lean<Event[]>();
}
