import type { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { cancellationsEnd } from '../../events/rules.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { inTurnOf } from '../locked.ts';
import { oweLetter } from '../owed-letter.ts';
import { actionOn, type Registration, RegistrationModel, raised } from '../registration.ts';
import { recount } from '../seats.ts';
import { promote } from '../waiting-list/promote.ts';

/** `promoted`: who got the seat from the waiting list. */
type Cancelled = { registration: Registration; promoted: Types.ObjectId[] };

/**
 * Cancels a registration: gives the seat to whoever waits for it and takes the entry out of the person's calendar, or
 * leaves the waiting list. People can do so until the event's last moment for it, organisers until the event ends.
 * Cancelling twice is no error: the answer is the same and nothing more happens.
 */
export async function cancelRegistration(
  context: Context,
  id: Types.ObjectId,
  moment: Date = context.now,
): Promise<Cancelled | { refused: 'cancelled' | 'over' }> {
  return inTurnOf(id, async ({ registration, event }) => {
    if (registration.status === 'cancelled') return { registration, promoted: [] };
    if (event.state === 'cancelled') return { refused: 'cancelled' };
    if (context.by.organiser ? context.now >= event.end : moment >= cancellationsEnd(event))
      return { refused: 'over' };

    const cancelled = raised(registration, context.now, {
      status: 'cancelled',
      cancelledAt: context.now,
    });
    const waits = registration.status === 'waiting';
    // The event first, as everywhere, so that two processes never wait for each other's rows.
    await recount(event._id, waits ? { left: registration.waitsFor } : { freed: [registration.mode] });
    await RegistrationModel.updateOne({ _id: id }, { $set: cancelled });
    await logAction(context, actionOn('registration.cancelled', registration, event));

    if (waits) {
      await oweLetter(context, event, { kind: 'left-waiting-list', registration: cancelled });
      return { registration: cancelled, promoted: [] };
    }
    // If no invitation can have arrived, there is nothing to take out of the calendar.
    const calendar = (await takeBack([id])).get(registration.uid)?.everLeft ? 'CANCEL' : undefined;
    await oweLetter(context, event, { kind: 'cancelled', registration: cancelled, more: { calendar } });
    return { registration: cancelled, promoted: await promote(context, event._id) };
  });
}
