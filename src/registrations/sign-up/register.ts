import { Types } from 'mongoose';
import { entryOf, JournalModel } from '../../audit/log.ts';
import type { Authority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { type ClientSession, insertRows, isDuplicate, transaction } from '../../base/database.ts';
import { together } from '../../base/serial.ts';
import { type Event, EventModel, type Mode } from '../../events/event.ts';
import { hasSeat, type Status, statusOf } from '../../events/rules.ts';
import { owe } from '../../outbox/outbox.ts';
import { letterRow, oweLetter } from '../owed-letter.ts';
import {
  active,
  newUid,
  noteOf,
  type Person,
  type Registration,
  RegistrationModel,
} from '../registration.ts';
import { joinQueue, takeSeat } from '../seats.ts';

/** Why a sign-up is not taken; each has a page of its own. `full` is about the way that was chosen. */
export type Refusal = { refused: Exclude<Status, 'open'>; event: Event };

/**
 * `before`: the address had this registration already, and nothing was changed. `waits`: anyone who signs up in this
 * way now comes into the queue. The answer may tell no more, so that nobody learns who is registered.
 */
export type Registered = { registration: Registration; before: boolean; waits: boolean };

export type Where = { event: Types.ObjectId; authority: Authority };

/**
 * `ways` are all in which the person would attend, the first wish first, if that is more than `mode`; with `wait` the
 * person would rather wait for a seat than get none. An organiser may, after a warning, sign somebody up after the
 * deadline (`late`), or beyond the seats. `moment` is what the deadline is compared with: earlier than now for a form
 * that was begun in time.
 */
export type Leave = {
  ways?: Mode[];
  wait?: boolean;
  late?: boolean;
  beyondSeats?: boolean;
  moment?: Date;
};

export type Ask = {
  act: Act;
  where: Where;
  person: Person;
  leave: Leave;
  registeredBy?: Registration['registeredBy'];
};

/** What was found for somebody in the event as it then is: a seat, or where `wishes` are, a place in their queues. */
type Place = { event: Event; mode: Mode; wishes: Mode[] };
type Made = Ask & Place & { registration: Registration };
type Answer = Registered | Refusal;

/** As many sign-ups share one transaction; more would hold the events for too long. */
const most = 50;

/** Two lanes, so that one can prepare while the other writes; an event is always in the same, and meets itself nowhere. */
const [oneLane, otherLane] = [together(most, signUpAll), together(most, signUpAll)];

/**
 * Signs a person up in one transaction: the deadline, the seat or the place in the queue, the registration, the letter
 * and the log entry. An address that is registered already gets the same answer as a new one, so that nobody learns who
 * is registered, and at most once an hour a letter that says so; a repeated click gets no further letter.
 *
 * Sign-ups that arrive while others are being written share the next transaction, so that a rush waits for the disk,
 * and for the event that all want, once instead of a hundred times.
 */
export async function register(act: Act, where: Where, person: Person, leave: Leave = {}): Promise<Answer> {
  const lane = (where.event.id[11] ?? 0) % 2 ? oneLane : otherLane;
  return lane({ act, where, person, leave });
}

async function signUpAll(asks: Ask[]): Promise<Answer[]> {
  try {
    return await transaction((session) => signUp(asks, session));
  } catch (error) {
    const [only, ...more] = asks;
    if (!only || more.length > 0 || !isDuplicate(error)) throw error;
    // The unique index of active registrations knows the address: nothing was taken, and the answer is as to anyone.
    const answer = await transaction((session) => again(only, session));
    // Cancelled in another process since: now there is nothing in the way.
    return answer ? [answer] : transaction((session) => signUp(asks, session));
  }
}

/**
 * Signs people up in this transaction, in the order of the events, then of the asks.
 * @throws MongoServerError 11000 where an address is registered already
 */
export async function signUp(asks: Ask[], session: ClientSession): Promise<Answer[]> {
  const taken = new Map<Ask, Made>();
  // In the order of the events, then of arrival: two processes that want the same events never wait for each other.
  for (const ask of asks.toSorted((a, b) => compare(a.where.event, b.where.event))) {
    const place = await findPlace(ask, session);
    if (place) taken.set(ask, { ...ask, ...place, registration: newRegistration(ask, place) });
  }
  await write([...taken.values()], session);

  const answers: Answer[] = [];
  for (const ask of asks) {
    const made = taken.get(ask);
    answers.push(made ? answerTo(made) : await refuse(ask, session));
  }
  return answers;
}

function answerTo({ registration, wishes }: Made): Registered {
  return { registration, before: false, waits: wishes.length > 0 };
}

/** A seat in the first way that has one, else a place in the queues of all for who would wait. */
async function findPlace(ask: Ask, session: ClientSession): Promise<Place | null> {
  const { where, person, leave } = ask;
  const ways = waysOf(ask);
  for (const mode of ways) {
    const event = await takeSeat(where.event, mode, momentOf(ask), leave, session);
    if (event) return { event, mode, wishes: [] };
  }
  if (!leave.wait) return null;
  const event = await joinQueue(where.event, ways, momentOf(ask), leave, session);
  return event && { event, mode: ways[0] ?? person.mode, wishes: ways };
}

function waysOf({ person, leave }: Ask): Mode[] {
  return leave.ways ?? [person.mode];
}

function momentOf({ act, leave }: Ask): Date {
  return leave.moment ?? act.now;
}

function compare(a: Types.ObjectId, b: Types.ObjectId): number {
  return a.toHexString() < b.toHexString() ? -1 : Number(!a.equals(b));
}

async function write(made: Made[], session: ClientSession): Promise<void> {
  const entries = made.map(({ act, registration, event, wishes }) =>
    entryOf(
      act,
      noteOf(wishes.length > 0 ? 'registration.queued' : 'registration.made', registration, event),
    ),
  );
  // No invitation to an event that has ended: an organiser may enter somebody who came unannounced.
  const invited = made.filter(({ act, event }) => act.now < event.end);
  const letters = invited.map(letterTo);
  await insertRows(
    RegistrationModel,
    made.map(({ registration }) => registration),
    session,
  );
  await insertRows(JournalModel, entries, session);
  await owe(letters, session);
}

/** The confirmation with its invitation, or the letter that tells the place in the queue: it is the last in each. */
function letterTo({ act, registration, event, wishes, where: { authority } }: Made) {
  const subject = { registration, event, authority };
  if (wishes.length === 0) return letterRow(act, 'bekraftelse', subject);
  return letterRow(act, 'vantelista', subject, {
    queue: wishes.map((mode) => ({ mode, number: event.waiting[mode] })),
  });
}

function newRegistration({ act, person, registeredBy }: Ask, { event, mode, wishes }: Place): Registration {
  const waits = wishes.length > 0;
  return {
    ...person,
    mode,
    wishes,
    status: waits ? 'waiting' : 'confirmed',
    queuedAt: waits ? (event.lastQueuedAt ?? act.now) : null,
    _id: new Types.ObjectId(),
    event: event._id,
    authority: event.authority,
    uid: newUid(act.settings.mailFrom),
    sequence: 0,
    createdAt: act.now,
    changedAt: act.now,
    cancelledAt: null,
    present: null,
    presentAt: null,
    remindedAt: null,
    example: false,
    ...(registeredBy && { registeredBy }),
  };
}

/** Why there is no place for one more; where the event is open, the chosen way has no seat. */
async function refuse(ask: Ask, session: ClientSession): Promise<Answer> {
  const { where } = ask;
  const before = await activeOf(ask, session);
  if (before && isSecondClick(before, ask)) return answerToRepeated(before);
  const event = await EventModel.findById(where.event).session(session).orFail().lean<Event>();
  const status = statusOf(event, momentOf(ask));
  return { refused: status === 'open' ? 'full' : status, event };
}

/** The answer to an address that is registered already, if a new one would have been taken: the two are the same. */
export async function again(ask: Ask, session: ClientSession): Promise<Registered | null> {
  const { act, where } = ask;
  const before = await activeOf(ask, session);
  if (!before) return null;
  if (isSecondClick(before, ask)) return answerToRepeated(before);
  const event = await EventModel.findById(where.event).session(session).orFail().lean<Event>();
  const waits = !waysOf(ask).some((mode) => hasSeat(event, mode));
  const answer = { registration: before, before: true, waits };
  if (act.by.organiser) return answer;

  const anHourAgo = new Date(act.now.getTime() - 3600_000);
  if (before.remindedAt && before.remindedAt > anHourAgo) return answer;
  await RegistrationModel.updateOne({ _id: before._id }, { $set: { remindedAt: act.now } }, { session });
  await oweLetter(act, 'redan', { registration: before, event, authority: where.authority }, session);
  return answer;
}

/** A second click gets the answer of the first, though the first may have taken the last seat. */
function answerToRepeated(before: Registration): Registered {
  return { registration: before, before: true, waits: before.status === 'waiting' };
}

async function activeOf({ where, person }: Ask, session: ClientSession): Promise<Registration | null> {
  const { event } = where;
  return RegistrationModel.findOne({ event, email: person.email, status: { $in: active } })
    .session(session)
    .lean<Registration>();
}

const fields = ['givenName', 'familyName', 'organisation', 'municipality', 'role'] as const;

/** The same post within ten minutes: a second click, not a question. */
export function isSecondClick(before: Registration, ask: Ask): boolean {
  const recent = ask.act.now.getTime() - before.createdAt.getTime() < 10 * 60_000;
  const ways = waysOf(ask);
  const sameWays =
    before.status === 'waiting' ? ways.join() === before.wishes.join() : ways.includes(before.mode);
  return recent && sameWays && fields.every((field) => before[field] === ask.person[field]);
}
