import type { Types } from 'mongoose';
import { type Authority, findAuthority } from '../authorities/authority.ts';
import { type Deed, entryOf, JournalModel } from '../authorities/journal.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, insertRows, transaction } from '../base/database.ts';
import { inTurn } from '../base/queue.ts';
import { type Event, EventModel, type Mode, modes } from '../events/event.ts';
import { queueEnd } from '../events/rules.ts';
import { type OwedLetter, owe, takeBack } from '../post/outbox.ts';
import { letterRow, type QueuePlace } from './letters.ts';
import { changedAfter, newUid, noteOf, type Registration, RegistrationModel } from './registration.ts';

/** What became of somebody, with the letter and the line in the log that it takes. */
type Outcome = { registration: Registration; deed: Deed; letter: OwedLetter };

const inOrder = { queuedAt: 1, _id: 1 } as const;

/**
 * Gives the seats that are free to those who have waited longest for them, at once (F3, R40). It is called in every
 * transaction that frees a seat, whatever freed it, after the event is written, so that the event's row holds others off.
 * It stops when the list closes, so that nobody gets a seat too late to plan for it.
 */
export async function promote(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  session: ClientSession,
): Promise<void> {
  const event = await EventModel.findById(id).session(session).orFail().lean<Event>();
  if (event.state !== 'published' || act.now >= queueEnd(event)) return;
  const promoted = await nextInLine(event, session);
  if (promoted.length > 0) await seat(act, event, promoted, authority, session);
}

/** Gives somebody who waits a seat, past the queue and the number of seats where need be: an organiser's decision. */
export async function seat(
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
  const $inc = {
    ...count(
      'taken',
      promoted.map(({ mode }) => mode),
      1,
    ),
    ...count('waiting', left, -1),
  };
  await EventModel.updateOne({ _id: event._id }, { $inc }, { session });
  await write(act, event, outcomes, session);
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

function waitingFor(event: Types.ObjectId, mode: Mode, session: ClientSession | null) {
  return RegistrationModel.find({ event, status: 'waiting', wishes: mode })
    .sort(inOrder)
    .session(session)
    .lean<Registration[]>();
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

/**
 * Takes seats back and puts those who had them into the queue, where their place is as old as their sign-up: an
 * organiser's decision where there are fewer seats (F4). Their calendars lose the entry; a later one is new (R38).
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
  const $inc = { ...count('taken', ways, -1), ...count('waiting', ways, 1) };
  await EventModel.updateOne({ _id: event._id }, { $inc }, { session });
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
  await tell(act, event, outcomes, session);
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
  await EventModel.updateOne({ _id: event._id }, { $inc: count('waiting', lost, -1) }, { session });

  const [done, staying] = [[] as Registration[], [] as Registration[]];
  for (const one of waiting) {
    const wishes = one.wishes.filter((wish) => !ways.includes(wish));
    const [first] = wishes;
    if (first) staying.push({ ...one, wishes, mode: first });
    else
      done.push({ ...one, status: 'cancelled', cancelledAt: act.now, changedAt: changedAfter(one, act.now) });
  }
  await writeRows(staying, session);
  const outcomes = done.map((registration): Outcome => {
    const letter = letterRow(act, 'ingenplats', { registration, event, authority });
    return { registration, deed: 'registration.unplaced', letter };
  });
  await write(act, event, outcomes, session);
}

/** The longest time before the start at which a list can close, in milliseconds. */
const earliestEnd = 720 * 3600_000;

/** Closes the waiting lists whose time has come. The worker calls it now and then. */
export async function closeDueLists(act: Act): Promise<void> {
  const near = { state: 'published' as const, start: { $lt: new Date(+act.now + earliestEnd) } };
  const queued = { $or: [{ 'waiting.plats': { $gt: 0 } }, { 'waiting.digitalt': { $gt: 0 } }] };
  const events = await EventModel.find({ ...near, ...queued }).lean<Event[]>();
  for (const { _id } of events.filter((event) => act.now >= queueEnd(event)))
    await inTurn(String(_id), () => transaction((session) => closeList(act, _id, session)));
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

async function write(act: Act, event: Event, outcomes: Outcome[], session: ClientSession): Promise<void> {
  await writeRows(
    outcomes.map(({ registration }) => registration),
    session,
  );
  await tell(act, event, outcomes, session);
}

async function writeRows(registrations: Registration[], session: ClientSession): Promise<void> {
  const changes = registrations.map(({ _id, ...row }) => ({
    updateOne: { filter: { _id }, update: { $set: row } },
  }));
  if (changes.length > 0) await RegistrationModel.bulkWrite(changes, { session });
}

async function tell(act: Act, event: Event, outcomes: Outcome[], session: ClientSession): Promise<void> {
  const entries = outcomes.map(({ registration, deed }) => entryOf(act, noteOf(deed, registration, event)));
  await insertRows(JournalModel, entries, session);
  await owe(
    outcomes.map(({ letter }) => letter),
    session,
  );
}

/** How many of each way, as an update counts them. */
function count(what: 'taken' | 'waiting', ways: Mode[], by: 1 | -1): Record<string, number> {
  return Object.fromEntries(
    modes.map((mode) => [`${what}.${mode}`, by * ways.filter((way) => way === mode).length]),
  );
}
