import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import { type Event, modes } from '../events/event.ts';
import { RegistrationModel } from '../registrations/registration.ts';
import { talliesOf } from '../registrations/tallies/read.ts';
import type { Cell, Tally } from '../registrations/tallies/tally.ts';

/**
 * Who is registered for an event, how many wait for a seat, and from which of the county's municipalities somebody comes.
 * Of an event that is over also how far its attendance is marked, and whether it is closed.
 */
export type Turnout = {
  registered: number;
  waiting: number;
  present: number;
  unmarked: number;
  municipalities: string[];
  isClosed: boolean;
};

/**
 * The turnout of a county board's events: of those that are over from their tallies, of the others from their counters.
 * However many people there are, it takes the same time. @returns a look-up that knows each of these events
 */
export async function turnoutOf(
  events: Event[],
  board: Pick<Authority, 'municipalities'>,
  now: Date,
): Promise<(event: Types.ObjectId) => Turnout> {
  const over = events.filter(
    ({ state, end }) => state === 'recorded' || (state === 'published' && end <= now),
  );
  const coming = events.filter(({ state, end }) => state === 'published' && end > now);
  const [tallies, reached] = await Promise.all([
    talliesOf(over),
    Promise.all(coming.map((event) => municipalitiesOf(event, board))),
  ]);
  const found = new Map<string, Omit<Turnout, 'waiting'>>([
    ...tallies.map((tally) => [String(tally._id), turnoutIn(tally)] as const),
    ...coming.map((event, index) => [String(event._id), soFar(event, reached[index] ?? [])] as const),
  ]);
  const waiting = await countWaiting(events);
  return (event) => ({
    ...(found.get(String(event)) ?? nobody),
    waiting: waiting.get(String(event)) ?? 0,
  });
}

const nobody = { registered: 0, present: 0, unmarked: 0, municipalities: [], isClosed: false };

function turnoutIn({ cells, closed }: Tally): Omit<Turnout, 'waiting'> {
  const sum = (name: 'registered' | 'unannounced' | 'marked' | 'present') =>
    cells.reduce((so, cell) => so + numberIn(cell, name), 0);
  const registered = sum('registered') + sum('unannounced');
  const there = cells.filter(({ registered, unannounced, present }) =>
    [registered, unannounced, present].some(({ plats, digitalt }) => plats + digitalt > 0),
  );
  return {
    ...{ registered, present: sum('present'), unmarked: registered - sum('marked') },
    municipalities: [...new Set(there.map(({ municipality }) => municipality))],
    isClosed: closed !== undefined,
  };
}

function numberIn(cell: Cell, name: 'registered' | 'unannounced' | 'marked' | 'present'): number {
  return cell[name].plats + cell[name].digitalt;
}

function soFar({ taken }: Event, municipalities: string[]): Omit<Turnout, 'waiting'> {
  const registered = modes.reduce((sum, mode) => sum + taken[mode], 0);
  return { ...nobody, registered, municipalities };
}

/** The county's municipalities that somebody comes from: a look into an index for each of them, however many come. */
async function municipalitiesOf(event: Event, { municipalities }: Pick<Authority, 'municipalities'>) {
  if (soFar(event, []).registered === 0) return [];
  const codes = municipalities.map(({ code }) => code);
  const found = await Promise.all(
    codes.map((municipality) =>
      RegistrationModel.exists({ event: event._id, status: 'confirmed', municipality }),
    ),
  );
  return codes.filter((_code, index) => found[index]);
}

/** Somebody who would take either way counts on both lists, so people are counted and not places. */
async function countWaiting(events: Event[]): Promise<Map<string, number>> {
  const queued = events.filter(({ waiting }) => modes.some((mode) => waiting[mode] > 0));
  const numbers = await Promise.all(
    queued.map(({ _id }) => RegistrationModel.countDocuments({ event: _id, status: 'waiting' })),
  );
  return new Map(queued.map(({ _id }, index) => [String(_id), numbers[index] ?? 0]));
}
