import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import { note } from '../authorities/journal.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, insertRows, isDuplicate, transaction } from '../base/database.ts';
import { inTurn } from '../base/queue.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Status, statusOf } from '../events/rules.ts';
import { oweLetter } from './letters.ts';
import { noteOf, type Person, type Registration, RegistrationModel } from './registration.ts';
import { takeSeat } from './seats.ts';

/** Why a sign-up is not taken; each has a page of its own. `full` is about the way that was chosen. */
export type Refusal = { refused: Exclude<Status, 'open'>; event: Event };

/** `before` is the registration that the address had already; then nothing was changed. */
export type Registered = { registration: Registration; before: boolean };

type Where = { event: Types.ObjectId; authority: Authority };

/** What an organiser may do after a warning: sign up past the deadline, or past the seats. */
type Leave = { late?: boolean; beyondSeats?: boolean };

/**
 * Signs a person up in one transaction: the event as it stands, the deadline, the seat, the registration, the letter
 * and the log entry (F1). An address that is registered already gets the answer that a new one would get, and a
 * letter that says so at most once an hour (K3); a repeated click gets no further letter.
 */
export async function register(
  act: Act,
  where: Where,
  person: Person,
  leave: Leave = {},
): Promise<Registered | Refusal> {
  return inTurn(String(where.event), async () => {
    try {
      return await transaction((session) => attempt(act, where, person, leave, session));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The unique index of active registrations knows the address: nothing was taken, and the answer is as to anyone.
      const answer = await transaction((session) => again(act, where, person, session));
      // Cancelled in another process since: now there is nothing in the way.
      return answer ?? transaction((session) => attempt(act, where, person, leave, session));
    }
  });
}

async function attempt(
  act: Act,
  where: Where,
  person: Person,
  leave: Leave,
  session: ClientSession,
): Promise<Registered | Refusal> {
  const event = await takeSeat(where.event, person.mode, act.now, leave, session);
  if (!event) return refuse(act, where, person, session);

  const registration = newRegistration(act, event, person);
  await insertRows(RegistrationModel, [registration], session);
  await note(act, noteOf('registration.made', registration, event), session);
  // No invitation to what has ended (R37): an organiser may enter somebody who came unannounced.
  if (act.now < event.end)
    await oweLetter(act, 'bekraftelse', { registration, event, authority: where.authority }, session);
  return { registration, before: false };
}

function newRegistration(act: Act, event: Event, person: Person): Registration {
  return {
    ...person,
    _id: new Types.ObjectId(),
    event: event._id,
    authority: event.authority,
    status: 'confirmed',
    uid: `${randomUUID()}@${act.settings.mailFrom.split('@')[1]}`,
    sequence: 0,
    createdAt: act.now,
    changedAt: act.now,
    cancelledAt: null,
    present: null,
    presentAt: null,
    remindedAt: null,
    example: false,
  };
}

/** Why there is no place for one more; where the event is open, the chosen way has no seat. */
async function refuse(
  act: Act,
  where: Where,
  person: Person,
  session: ClientSession,
): Promise<Registered | Refusal> {
  const before = await activeOf(where, person, session).lean<Registration>();
  // The first click may have taken the last seat.
  if (before && isSecondClick(before, person, act.now)) return { registration: before, before: true };
  const event = await EventModel.findById(where.event).session(session).orFail().lean<Event>();
  const status = statusOf(event, act.now);
  return { refused: status === 'open' ? 'full' : status, event };
}

/** The answer to an address that is registered, where a new one would have got a seat: nothing tells them apart (K3). */
async function again(
  act: Act,
  where: Where,
  person: Person,
  session: ClientSession,
): Promise<Registered | null> {
  const before = await activeOf(where, person, session).lean<Registration>();
  if (!before) return null;
  const answer = { registration: before, before: true };
  if (act.by.organiser || isSecondClick(before, person, act.now)) return answer;

  const anHourAgo = new Date(act.now.getTime() - 3600_000);
  if (before.remindedAt && before.remindedAt > anHourAgo) return answer;
  await RegistrationModel.updateOne({ _id: before._id }, { $set: { remindedAt: act.now } }, { session });
  const event = await EventModel.findById(where.event).session(session).orFail().lean<Event>();
  await oweLetter(act, 'redan', { registration: before, event, authority: where.authority }, session);
  return answer;
}

function activeOf(where: Where, { email }: Person, session: ClientSession) {
  return RegistrationModel.findOne({ event: where.event, email, status: 'confirmed' }).session(session);
}

const fields = ['givenName', 'familyName', 'organisation', 'municipality', 'role', 'mode'] as const;

/** The same post within ten minutes: a second click, not a question. */
function isSecondClick(before: Registration, person: Person, now: Date): boolean {
  const recent = now.getTime() - before.createdAt.getTime() < 10 * 60_000;
  return recent && fields.every((field) => before[field] === person[field]);
}
