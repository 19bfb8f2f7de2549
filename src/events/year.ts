import type { Authority, Initiative } from '../authorities/authority.ts';
import { calendarDay } from '../base/dates.ts';
import { type Event, type Factor, factors } from './event.ts';

/** How a county board's year stands against its initiative. Cancelled events and other kinds do not count. */
export type Year = {
  /** Boost days that have been, and those to come, drafts too. */
  held: Event[];
  planned: Event[];
  /** Each factor of the initiative with the boost days about it. */
  coverage: { factor: Factor; days: Event[] }[];
  missingFactors: Factor[];
  missingDays: number;
};

/** A day needs so many weeks from the first plan to the day itself. */
const weeksToPlan = 8;

/** The county board's initiative, where it is under way in a year. */
export function initiativeIn(
  { initiative }: Pick<Authority, 'initiative'>,
  year: number,
): Initiative | undefined {
  if (!initiative || year < initiative.since || year > (initiative.until ?? year)) return undefined;
  return initiative;
}

/** What the year has and lacks, of its events. */
export function yearOfInitiative(
  events: Event[],
  initiative: Pick<Initiative, 'factors' | 'daysAYear'>,
  now: Date,
): Year {
  const boostDays = events.filter((event) => event.kind === 'boostdag' && event.state !== 'cancelled');
  const coverage = factors
    .filter((factor) => initiative.factors.includes(factor))
    .map((factor) => ({ factor, days: boostDays.filter((event) => event.factors.includes(factor)) }));
  return {
    held: boostDays.filter((event) => wasHeld(event, now)),
    planned: boostDays.filter((event) => !wasHeld(event, now)),
    coverage,
    missingFactors: coverage.filter(({ days }) => days.length === 0).map(({ factor }) => factor),
    missingDays: Math.max(0, initiative.daysAYear - boostDays.length),
  };
}

function wasHeld({ state, end }: Event, now: Date): boolean {
  return state !== 'draft' && end <= now;
}

/** The last day (YYYY-MM-DD) on which one more day of a year can still be planned, to be held before the middle of December. */
export function planBy(year: number): string {
  return calendarDay(`${year}-12-15`).minus({ weeks: weeksToPlan }).toISODate() ?? '';
}
