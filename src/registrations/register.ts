import { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import { entryOf, JournalModel } from '../authorities/journal.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, insertRows, isDuplicate, transaction } from '../base/database.ts';
import { together } from '../base/queue.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Status, statusOf } from '../events/rules.ts';
import { owe } from '../post/outbox.ts';
import { letterRow, oweLetter } from './letters.ts';
import { newUid, noteOf, type Person, type Registration, RegistrationModel } from './registration.ts';
import { takeSeat } from './seats.ts';

/** Why a sign-up is not taken; each has a page of its own. `full` is about the way that was chosen. */
export type Refusal = { refused: Exclude<Status, 'open'>; event: Event };

/** `before` is the registration that the address had already; then nothing was changed. */
export type Registered = { registration: Registration; before: boolean };

type Where = { event: Types.ObjectId; authority: Authority };

/**
 * What an organiser may do after a warning: sign up past the deadline, or past the seats. `moment` is what the deadline
 * is held against: earlier than now for a form that was begun in time (F5).
 */
type Leave = { late?: boolean; beyondSeats?: boolean; moment?: Date };

type Ask = { act: Act; where: Where; person: Person; leave: Leave };
type Answer = Registered | Refusal;

/** As many sign-ups share one transaction; more would hold the events for too long. */
const most = 50;

/** Two lanes, so that one can prepare while the other writes; an event is always in the same, and meets itself nowhere. */
const [oneLane, otherLane] = [together(most, signUpAll), together(most, signUpAll)];

/**
 * Signs a person up in one transaction: the event as it stands, the deadline, the seat, the registration, the letter
 * and the log entry (F1). An address that is registered already gets the answer that a new one would get, and a
 * letter that says so at most once an hour (K3); a repeated click gets no further letter.
 *
 * Sign-ups that come while others are written share the next transaction, so that a rush waits for the disk, and for
 * the event that all want, once and not a hundred times.
 */
export async function register(act: Act, where: Where, person: Person, leave: Leave = {}): Promise<Answer> {
  const lane = (where.event.id[11] ?? 0) % 2 ? oneLane : otherLane;
  return lane({ act, where, person, leave });
}

async function signUpAll(asks: Ask[]): Promise<Answer[]> {
  try {
    return await transaction((session) => attempt(asks, session));
  } catch (error) {
    const [only, ...more] = asks;
    if (!only || more.length > 0 || !isDuplicate(error)) throw error;
    // The unique index of active registrations knows the address: nothing was taken, and the answer is as to anyone.
    const answer = await transaction((session) => again(only, session));
    // Cancelled in another process since: now there is nothing in the way.
    return answer ? [answer] : transaction((session) => attempt(asks, session));
  }
}

async function attempt(asks: Ask[], session: ClientSession): Promise<Answer[]> {
  const taken = new Map<Ask, { registration: Registration; event: Event }>();
  // In the order of the events, then of arrival: two processes that want the same events never wait for each other.
  for (const ask of asks.toSorted((a, b) => compare(a.where.event, b.where.event))) {
    const event = await takeSeat(ask.where.event, ask.person.mode, momentOf(ask), ask.leave, session);
    if (event) taken.set(ask, { registration: newRegistration(ask.act, event, ask.person), event });
  }
  await write(
    [...taken].map(([ask, made]) => ({ ...ask, ...made })),
    session,
  );

  const answers: Answer[] = [];
  for (const ask of asks) {
    const made = taken.get(ask);
    answers.push(made ? { registration: made.registration, before: false } : await refuse(ask, session));
  }
  return answers;
}

function momentOf({ act, leave }: Ask): Date {
  return leave.moment ?? act.now;
}

function compare(a: Types.ObjectId, b: Types.ObjectId): number {
  return a.toHexString() < b.toHexString() ? -1 : Number(!a.equals(b));
}

async function write(
  made: (Ask & { registration: Registration; event: Event })[],
  session: ClientSession,
): Promise<void> {
  const entries = made.map(({ act, registration, event }) =>
    entryOf(act, noteOf('registration.made', registration, event)),
  );
  // No invitation to what has ended (R37): an organiser may enter somebody who came unannounced.
  const invited = made.filter(({ act, event }) => act.now < event.end);
  const letters = invited.map(({ act, registration, event, where: { authority } }) =>
    letterRow(act, 'bekraftelse', { registration, event, authority }),
  );
  await insertRows(
    RegistrationModel,
    made.map(({ registration }) => registration),
    session,
  );
  await insertRows(JournalModel, entries, session);
  await owe(letters, session);
}

function newRegistration(act: Act, event: Event, person: Person): Registration {
  return {
    ...person,
    _id: new Types.ObjectId(),
    event: event._id,
    authority: event.authority,
    status: 'confirmed',
    uid: newUid(act.settings.mailFrom),
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
async function refuse(ask: Ask, session: ClientSession): Promise<Answer> {
  const { act, where, person } = ask;
  const before = await activeOf(where, person, session).lean<Registration>();
  // The first click may have taken the last seat.
  if (before && isSecondClick(before, person, act.now)) return { registration: before, before: true };
  const event = await EventModel.findById(where.event).session(session).orFail().lean<Event>();
  const status = statusOf(event, momentOf(ask));
  return { refused: status === 'open' ? 'full' : status, event };
}

/** The answer to an address that is registered, where a new one would have got a seat: nothing tells them apart (K3). */
async function again({ act, where, person }: Ask, session: ClientSession): Promise<Registered | null> {
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
