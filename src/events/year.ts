import { type Event, type Factor, factors } from './event.ts';

/** The county board's aim: at least so many boost days a year. */
export const daysAYear = 3;

/** County boards whose programme asks for them: Alla barn i Östergötland. */
const withProgramme = ['05'];

/** How a county board's year stands against the programme. */
export type Year = { boostDays: Event[]; missingFactors: Factor[]; missingDays: number };

/** True for a county board whose programme asks for a boost day on each protective factor. */
export function hasProgramme(authority: string): boolean {
  return withProgramme.includes(authority);
}

/** What the year has and lacks, of its events. Cancelled ones do not count. */
export function yearOfProgramme(events: Event[]): Year {
  const boostDays = events.filter((event) => event.kind === 'boostdag' && event.state !== 'cancelled');
  const covered = new Set(boostDays.flatMap((event) => event.factors));
  const missingFactors = factors.filter((factor) => !covered.has(factor));
  return { boostDays, missingFactors, missingDays: Math.max(0, daysAYear - boostDays.length) };
}
