import type { QueryFilter, Types } from 'mongoose';
import type { Authority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { type ClientSession, transaction } from '../../base/database.ts';
import { inStockholm } from '../../base/dates.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { type Plan, type Stale, writeEvent } from '../../events/planning.ts';
import { owe, takeBack } from '../../outbox/outbox.ts';
import { active, type Registration, RegistrationModel } from '../registration.ts';
import { promote } from '../waiting-list/promote.ts';
import { closeQueues, unseat } from '../waiting-list/waiting-list.ts';
import {
  concernedModes,
  eventCancellationRow,
  hasAnybody,
  heardBy,
  oweRevisions,
  toldOf,
} from './calendar-updates.ts';

/** Fewer seats than people who have one, in these ways. The organiser decides by name who loses a seat. */
export type TooFew = { refused: 'tooFewSeats'; ways: Mode[]; event: Event; planned: Event };

/** People must hear of the change, and the organiser has not seen yet whom and how: `planned` is what it would become. */
type Unannounced = { refused: 'unannounced'; event: Event; planned: Event };

/**
 * What the organiser has seen: which version of the event, and whether the letters that the change sends. If there are
 * fewer seats than people, `unseated` are those who go to the waiting list; the others keep their seats.
 */
type Seen = { version: number; letters: boolean; unseated?: Types.ObjectId[] | undefined };

/**
 * Saves an organiser's plan on the version of the event that the organiser saw. If the time, place or meeting link of a
 * published event changes, everybody whom that concerns is owed a new invitation (SEQUENCE + 1); other changes send
 * none.
 */
export async function changeEvent(
  act: Act,
  id: Types.ObjectId,
  seen: Seen,
  authority: Authority,
  plan: Plan,
): Promise<Event | Stale | TooFew | Unannounced> {
  return inTurn(String(id), () =>
    transaction(async (session) => {
      const before = await EventModel.findById(id).session(session).orFail().lean<Event>();
      if (before.version !== seen.version) return { refused: 'stale', event: before };
      const planned = { ...before, ...changesOf(before, plan) };
      const ways = modes.filter((mode) => isTooFew(before, plan, mode));
      const unseated = await chosenOf(planned, ways, seen.unseated, session);
      if (!unseated) return { refused: 'tooFewSeats', ways, event: before, planned };
      const concerned = concernedModes(before, planned, act.now);
      if (!seen.letters && (await hasAnybody(id, concerned, session)))
        return { refused: 'unannounced', event: before, planned };
      const event = await writeEvent(act, 'event.changed', before, changesOf(before, plan), session);
      const told = await moveSeats(act, event, unseated, authority, session);
      await tellOfMove(act, before, { event, authority, concerned, told }, session);
      return event;
    }),
  );
}

/** @returns who lost or got a seat by the change, which each has been told of in one letter with all the rest */
async function moveSeats(
  act: Act,
  event: Event,
  unseated: Registration[],
  authority: Authority,
  session: ClientSession,
): Promise<Types.ObjectId[]> {
  await unseat(act, event, unseated, authority, session);
  const gone = modes.filter((mode) => event.seats[mode] === 0);
  await closeQueues(act, event, gone, authority, session);
  const promoted = await promote(act, event._id, authority, session);
  return [...unseated.map(({ _id }) => _id), ...promoted];
}

/** Who loses the seat as the organiser chose; undefined where that is not decided, or more than the lack of seats would. */
async function chosenOf(
  planned: Event,
  ways: Mode[],
  chosen: Types.ObjectId[] | undefined,
  session: ClientSession,
): Promise<Registration[] | undefined> {
  if (ways.length === 0) return [];
  if (!chosen) return undefined;
  const filter = { _id: { $in: chosen }, event: planned._id, status: 'confirmed' as const };
  const unseated = await RegistrationModel.find({ ...filter, mode: { $in: ways } })
    .sort({ createdAt: 1, _id: 1 })
    .session(session)
    .lean<Registration[]>();
  const isFitting = ways.every(
    (way) => unseated.filter(({ mode }) => mode === way).length <= lackOf(planned, way),
  );
  return isFitting ? unseated : undefined;
}

/** How many of those who have a seat can be moved to the waiting list: none where the way is no longer offered. */
export function lackOf({ seats, taken }: Pick<Event, 'seats' | 'taken'>, mode: Mode): number {
  return seats[mode] ? Math.max(0, taken[mode] - seats[mode]) : 0;
}

function changesOf(before: Event, plan: Plan): Partial<Event> {
  const moved = +before.start !== +plan.start || +before.end !== +plan.end;
  const movedFrom =
    moved && before.state === 'published' ? { start: before.start, end: before.end } : before.movedFrom;
  return { ...plan, movedFrom, sessions: shifted(before, plan.start) };
}

/** An organiser may have let in more than there are seats: that stands, but seats are not taken from under people. */
function isTooFew(before: Event, plan: Plan, mode: Mode): boolean {
  const seats = plan.seats[mode];
  return (
    seats !== null && seats < before.taken[mode] && seats < (before.seats[mode] ?? Number.POSITIVE_INFINITY)
  );
}

/** The programme follows the event to another day, at the same hours. */
function shifted(event: Event, start: Date): Event['sessions'] {
  const days = Math.round(
    inStockholm(start).startOf('day').diff(inStockholm(event.start).startOf('day'), 'days').days,
  );
  const move = (instant: Date) => inStockholm(instant).plus({ days }).toJSDate();
  return event.sessions.map((one) => ({ ...one, start: move(one.start), end: move(one.end) }));
}

type Move = { event: Event; authority: Authority; concerned: Mode[]; told: Types.ObjectId[] };

async function tellOfMove(
  act: Act,
  before: Event,
  { event, authority, concerned, told }: Move,
  session: ClientSession,
): Promise<void> {
  if (concerned.length === 0) return;
  const others = { _id: { $nin: told } };
  const registrations = await revise(
    act,
    event._id,
    { ...heardBy(before, event, concerned), ...others },
    session,
  );
  const revised = registrations.map((registration) => {
    return { registration, event, authority, before: toldOf(before, registration) };
  });
  await oweRevisions(act, revised, session);
}

/**
 * Cancels a published event with its reason: CANCEL to everybody with a seat, none to those who had cancelled before.
 */
export async function cancelEvent(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  reason: string,
): Promise<Event | { refused: 'notPublished' | 'over' }> {
  return inTurn(String(id), () =>
    transaction(async (session) => {
      const before = await EventModel.findById(id).session(session).orFail().lean<Event>();
      if (before.state !== 'published') return { refused: 'notPublished' };
      if (before.end <= act.now) return { refused: 'over' };
      const event = await writeEvent(
        act,
        'event.cancelled',
        before,
        { state: 'cancelled', cancelReason: reason },
        session,
      );
      const registrations = await revise(act, id, {}, session);
      const standing = await takeBack(
        registrations.map(({ _id }) => _id),
        session,
      );
      const rows = registrations.map((registration) =>
        eventCancellationRow(act, { registration, event, authority }, reason, standing.get(registration.uid)),
      );
      await owe(rows, session);
      return event;
    }),
  );
}

/** Raises the calendar revision of everybody concerned, after their last change (changedAfter), and reads them as they then are. */
async function revise(
  { now }: Act,
  event: Types.ObjectId,
  who: QueryFilter<Registration>,
  session: ClientSession,
): Promise<Registration[]> {
  const filter = { event, status: { $in: active }, ...who };
  const sequence = { $add: ['$sequence', 1] };
  const changedAt = { $max: [now, { $add: ['$changedAt', 1] }] };
  await RegistrationModel.updateMany(filter, [{ $set: { sequence, changedAt } }], {
    session,
    updatePipeline: true,
  });
  return RegistrationModel.find(filter).session(session).lean<Registration[]>();
}
