import type { Types } from 'mongoose';
import { note } from '../../audit/log.ts';
import type { Authority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { cancellationsEnd } from '../../events/rules.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { inTurnOf, readPlace } from '../locked.ts';
import { oweLetter } from '../owed-letter.ts';
import { changedAfter, noteOf, type Registration, RegistrationModel } from '../registration.ts';
import { recount } from '../seats.ts';
import { promote } from '../waiting-list/promote.ts';

/**
 * Gives a person's seat to whoever waits for it and takes the event out of the calendar, or leaves the queue. People
 * can cancel until the last moment for it, organisers until the event ends. Cancelling twice is no error: the answer is
 * the same and nothing more happens.
 */
export async function cancelRegistration(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  moment: Date = act.now,
): Promise<Registration | { refused: 'cancelled' | 'over' }> {
  return inTurnOf(id, async (session) => {
    const { registration, event } = await readPlace(id, session);
    if (registration.status === 'cancelled') return registration;
    if (event.state === 'cancelled') return { refused: 'cancelled' };
    if (act.by.organiser ? act.now >= event.end : moment >= cancellationsEnd(event))
      return { refused: 'over' };

    const cancelled: Registration = {
      ...registration,
      status: 'cancelled',
      cancelledAt: act.now,
      changedAt: changedAfter(registration, act.now),
      sequence: registration.sequence + 1,
    };
    const waits = registration.status === 'waiting';
    // The event first, as everywhere, so that two acts never wait for each other's rows.
    await recount(event._id, waits ? { left: registration.wishes } : { freed: [registration.mode] }, session);
    await RegistrationModel.updateOne({ _id: id }, { $set: cancelled }, { session });
    await note(act, noteOf('registration.cancelled', registration, event), session);

    const subject = { registration: cancelled, event, authority };
    if (waits) {
      await oweLetter(act, 'lamnat', subject, session);
      return cancelled;
    }
    // Anyone who never got an invitation has nothing in the calendar to take out.
    const everLeft = (await takeBack([id], session)).get(registration.uid)?.everLeft;
    await oweLetter(act, 'avbokad', subject, session, { calendar: everLeft ? 'CANCEL' : undefined });
    await promote(act, event._id, authority, session);
    return cancelled;
  });
}
