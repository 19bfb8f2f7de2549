import type { QueryFilter, Types } from 'mongoose';
import type { Action } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { newId, transaction } from '../../base/database.ts';
import { isoDay } from '../../base/dates.ts';
import type { Event, Mode } from '../../events/event.ts';
import { logActs } from '../acts/log-acts.ts';
import { notErased, type Registration, RegistrationModel } from '../registration.ts';
import { type Mark, type Presence, type SentMark, withMark } from './marks.ts';

function actionOf(present: Presence): Action {
  if (present === null) return 'attendance.cleared';
  return present ? 'attendance.present' : 'attendance.absent';
}

/** So many marks of a registration are remembered, far more than anybody makes, so that each counts once. */
const mostRemembered = 200;

/** What came of a mark; null if the event has no such registration. */
export type MarkResult = Registration | { refused: 'cancelled' } | null;

/**
 * Marks whether one who is registered came, and how. Role, municipality and the mode signed up for stay as they were, and
 * no seat moves; marking the same twice changes nothing and writes no second line in the log.
 * @returns the registration as it then is; refused where it is cancelled; null where the event has no such
 */
export async function markAttendance(
  context: Context,
  event: Event,
  id: Types.ObjectId,
  mark: Mark,
): Promise<MarkResult> {
  return takeMark(context, event, id, { mark });
}

/**
 * Takes a mark as `markAttendance` does, once for its nonce: when it comes again, what it did stands.
 * @param at when it was made, if that is not now
 */
export async function takeMark(
  context: Context,
  event: Event,
  id: Types.ObjectId,
  { at = context.now, ...sent }: SentMark & { at?: Date },
): Promise<MarkResult> {
  return transaction(async () => {
    const before = await RegistrationModel.findOne({
      _id: id,
      event: event._id,
      ...notErased,
    }).lean<Registration>();
    if (!before) return null;
    const { nonces = [] } = before;
    if (sent.nonce && nonces.includes(sent.nonce)) return before;
    if (before.status !== 'confirmed' || event.state !== 'published') return { refused: 'cancelled' };
    const { marked, action } = withMark(before, sent, arrivalTime(event, at));
    const remembered = [...nonces, ...(sent.nonce ? [sent.nonce] : [])].slice(-mostRemembered);
    await RegistrationModel.updateOne({ _id: id }, { $set: { ...marked, nonces: remembered } });
    if (action) await logActs(context, event, [{ action, registration: id }]);
    return { ...before, ...marked };
  });
}

/** The moment of a mark that is set on the event's own day; null for one that is set afterwards, as from memory. */
export function arrivalTime({ start, end }: Event, now: Date): Date | null {
  const day = isoDay(now);
  return isoDay(start) <= day && day <= isoDay(end) ? now : null;
}

/**
 * Marks several people of an event at once, each with a line in the log, as from a list on paper or a report: nobody knows
 * when each of them came, so there is no time. Those who are marked like that already, or have no seat, are left as they
 * are, and so is the mode of those who are marked as present.
 * @returns those whose mark changed, as they were before
 */
export async function markSeveral(
  context: Context,
  event: Event,
  ids: Types.ObjectId[],
  mark: false | null | Mode,
): Promise<Registration[]> {
  if (event.state !== 'published' || ids.length === 0) return [];
  const present = mark && true;
  return transaction(async () => {
    const others = { $in: [true, false, null].filter((one) => one !== present) };
    const wanted = { _id: { $in: ids }, event: event._id, status: 'confirmed', present: others } as const;
    const before = await RegistrationModel.find({ ...wanted, ...notErased }).lean<Registration[]>();
    const marks = mark === null ? [] : [newId()];
    const marked = { present, presentAt: null, attendedMode: mark || null, marks };
    await RegistrationModel.updateMany({ _id: { $in: before.map(({ _id }) => _id) } }, { $set: marked });
    const action = actionOf(present);
    await logActs(
      context,
      event,
      before.map(({ _id }) => ({ action, registration: _id })),
    );
    return before;
  });
}

/** How many came, did not come or are not marked; `walkIns`: how many of those who came had not signed up. */
export type AttendanceCounts = { came: number; absent: number; unmarked: number; walkIns: number };

/** How the registered people of an event are marked. @param mode only those who attend so, or have signed up for it and are not there */
export async function countAttendance(event: Types.ObjectId, mode?: Mode): Promise<AttendanceCounts> {
  const groups = await RegistrationModel.aggregate<{ _id: Presence; number: number; walkIns: number }>([
    { $match: seen(event, mode) },
    {
      $group: {
        _id: '$present',
        number: { $sum: 1 },
        walkIns: { $sum: { $cond: [{ $eq: ['$walkIn', true] }, 1, 0] } },
      },
    },
  ]);
  const of = (present: Presence) => groups.find((group) => group._id === present);
  const number = (present: Presence) => of(present)?.number ?? 0;
  return {
    ...{ came: number(true), absent: number(false), unmarked: number(null) },
    walkIns: of(true)?.walkIns ?? 0,
  };
}

/** Of each municipality that anybody comes from (SCB code, or `annan`): how many have come, and how many are expected with them. */
export type Arrivals = { municipality: string; came: number; expected: number };

/** Who has come from where. @param mode as for `countAttendance` */
export async function countArrivals(event: Types.ObjectId, mode?: Mode): Promise<Arrivals[]> {
  return RegistrationModel.aggregate<Arrivals>([
    { $match: seen(event, mode) },
    {
      $group: {
        _id: '$municipality',
        came: { $sum: { $cond: [{ $eq: ['$present', true] }, 1, 0] } },
        expected: { $sum: 1 },
      },
    },
    { $project: { _id: 0, municipality: '$_id', came: 1, expected: 1 } },
  ]);
}

/** Anyone who is there counts where they are, everybody else where they have signed up to be. */
function seen(event: Types.ObjectId, mode: Mode | undefined): QueryFilter<Registration> {
  const registered = { event, status: 'confirmed' as const };
  if (!mode) return registered;
  return { ...registered, $or: [{ attendedMode: mode }, { attendedMode: null, mode }] };
}
