import type { Types } from 'mongoose';
import { yearOf } from '../../base/dates.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { notErased, type Registration, RegistrationModel } from '../registration.ts';
import { Cells } from './count.ts';
import type { Tally } from './tally.ts';

/** Somebody who came is known by their address. Anyone without one, and anyone erased, is no newcomer that can be told. */
const came = { status: 'confirmed', present: true, email: { $gt: '' }, ...notErased } as const;

type Someone = Pick<Registration, 'email' | 'municipality' | 'role' | 'mode' | 'attendedMode'>;

/**
 * A tally with those who came for the first time, and for the first time in the year (Stockholm's), as it is known now.
 * The second sum up, over the events of a year, to how many different people came in it.
 */
export async function withNewcomers(tally: Tally, event: Event): Promise<Tally> {
  const fields = { email: 1, municipality: 1, role: 1, mode: 1, attendedMode: 1 } as const;
  const people = await RegistrationModel.find({ event: event._id, ...came }, fields).lean<Someone[]>();
  const before = await earlierYears(event, [...new Set(people.map(({ email }) => email))]);
  const cells = new Cells(tally.cells);
  const year = yearOf(event.start);
  for (const { email, mode, attendedMode, ...place } of people) {
    const years = before.get(email);
    const cell = cells.of(place);
    if (!years) cell.firstTimers[attendedMode ?? mode] += 1;
    if (!years?.has(year)) cell.firstThisYear[attendedMode ?? mode] += 1;
  }
  return { ...tally, cells: cells.all() };
}

/** The years in which these people have come to earlier events of the county board; who has come to none is not in it. */
async function earlierYears(
  { authority, start }: Event,
  emails: string[],
): Promise<Map<string, Set<number>>> {
  const held = { authority, state: 'published' as const, start: { $lt: start } };
  const events = await EventModel.find(held, { start: 1 }).lean<Pick<Event, '_id' | 'start'>[]>();
  const years = new Map(events.map((event) => [String(event._id), yearOf(event.start)]));
  const attended = await RegistrationModel.find(
    { ...came, email: { $in: emails }, event: { $in: events.map(({ _id }) => _id) } },
    { email: 1, event: 1 },
  ).lean<{ email: string; event: Types.ObjectId }[]>();
  const byPerson = Map.groupBy(attended, ({ email }) => email);
  return new Map(
    [...byPerson].map(([email, times]) => [
      email,
      new Set(times.map(({ event }) => years.get(String(event)) ?? 0)),
    ]),
  );
}

/** The newcomers of an earlier tally, where they can be told no more since somebody has been erased. */
export function keepNewcomers(tally: Tally, before: Tally): Tally {
  const cells = new Cells(tally.cells);
  for (const { firstTimers, firstThisYear, ...place } of before.cells)
    Object.assign(cells.of(place), { firstTimers, firstThisYear });
  return { ...tally, cells: cells.all() };
}
