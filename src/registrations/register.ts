import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import { note } from '../authorities/journal.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, isDuplicate, transaction } from '../base/database.ts';
import { inTurn } from '../base/queue.ts';
import { type Event, EventModel } from '../events/event.ts';
import { hasSeat, type Status, statusOf } from '../events/rules.ts';
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
      // Another process registered the same address between our look and our write: now we see it.
      if (!isDuplicate(error)) throw error;
      return transaction((session) => attempt(act, where, person, leave, session));
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
  const active = { event: where.event, email: person.email, status: 'confirmed' as const };
  const before = await RegistrationModel.findOne(active).session(session).lean<Registration>();
  if (before) return again(act, where, person, before, session);

  const event = await takeSeat(where.event, person.mode, act.now, leave, session);
  if (!event) return refusal(await eventNow(where, session), act.now);

  const registration = newRegistration(act, event, person);
  await RegistrationModel.insertMany([registration], { session, lean: true });
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

async function eventNow(where: Where, session: ClientSession): Promise<Event> {
  return EventModel.findById(where.event).session(session).orFail().lean<Event>();
}

/** Why the event has no place for one more; where it is open, the chosen way has no seat. */
function refusal(event: Event, now: Date): Refusal {
  const status = statusOf(event, now);
  return { refused: status === 'open' ? 'full' : status, event };
}

/** The answer to an address that is registered: nothing that tells it apart from a new one. */
async function again(
  act: Act,
  where: Where,
  person: Person,
  before: Registration,
  session: ClientSession,
): Promise<Registered | Refusal> {
  const answer = { registration: before, before: true };
  if (act.by.organiser || isSecondClick(before, person, act.now)) return answer;
  const event = await eventNow(where, session);
  if (statusOf(event, act.now) !== 'open' || !hasSeat(event, person.mode)) return refusal(event, act.now);

  const anHourAgo = new Date(act.now.getTime() - 3600_000);
  if (before.remindedAt && before.remindedAt > anHourAgo) return answer;
  await RegistrationModel.updateOne({ _id: before._id }, { $set: { remindedAt: act.now } }, { session });
  await oweLetter(act, 'redan', { registration: before, event, authority: where.authority }, session);
  return answer;
}

const fields = ['givenName', 'familyName', 'organisation', 'municipality', 'role', 'mode'] as const;

/** The same post within ten minutes: a second click, not a question. */
function isSecondClick(before: Registration, person: Person, now: Date): boolean {
  const recent = now.getTime() - before.createdAt.getTime() < 10 * 60_000;
  return recent && fields.every((field) => before[field] === person[field]);
}
