import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import { note } from '../authorities/journal.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, isDuplicate, transaction } from '../base/database.ts';
import { inTurn } from '../base/queue.ts';
import { type Event, EventModel, type Mode } from '../events/event.ts';
import { cancellationsEnd, isChangeable } from '../events/rules.ts';
import { owe, takeBack } from '../post/outbox.ts';
import { letterRow, oweLetter, type Subject } from './letters.ts';
import { newUid, noteOf, type Person, type Registration, RegistrationModel } from './registration.ts';
import { oweRevisions, toldOf } from './revisions.ts';
import { freeSeat, takeSeat } from './seats.ts';

/** What can be changed. The address is for organisers alone: one's own page does not show it (R9). */
export type Changes = Pick<
  Person,
  'givenName' | 'familyName' | 'organisation' | 'municipality' | 'role' | 'mode'
> & { email?: string };

type Refusal = { refused: 'closed' | 'full' | 'cancelled' | 'over' | 'known' };
type Stale = { refused: 'stale'; registration: Registration };
type Place = { registration: Registration; event: Event };

/**
 * Changes one's own details until the last moment for it; an organiser changes them whenever the event is published. Another
 * way of attending takes its seat, gives the old one back and sends a new invitation (SEQUENCE + 1, R33). Another
 * address takes the entry out of the old one's calendar and gets an entry of its own (R39); one that is registered for
 * the event already is refused as `known`. Other changes send nothing (R34).
 * @param seen when the registration that an organiser saw was changed last; another moment is refused as `stale`
 * @param moment what the last moment is held against: earlier than now for a form that was begun in time
 */
export async function changeRegistration(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  changes: Changes,
  { seen, moment = act.now }: { seen?: number; moment?: Date } = {},
): Promise<Registration | Refusal | Stale> {
  const change = async (session: ClientSession): Promise<Registration | Refusal | Stale> => {
    const { registration, event } = await read(id, session);
    if (registration.status !== 'confirmed') return { refused: 'cancelled' };
    if (seen !== undefined && seen !== +registration.changedAt) return { refused: 'stale', registration };
    const may = act.by.organiser ? event.state === 'published' : isChangeable(event, moment);
    if (!may) return { refused: 'closed' };
    if (!(await changeSeat(act, event, registration.mode, changes.mode, session))) return { refused: 'full' };

    const changed = changedBy(act, registration, changes);
    await RegistrationModel.updateOne({ _id: id }, { $set: changed }, { session });
    await note(act, noteOf('registration.changed', registration, event), session);
    // No invitation to what has ended (R37).
    if (act.now < event.end)
      await tellOfChange(act, registration, { registration: changed, event, authority }, session);
    return changed;
  };
  try {
    return await inOrder(id, change);
  } catch (error) {
    // The unique index of active registrations knows the address.
    if (changes.email !== undefined && isDuplicate(error)) return { refused: 'known' };
    throw error;
  }
}

/** @returns false where the other way has no seat */
async function changeSeat(
  act: Act,
  event: Event,
  from: Mode,
  to: Mode,
  session: ClientSession,
): Promise<boolean> {
  if (from === to) return true;
  // Whether it is in time for a change is another question than whether sign-up is open.
  if (!(await takeSeat(event._id, to, act.now, { late: true }, session))) return false;
  await freeSeat(event._id, from, session);
  return true;
}

/** A new address has a calendar entry of its own; its revisions go on counting, since letters are known by them. */
function changedBy(act: Act, registration: Registration, changes: Changes): Registration {
  const { mode, email } = { ...registration, ...changes };
  const readdressed = email !== registration.email;
  return {
    ...registration,
    ...changes,
    ...(readdressed && { uid: newUid(act.settings.mailFrom) }),
    changedAt: act.now,
    sequence: registration.sequence + (readdressed || mode !== registration.mode ? 1 : 0),
  };
}

async function tellOfChange(
  act: Act,
  before: Registration,
  subject: Subject,
  session: ClientSession,
): Promise<void> {
  const { registration, event } = subject;
  if (registration.email !== before.email) return tellBothAddresses(act, before, subject, session);
  if (registration.mode !== before.mode)
    await oweRevisions(act, [{ ...subject, before: toldOf(event, before.mode) }], session);
}

/** The old address hears of it only where an invitation can have arrived there: it may be a stranger's (R36, R39). */
async function tellBothAddresses(
  act: Act,
  before: Registration,
  subject: Subject,
  session: ClientSession,
): Promise<void> {
  const standing = (await takeBack([before._id], session)).get(before.uid);
  const old = { ...before, sequence: subject.registration.sequence };
  const farewell = letterRow(act, 'nyadress', { ...subject, registration: old }, { calendar: 'CANCEL' });
  await owe([letterRow(act, 'bekraftelse', subject), ...(standing?.everLeft ? [farewell] : [])], session);
}

/**
 * Gives the seat back and takes the entry out of the calendar (R35). Until the last moment for it; an organiser until the event ends.
 * Cancelling twice is no error: the answer is the same and nothing more happens.
 */
export async function cancelRegistration(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  moment: Date = act.now,
): Promise<Registration | Refusal> {
  return inOrder(id, async (session) => {
    const { registration, event } = await read(id, session);
    if (registration.status === 'cancelled') return registration;
    if (event.state === 'cancelled') return { refused: 'cancelled' };
    if (act.by.organiser ? act.now >= event.end : moment >= cancellationsEnd(event))
      return { refused: 'over' };

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
    const everLeft = (await takeBack([id], session)).get(registration.uid)?.everLeft;
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
