import type { Types } from 'mongoose';
import { type Action, AuditModel, entryOf, logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { insertRows, transaction } from '../../base/database.ts';
import type { Event } from '../../events/event.ts';
import { actionOn, notErased, type Registration, RegistrationModel } from '../registration.ts';

/** Who came: true, false, or null for not marked. */
export type Presence = Registration['present'];

const actionOf = (present: Presence): Action => {
  if (present === null) return 'attendance.cleared';
  return present ? 'attendance.present' : 'attendance.absent';
};

/**
 * Marks whether one who is registered came. Role and municipality stay as they were; marking the same twice changes
 * nothing and writes no second line in the log.
 * @returns the registration as it then is; refused where it is cancelled; null where the event has no such
 */
export async function markAttendance(
  context: Context,
  event: Event,
  id: Types.ObjectId,
  present: Presence,
): Promise<Registration | { refused: 'cancelled' } | null> {
  return transaction(async () => {
    const before = await RegistrationModel.findOne({
      _id: id,
      event: event._id,
      ...notErased,
    }).lean<Registration>();
    if (!before) return null;
    if (before.status !== 'confirmed' || event.state !== 'published') return { refused: 'cancelled' };
    if (before.present === present) return before;
    const marked = { present, presentAt: present ? context.now : null };
    await RegistrationModel.updateOne({ _id: id }, { $set: marked });
    await logAction(context, actionOn(actionOf(present), before, event));
    return { ...before, ...marked };
  });
}

/**
 * Marks several people of an event at once, each with a line in the log. Those who are marked like that already, or have
 * no seat, are left as they are.
 * @returns those whose mark changed, as they were before
 */
export async function markSeveral(
  context: Context,
  event: Event,
  ids: Types.ObjectId[],
  present: Presence,
): Promise<Registration[]> {
  if (event.state !== 'published' || ids.length === 0) return [];
  return transaction(async () => {
    const others = { $in: [true, false, null].filter((one) => one !== present) };
    const wanted = { _id: { $in: ids }, event: event._id, status: 'confirmed', present: others } as const;
    const before = await RegistrationModel.find(wanted).lean<Registration[]>();
    const marked = { present, presentAt: present ? context.now : null };
    await RegistrationModel.updateMany({ _id: { $in: before.map(({ _id }) => _id) } }, { $set: marked });
    const entries = before.map((one) => entryOf(context, actionOn(actionOf(present), one, event)));
    await insertRows(AuditModel, entries);
    return before;
  });
}

export type AttendanceCounts = { came: number; absent: number; unmarked: number };

/** How many of an event's registered people came, did not come, or are not marked. */
export async function countAttendance(event: Types.ObjectId): Promise<AttendanceCounts> {
  const groups = await RegistrationModel.aggregate<{ _id: Presence; number: number }>([
    { $match: { event, status: 'confirmed' } },
    { $group: { _id: '$present', number: { $sum: 1 } } },
  ]);
  const number = (present: Presence) => groups.find((group) => group._id === present)?.number ?? 0;
  return { came: number(true), absent: number(false), unmarked: number(null) };
}
