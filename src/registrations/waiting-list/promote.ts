import type { Types } from 'mongoose';
import type { Authority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import type { ClientSession } from '../../base/database.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { offeredModes, queueEnd } from '../../events/rules.ts';
import { inTurnOf, readPlace } from '../locked.ts';
import { letterRow } from '../owed-letter.ts';
import { changedAfter, type Registration } from '../registration.ts';
import { recount } from '../seats.ts';
import { type Outcome, tellOutcomes, writeRows } from '../write-outcomes.ts';
import { waitingFor } from './waiting-list.ts';

/**
 * Gives free seats at once to those who have waited longest for them. It is called in every transaction that frees a
 * seat, after the event is written, so that the lock on the event keeps others out. It stops when the waiting list
 * closes, so that nobody gets a seat too late to plan for it.
 * @returns those who got one
 */
export async function promote(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  session: ClientSession,
): Promise<Types.ObjectId[]> {
  const event = await EventModel.findById(id).session(session).orFail().lean<Event>();
  if (event.state !== 'published' || act.now >= queueEnd(event)) return [];
  const promoted = await nextInLine(event, session);
  if (promoted.length > 0) await seat(act, event, promoted, authority, session);
  return promoted.map(({ registration }) => registration._id);
}

/** Gives somebody who waits a seat in this way, past the queue and the seats: an organiser's decision, until the event ends. */
export async function giveSeat(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  mode: Mode,
): Promise<Registration | { refused: 'cancelled' | 'closed' | 'over' }> {
  return inTurnOf(id, async (session) => {
    const { registration, event } = await readPlace(id, session);
    if (registration.status !== 'waiting') return { refused: 'cancelled' };
    if (event.state !== 'published' || !offeredModes(event).includes(mode)) return { refused: 'closed' };
    if (act.now >= event.end) return { refused: 'over' };
    await seat(act, event, [{ registration, mode }], authority, session);
    return (await readPlace(id, session)).registration;
  });
}

/** Gives a seat to somebody who waits, with the first invitation: those who wait have none. */
async function seat(
  act: Act,
  event: Event,
  promoted: { registration: Registration; mode: Mode }[],
  authority: Authority,
  session: ClientSession,
): Promise<void> {
  const outcomes = promoted.map(({ registration: before, mode }): Outcome => {
    const registration = {
      ...before,
      mode,
      status: 'confirmed' as const,
      wishes: [],
      queuedAt: null,
      changedAt: changedAfter(before, act.now),
    };
    const letter = letterRow(act, 'erbjudande', { registration, event, authority });
    return { registration, deed: 'registration.promoted', letter };
  });
  const left = promoted.flatMap(({ registration }) => registration.wishes);
  await recount(event._id, { taken: promoted.map(({ mode }) => mode), left }, session);
  await writeRows(
    outcomes.map(({ registration }) => registration),
    session,
  );
  await tellOutcomes(act, event, outcomes, session);
}

/** Who is next for the seats that are free. Who would take either way gets the first wish that is free. */
async function nextInLine(
  event: Event,
  session: ClientSession,
): Promise<{ registration: Registration; mode: Mode }[]> {
  const free = { plats: freeFor(event, 'plats'), digitalt: freeFor(event, 'digitalt') };
  const line = new Map<string, Registration>();
  for (const mode of modes) {
    if (free[mode] === 0) continue;
    // Enough, also where those who would take either way get the other one.
    const first = await waitingFor(event._id, mode, session).limit(free.plats + free.digitalt);
    for (const one of first) line.set(String(one._id), one);
  }
  return [...line.values()].toSorted(byQueue).flatMap((registration) => {
    const mode = registration.wishes.find((wish) => free[wish] > 0);
    if (!mode) return [];
    free[mode] -= 1;
    return [{ registration, mode }];
  });
}

function freeFor({ seats, taken, waiting }: Event, mode: Mode): number {
  const left = seats[mode] === null ? waiting[mode] : seats[mode] - taken[mode];
  return Math.max(0, Math.min(left, waiting[mode]));
}

function byQueue(one: Registration, other: Registration): number {
  return (
    Number(one.queuedAt) - Number(other.queuedAt) ||
    one._id.toHexString().localeCompare(other._id.toHexString())
  );
}
