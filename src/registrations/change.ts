import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import { note } from '../authorities/journal.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, transaction } from '../base/database.ts';
import { inTurn } from '../base/queue.ts';
import { type Event, EventModel } from '../events/event.ts';
import { isOpen } from '../events/rules.ts';
import { dropUnsent } from '../post/outbox.ts';
import { oweLetter, whereFor } from './letters.ts';
import { noteOf, type Person, type Registration, RegistrationModel } from './registration.ts';
import { freeSeat, takeSeat } from './seats.ts';

/** What a person can change; the address stays (a new address is a new registration). */
export type Changes = Pick<
  Person,
  'givenName' | 'familyName' | 'organisation' | 'municipality' | 'role' | 'mode'
>;

type Refusal = { refused: 'closed' | 'full' | 'cancelled' | 'over' };
type Place = { registration: Registration; event: Event };

/**
 * Changes one's own details while sign-up is open. Another way of attending takes its seat, gives the old one back
 * and sends a new invitation (SEQUENCE + 1, R33); other changes send nothing (R34).
 */
export async function changeRegistration(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  changes: Changes,
): Promise<Registration | Refusal> {
  return inOrder(id, async (session) => {
    const { registration, event } = await read(id, session);
    if (registration.status !== 'confirmed') return { refused: 'cancelled' };
    if (!isOpen(event, act.now)) return { refused: 'closed' };
    const moves = changes.mode !== registration.mode;
    if (moves && !(await takeSeat(event._id, changes.mode, act.now, {}, session))) return { refused: 'full' };
    if (moves) await freeSeat(event._id, registration.mode, session);

    const changed = {
      ...registration,
      ...changes,
      changedAt: act.now,
      sequence: registration.sequence + (moves ? 1 : 0),
    };
    await RegistrationModel.updateOne({ _id: id }, { $set: changed }, { session });
    await note(act, noteOf('registration.changed', registration, event), session);
    if (moves) {
      const before = { start: event.start, end: event.end, place: whereFor(event, registration.mode) };
      await oweLetter(act, 'andrat', { registration: changed, event, authority }, session, { before });
    }
    return changed;
  });
}

/**
 * Gives the seat back and takes the entry out of the calendar (R35). Until the event starts; an organiser until it ends.
 * Cancelling twice is no error: the answer is the same and nothing more happens.
 */
export async function cancelRegistration(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
): Promise<Registration | Refusal> {
  return inOrder(id, async (session) => {
    const { registration, event } = await read(id, session);
    if (registration.status === 'cancelled') return registration;
    if (event.state === 'cancelled') return { refused: 'cancelled' };
    if (act.now >= (act.by.organiser ? event.end : event.start)) return { refused: 'over' };

    const cancelled: Registration = {
      ...registration,
      status: 'cancelled',
      cancelledAt: act.now,
      changedAt: act.now,
      sequence: registration.sequence + 1,
    };
    await RegistrationModel.updateOne({ _id: id }, { $set: cancelled }, { session });
    await freeSeat(event._id, registration.mode, session);
    await note(act, noteOf('registration.cancelled', registration, event), session);
    // Who never got an invitation has nothing to take out of the calendar (R36).
    const { everLeft } = await dropUnsent(id, session);
    await oweLetter(act, 'avbokad', { registration: cancelled, event, authority }, session, {
      calendar: everLeft ? 'CANCEL' : undefined,
    });
    return cancelled;
  });
}

async function read(id: Types.ObjectId, session: ClientSession): Promise<Place> {
  const registration = await RegistrationModel.findById(id).session(session).orFail().lean<Registration>();
  const event = await EventModel.findById(registration.event).session(session).orFail().lean<Event>();
  return { registration, event };
}

/** One transaction, after the sign-ups to the same event that came before. */
async function inOrder<T>(id: Types.ObjectId, act: (session: ClientSession) => Promise<T>): Promise<T> {
  const registration = await RegistrationModel.findById(id).orFail().lean<Registration>();
  return inTurn(String(registration.event), () => transaction(act));
}
