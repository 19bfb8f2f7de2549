import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { logger } from '../../base/log.ts';
import { inTurn } from '../../base/serial.ts';
import { newUid } from '../../base/uid.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { waitingListEnd } from '../../events/rules.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { type PersonOutcome, tellOutcomes, writeRows } from '../acts/write-outcomes.ts';
import type { WaitingPosition } from '../letter-facts.ts';
import { changedAfter, type Registration, RegistrationModel, raised } from '../registration.ts';
import { recount } from '../seats.ts';

const inOrder = { waitingSince: 1, _id: 1 } as const;

/** Those who wait for a way, the first in the queue first. */
export function waitingFor(event: Types.ObjectId, mode: Mode) {
  return RegistrationModel.find({ event, status: 'waiting', waitsFor: mode })
    .sort(inOrder)
    .lean<Registration[]>();
}

/**
 * Takes seats back and puts those who had them onto the waiting list, as if they had waited since their sign-up: an
 * organiser's decision if there are fewer seats. Their calendars lose the entry; a later one is a new entry.
 */
export async function moveToWaitingList(
  context: Context,
  event: Event,
  unseated: Registration[],
): Promise<void> {
  if (unseated.length === 0) return;
  const moved = unseated.map((before) =>
    raised(before, context.now, {
      status: 'waiting',
      waitsFor: [before.mode],
      waitingSince: before.createdAt,
    }),
  );
  const lost = moved.map(({ mode }) => mode);
  await recount(context, event._id, { freed: lost, joined: lost });
  const standing = await takeBack(moved.map(({ _id }) => _id));
  // The identity of the entry that leaves the calendar is never used again.
  await writeRows(moved.map((one) => ({ ...one, uid: newUid(context.settings.mailFrom) })));
  const positions = await positionsIn(event._id, [...new Set(lost)]);
  const outcomes = moved.map((registration): PersonOutcome => {
    const calendar = standing.get(registration.uid)?.everLeft ? ('CANCEL' as const) : undefined;
    const more = { calendar, queue: positions(registration) };
    return { kind: 'moved-to-waiting-list', action: 'registration.unseated', registration, more };
  });
  await tellOutcomes(context, event, outcomes);
}

/**
 * Closes the waiting lists of these modes: anyone who waits for nothing else is told that there was no seat. Called when
 * the time has come for the whole list, or when a mode is no longer offered.
 */
export async function closeWaitingLists(context: Context, event: Event, closed: Mode[]): Promise<void> {
  const waiting = await RegistrationModel.find({
    event: event._id,
    status: 'waiting',
    waitsFor: { $in: closed },
  })
    .sort(inOrder)
    .lean<Registration[]>();
  if (waiting.length === 0) return;
  const left = waiting.flatMap(({ waitsFor }) => waitsFor.filter((mode) => closed.includes(mode)));
  await recount(context, event._id, { left });

  const after = waiting.map((one) => withoutLists(context, one, closed));
  await writeRows(after);
  const outcomes = after
    .filter(({ status }) => status === 'cancelled')
    .map(
      (registration): PersonOutcome => ({ kind: 'no-seat', action: 'registration.unplaced', registration }),
    );
  await tellOutcomes(context, event, outcomes);
}

/** Somebody who goes on waiting for other modes, or has nothing left to wait for. */
function withoutLists({ now }: Context, registration: Registration, closed: Mode[]): Registration {
  const waitsFor = registration.waitsFor.filter((mode) => !closed.includes(mode));
  const [first] = waitsFor;
  if (first) return { ...registration, waitsFor, mode: first };
  return {
    ...registration,
    ...{ status: 'cancelled', cancelledAt: now, changedAt: changedAfter(registration, now) },
  };
}

/** The longest time before the start at which a list can close, in milliseconds. */
const earliestEnd = 720 * 3600_000;

/** Closes the waiting lists whose time has come. The worker calls it now and then. */
export async function closeDueLists(context: Context): Promise<void> {
  const near = { state: 'published' as const, start: { $lt: new Date(+context.now + earliestEnd) } };
  const queued = { $or: [{ 'waiting.plats': { $gt: 0 } }, { 'waiting.digitalt': { $gt: 0 } }] };
  const events = await EventModel.find({ ...near, ...queued }).lean<Event[]>();
  for (const { _id } of events.filter((event) => context.now >= waitingListEnd(event)))
    await inTurn(String(_id), () => transaction(() => closeList(context, _id))).catch(
      // Trouble with one list must not keep the others open.
      ({ stack }: Error) =>
        logger.error({ event: _id, error: stack }, 'A waiting list could not be closed. It is tried again.'),
    );
}

async function closeList(context: Context, id: Types.ObjectId): Promise<void> {
  const event = await EventModel.findById(id).orFail().lean<Event>();
  if (context.now >= waitingListEnd(event)) await closeWaitingLists(context, event, [...modes]);
}

/** Where somebody who waits stands in each queue. */
export async function positionsOf({
  _id,
  event,
  waitsFor,
  waitingSince,
}: Registration): Promise<WaitingPosition[]> {
  const earlier = { $or: [{ waitingSince: { $lt: waitingSince } }, { waitingSince, _id: { $lt: _id } }] };
  const places: WaitingPosition[] = [];
  for (const mode of waitsFor) {
    const before = { event, status: 'waiting' as const, waitsFor: mode, ...earlier };
    places.push({ mode, number: 1 + (await RegistrationModel.countDocuments(before)) });
  }
  return places;
}

/** The places of all who wait for these ways, read at once. @returns a look-up for each of them */
export async function positionsIn(event: Types.ObjectId, ways: readonly Mode[]) {
  const numbers = new Map<string, number>();
  for (const mode of ways) {
    const line = await waitingFor(event, mode).select({ _id: 1 });
    for (const [index, { _id }] of line.entries()) numbers.set(`${_id} ${mode}`, index + 1);
  }
  return ({ _id, waitsFor }: Registration): WaitingPosition[] =>
    waitsFor.map((mode) => ({ mode, number: numbers.get(`${_id} ${mode}`) ?? 0 }));
}
