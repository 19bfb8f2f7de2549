import { inStockholm } from '../base/dates.ts';
import type { WeekdayTurnout } from '../events/proposals/propose.ts';
import { talliesOf } from '../registrations/tallies/read.ts';
import type { Tally } from '../registrations/tallies/tally.ts';
import { heldEvents } from './selection.ts';

/**
 * How many came by day of the week, over all of a county board's events that have taken place. Events where nobody's
 * attendance is marked say nothing and are left out.
 */
export async function turnoutByWeekday(authority: string, now: Date): Promise<WeekdayTurnout[]> {
  const events = await heldEvents(authority, {}, now);
  const came = new Map((await talliesOf(events)).map((tally) => [String(tally._id), cameTo(tally)]));
  const marked = events.filter(({ _id }) => came.get(String(_id)));
  const byWeekday = Map.groupBy(marked, ({ start }) => inStockholm(start).weekday);
  return [...byWeekday].map(([weekday, group]) => ({
    weekday,
    events: group.length,
    average: group.reduce((sum, { _id }) => sum + (came.get(String(_id)) ?? 0), 0) / group.length,
  }));
}

function cameTo({ cells }: Tally): number {
  return cells.reduce((sum, { present }) => sum + present.plats + present.digitalt, 0);
}
