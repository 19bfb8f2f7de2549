import type { Types } from 'mongoose';
import { type Authority, findAuthority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { type ClientSession, transaction } from '../../base/database.ts';
import { logger } from '../../base/log.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { queueEnd } from '../../events/rules.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { letterRow, type QueuePlace } from '../owed-letter.ts';
import { changedAfter, newUid, type Registration, RegistrationModel } from '../registration.ts';
import { recount } from '../seats.ts';
import { type Outcome, tellOutcomes, writeRows } from '../write-outcomes.ts';

const inOrder = { queuedAt: 1, _id: 1 } as const;

/** Those who wait for a way, the first in the queue first. */
export function waitingFor(event: Types.ObjectId, mode: Mode, session: ClientSession | null) {
  return RegistrationModel.find({ event, status: 'waiting', wishes: mode })
    .sort(inOrder)
    .session(session)
    .lean<Registration[]>();
}

/**
 * Takes seats back, as an organiser decides when there are fewer seats, and puts those who had them into the queue with
 * the time of their sign-up. The event leaves their calendars; a later seat brings a new entry, since calendars ask
 * before they show one again that was removed.
 */
export async function unseat(
  act: Act,
  event: Event,
  unseated: Registration[],
  authority: Authority,
  session: ClientSession,
): Promise<void> {
  const moved = unseated.map((before) => ({
    ...before,
    status: 'waiting' as const,
    wishes: [before.mode],
    queuedAt: before.createdAt,
    changedAt: changedAfter(before, act.now),
    sequence: before.sequence + 1,
  }));
  const ways = moved.map(({ mode }) => mode);
  await recount(event._id, { freed: ways, joined: ways }, session);
  const standing = await takeBack(
    moved.map(({ _id }) => _id),
    session,
  );
  // The entry that is taken out of the calendar is never used again.
  const renewed = moved.map((one) => ({ ...one, uid: newUid(act.settings.mailFrom) }));
  await writeRows(renewed, session);
  const numbers = await numbersIn(event._id, [...new Set(ways)], session);
  const outcomes = moved.map((registration): Outcome => {
    const calendar = standing.get(registration.uid)?.everLeft ? ('CANCEL' as const) : undefined;
    const more = { calendar, queue: numbers(registration) };
    const letter = letterRow(act, 'utanplats', { registration, event, authority }, more);
    return { registration, deed: 'registration.unseated', letter };
  });
  await tellOutcomes(act, event, outcomes, session);
}

/**
 * Closes the queues for these ways: who waits for nothing else is told that there was no seat. Called when the time has
 * come for the whole list, or a way of attending is no longer offered.
 */
export async function closeQueues(
  act: Act,
  event: Event,
  ways: Mode[],
  authority: Authority,
  session: ClientSession,
): Promise<void> {
  const waiting = await RegistrationModel.find({
    event: event._id,
    status: 'waiting',
    wishes: { $in: ways },
  })
    .sort(inOrder)
    .session(session)
    .lean<Registration[]>();
  if (waiting.length === 0) return;
  const lost = waiting.flatMap(({ wishes }) => wishes.filter((wish) => ways.includes(wish)));
  await recount(event._id, { left: lost }, session);

  const done: Registration[] = [];
  const staying: Registration[] = [];
  for (const one of waiting) {
    const wishes = one.wishes.filter((wish) => !ways.includes(wish));
    const [first] = wishes;
    if (first) staying.push({ ...one, wishes, mode: first });
    else
      done.push({ ...one, status: 'cancelled', cancelledAt: act.now, changedAt: changedAfter(one, act.now) });
  }
  await writeRows([...staying, ...done], session);
  const outcomes = done.map((registration): Outcome => {
    const letter = letterRow(act, 'ingenplats', { registration, event, authority });
    return { registration, deed: 'registration.unplaced', letter };
  });
  await tellOutcomes(act, event, outcomes, session);
}

/** The longest time before the start at which a list can close, in milliseconds. */
const earliestEnd = 720 * 3600_000;

/** Closes the waiting lists whose time has come. The worker calls it now and then. */
export async function closeDueLists(act: Act): Promise<void> {
  const near = { state: 'published' as const, start: { $lt: new Date(+act.now + earliestEnd) } };
  const queued = { $or: [{ 'waiting.plats': { $gt: 0 } }, { 'waiting.digitalt': { $gt: 0 } }] };
  const events = await EventModel.find({ ...near, ...queued }).lean<Event[]>();
  for (const { _id } of events.filter((event) => act.now >= queueEnd(event)))
    await inTurn(String(_id), () => transaction((session) => closeList(act, _id, session))).catch(
      // Trouble with one list must not keep the others open.
      ({ stack }: Error) =>
        logger.error({ event: _id, error: stack }, 'A waiting list could not be closed. It is tried again.'),
    );
}

async function closeList(act: Act, id: Types.ObjectId, session: ClientSession): Promise<void> {
  const event = await EventModel.findById(id).session(session).orFail().lean<Event>();
  const authority = await findAuthority(event.authority);
  if (authority && act.now >= queueEnd(event)) await closeQueues(act, event, [...modes], authority, session);
}

/** Where somebody who waits stands in each queue. */
export async function placesOf(
  { _id, event, wishes, queuedAt }: Registration,
  session: ClientSession | null = null,
): Promise<QueuePlace[]> {
  const earlier = { $or: [{ queuedAt: { $lt: queuedAt } }, { queuedAt, _id: { $lt: _id } }] };
  const places: QueuePlace[] = [];
  for (const mode of wishes) {
    const before = { event, status: 'waiting' as const, wishes: mode, ...earlier };
    places.push({ mode, number: 1 + (await RegistrationModel.countDocuments(before).session(session)) });
  }
  return places;
}

/** The places of all who wait for these ways, read at once. @returns a look-up for each of them */
export async function numbersIn(
  event: Types.ObjectId,
  ways: readonly Mode[],
  session: ClientSession | null = null,
) {
  const numbers = new Map<string, number>();
  for (const mode of ways) {
    const line = await waitingFor(event, mode, session).select({ _id: 1 });
    for (const [index, { _id }] of line.entries()) numbers.set(`${_id} ${mode}`, index + 1);
  }
  return ({ _id, wishes }: Registration): QueuePlace[] =>
    wishes.map((mode) => ({ mode, number: numbers.get(`${_id} ${mode}`) ?? 0 }));
}
