import type { Response } from 'express';
import { calendarDay, isoDay, isoTime, stockholmInstant, yearOf } from '../../base/dates.ts';
import { eventsOfYear } from '../../events/authority-events.ts';
import { type Event, type Factor, factorNames, type Kind } from '../../events/event.ts';
import type { Neighbour } from '../../events/proposals/clashes.ts';
import { type Circumstances, type DateProposal, proposeNear } from '../../events/proposals/propose.ts';
import { initiativeIn, yearOfInitiative } from '../../events/year.ts';
import { knowsHours } from '../../registrations/recorded/form.ts';
import { ownBoard } from '../parts/guard.ts';
import { circumstancesOf } from './circumstances.ts';

/** A day that can be planned: like an event of the year before, or one that the initiative lacks. */
type Idea = {
  /** Its part of the names of its fields. */
  key: string;
  title: string;
  kind: Kind;
  factors: Factor[];
  /** The event that it is like. */
  like?: Event;
  /** HH:MM in Stockholm. */
  hours: { start: string; end: string };
  /** Near which day (YYYY-MM-DD) it is wished. */
  wished: string;
};

/** The same with the days that are proposed, the best first. */
export type YearRow = Idea & { proposals: DateProposal[] };

/** What can be planned in a year, what is planned in it already, and what its days are weighed by. */
export type YearToPlan = { rows: YearRow[]; planned: Event[]; known: Omit<Circumstances, 'hours'> };

const usualHours = { start: '09:00', end: '12:00' };
const mostProposals = 3;

/** The days of a year from those of the year before, else from the initiative. */
export async function yearToPlan(res: Response, year: number): Promise<YearToPlan> {
  const board = ownBoard(res);
  const [before, planned] = await Promise.all([keptOf(board._id, year - 1), keptOf(board._id, year)]);
  const known = await circumstancesOf(res, { from: `${year}-01-01`, till: `${year}-12-31` });
  const ideas = before.length > 0 ? before.map((event) => again(event, year)) : lacking(res, planned, year);
  return { rows: withProposals(ideas, known), planned, known };
}

async function keptOf(authority: string, year: number): Promise<Event[]> {
  return (await eventsOfYear(authority, year)).filter(({ state }) => state !== 'cancelled');
}

/** An event of the year before, on the same weekday in the same week. */
function again(event: Event, year: number): Idea {
  const { _id, title, kind, factors, start, end } = event;
  const same = [52, 53].map((weeks) => calendarDay(isoDay(start)).plus({ weeks }).toISODate() ?? '');
  const wished = same.find((day) => day.startsWith(String(year))) ?? `${year}-12-31`;
  const hours = knowsHours(event) ? { start: isoTime(start), end: isoTime(end) } : usualHours;
  return { key: String(_id), ...{ title, kind, factors, like: event, hours, wished } };
}

/** A day for each protective factor that has none, and for each day that is still too few, spread over what is left of the year. */
function lacking(res: Response, planned: Event[], year: number): Idea[] {
  const { now } = res.locals;
  const initiative = initiativeIn(ownBoard(res), year);
  if (!initiative) return [];
  const { missingFactors, missingDays } = yearOfInitiative(planned, initiative, now);
  const others = Math.max(0, missingDays - missingFactors.length);
  const about: Factor[][] = [...missingFactors.map((factor) => [factor]), ...Array(others).fill([])];
  const first = yearOf(now) < year ? calendarDay(`${year}-01-01`) : calendarDay(isoDay(now));
  const days = calendarDay(`${year}-12-01`).diff(first, 'days').days;
  return about.map((factors, index) => ({
    ...{ key: factors[0] ?? `dag${index + 1}`, kind: 'boostdag', factors, hours: usualHours },
    title: factors.map((factor) => factorNames[factor]).join() || 'Boostdag',
    wished: first.plus({ days: ((index + 0.5) * days) / about.length }).toISODate() ?? '',
  }));
}

/** The first proposal of a day counts as planned for the days after it. */
function withProposals(ideas: Idea[], known: YearToPlan['known']): YearRow[] {
  const events = [...known.events];
  return ideas.map((idea) => {
    const proposals = proposeNear(idea.wished, { ...known, events, hours: lengthOf(idea) });
    const [best] = proposals;
    if (best) events.push(neighbour(idea, best.day, known.board._id));
    return { ...idea, proposals: proposals.slice(0, mostProposals) };
  });
}

/** How many hours it takes. */
export function lengthOf({ hours }: Pick<Idea, 'hours'>): number {
  const [start = 0, end = 0] = [hours.start, hours.end].map((time) => Number(time.slice(0, 2)));
  return end - start;
}

/** It as an event that others plan for. */
export function neighbour({ kind, title, hours }: Idea, day: string, authority: string): Neighbour {
  return { authority, kind, title, start: stockholmInstant(day, hours.start) ?? new Date(0) };
}
