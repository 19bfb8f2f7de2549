import type { Types } from 'mongoose';
import { note } from '../../audit/log.ts';
import type { Authority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { type ClientSession, isDuplicate } from '../../base/database.ts';
import type { Event, Mode } from '../../events/event.ts';
import { isChangeable, offeredModes, queueEnd } from '../../events/rules.ts';
import { owe, takeBack } from '../../outbox/outbox.ts';
import { closeLost } from '../../outbox/queries.ts';
import { inTurnOf, readPlace } from '../locked.ts';
import { letterRow, type Subject } from '../owed-letter.ts';
import {
  changedAfter,
  newUid,
  noteOf,
  type Person,
  type Registration,
  RegistrationModel,
} from '../registration.ts';
import { recount, takeSeat } from '../seats.ts';
import { promote } from '../waiting-list/promote.ts';
import { placesOf } from '../waiting-list/waiting-list.ts';
import { oweRevisions, toldOf } from './calendar-updates.ts';

/**
 * What can be changed. `ways` are all in which somebody who waits would attend, if that is more than `mode`. Only
 * organisers can change the address: the personal page does not even show it, since the link to it may be forwarded.
 */
export type Changes = Pick<
  Person,
  'givenName' | 'familyName' | 'organisation' | 'municipality' | 'role' | 'mode'
> & { ways?: Mode[]; email?: string };

type Refusal = { refused: 'closed' | 'full' | 'cancelled' | 'known' };
type Stale = { refused: 'stale'; registration: Registration };

/**
 * Changes a person's details. People can do it until the last moment for it, organisers whenever the event is
 * published. Another way of attending takes a seat there, gives the old one to whoever waits for it, and sends a new
 * invitation (SEQUENCE + 1); anyone who waits keeps the place in the queue. Another address takes the event out of the
 * old address's calendar and gets a calendar entry of its own; an address that is registered already is refused as
 * `known`. Other changes send nothing.
 * @param seen when the registration that the organiser saw was last changed; another moment is refused as `stale`
 * @param moment what the last moment is compared with: earlier than now for a form that was begun in time
 */
export async function changeRegistration(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  changes: Changes,
  { seen, moment = act.now }: { seen?: number; moment?: Date } = {},
): Promise<Registration | Refusal | Stale> {
  const change = async (session: ClientSession): Promise<Registration | Refusal | Stale> => {
    const { registration, event } = await readPlace(id, session);
    if (registration.status === 'cancelled') return { refused: 'cancelled' };
    if (seen !== undefined && seen !== +registration.changedAt) return { refused: 'stale', registration };
    const may = act.by.organiser ? event.state === 'published' : isChangeable(event, moment);
    if (!may) return { refused: 'closed' };
    const changed = changedBy(act, registration, changes);
    const hasWay =
      registration.status === 'waiting'
        ? await changeWishes(event, registration, changed, act.now, session)
        : await changeSeat(registration, changed, act.now, session);
    if (!hasWay) return { refused: 'full' };
    // What is known of the old address says nothing of the new one.
    const forgotten = changed.uid === registration.uid ? {} : { $unset: { bouncedAt: 1, answer: 1 } };
    await RegistrationModel.updateOne({ _id: id }, { $set: changed, ...forgotten }, { session });
    await note(act, noteOf('registration.changed', registration, event), session);
    // No invitation to an event that has ended: calendars ignore it.
    if (act.now < event.end)
      await tellOfChange(act, registration, { registration: changed, event, authority }, session);
    if (changed.status === 'confirmed' && changed.mode === registration.mode) return changed;
    await promote(act, event._id, authority, session);
    return (await readPlace(id, session)).registration;
  };
  try {
    return await inTurnOf(id, change);
  } catch (error) {
    // The unique index of active registrations knows the address.
    if (changes.email !== undefined && isDuplicate(error)) return { refused: 'known' };
    throw error;
  }
}

/** Moves somebody's seat. @returns false where the other way has none */
async function changeSeat(
  { mode: from }: Registration,
  { event, mode: to }: Registration,
  now: Date,
  session: ClientSession,
): Promise<boolean> {
  if (from === to) return true;
  // Whether it is in time for a change is another question than whether sign-up is open.
  if (!(await takeSeat(event, to, now, { late: true }, session))) return false;
  await recount(event, { freed: [from] }, session);
  return true;
}

/** Moves somebody from queue to queue. @returns false where one is closed */
async function changeWishes(
  event: Event,
  { wishes: before }: Registration,
  { wishes }: Registration,
  now: Date,
  session: ClientSession,
): Promise<boolean> {
  const joined = wishes.filter((wish) => !before.includes(wish));
  const left = before.filter((wish) => !wishes.includes(wish));
  const isOpen = now < queueEnd(event) && joined.every((mode) => offeredModes(event).includes(mode));
  if (joined.length > 0 && !isOpen) return false;
  if (joined.length + left.length > 0) await recount(event._id, { joined, left }, session);
  return true;
}

/** A new address has a calendar entry of its own; its revisions go on counting, since letters are known by them. */
function changedBy(act: Act, registration: Registration, changes: Changes): Registration {
  const { ways, ...answers } = changes;
  const waits = registration.status === 'waiting';
  const { mode, email } = { ...registration, ...answers };
  const readdressed = email !== registration.email;
  const { bouncedAt: _bouncedAt, answer: _answer, ...kept } = registration;
  return {
    ...(readdressed ? kept : registration),
    ...answers,
    ...(waits && { wishes: ways ?? [mode] }),
    ...(readdressed && { uid: newUid(act.settings.mailFrom) }),
    changedAt: changedAfter(registration, act.now),
    sequence: registration.sequence + (readdressed || (mode !== registration.mode && !waits) ? 1 : 0),
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
  if (registration.mode !== before.mode && registration.status === 'confirmed')
    await oweRevisions(act, [{ ...subject, before: toldOf(event, before) }], session);
}

/**
 * The new address gets what it would have got at the sign-up. The old one hears of it only if an invitation may have
 * arrived there, since it may be a stranger's.
 */
async function tellBothAddresses(
  act: Act,
  before: Registration,
  subject: Subject,
  session: ClientSession,
): Promise<void> {
  await closeLost(before._id, act.now, session);
  const standing = (await takeBack([before._id], session)).get(before.uid);
  const { sequence, changedAt } = subject.registration;
  const old = { ...before, sequence, changedAt };
  const farewell = letterRow(act, 'nyadress', { ...subject, registration: old }, { calendar: 'CANCEL' });
  const welcome =
    subject.registration.status === 'waiting'
      ? letterRow(act, 'vantelista', subject, { queue: await placesOf(subject.registration, session) })
      : letterRow(act, 'bekraftelse', subject);
  await owe([welcome, ...(standing?.everLeft ? [farewell] : [])], session);
}
