import { Types } from 'mongoose';
import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { insertRows, transaction } from '../../base/database.ts';
import { inBatches } from '../../base/serial.ts';
import { type Event, EventModel, type Mode } from '../../events/event.ts';
import { type Status, statusOf } from '../../events/rules.ts';
import { owe } from '../../outbox/outbox.ts';
import { type Act, logActs } from '../acts/log-acts.ts';
import { watchSpeed } from '../bursts/watch.ts';
import { type LetterTo, letterRow, oweLetter } from '../owed-letter.ts';
import {
  active,
  newRegistration,
  type Person,
  type Registration,
  RegistrationModel,
} from '../registration.ts';
import { searchWords } from '../search.ts';
import { recount } from '../seats.ts';
import { admissionTo, type Options, withOneMore } from './admission.ts';
import { PeopleLimit } from './people-limit.ts';
import { isSecondClick } from './second-click.ts';

/**
 * Why a sign-up is not taken. `full` is about the mode that was chosen. `tooMany`: its network has signed up as many as
 * it may, and can go on in so many seconds.
 */
export type Refusal =
  | { refused: Exclude<Status, 'open'>; event: Event }
  | { refused: 'tooMany'; event: Event; seconds: number };

/**
 * `before`: the address had this registration already, and nothing was changed. `waits`: anyone who signs up like this
 * now comes onto the waiting list, which is all that an answer may tell.
 */
export type Registered = { registration: Registration; before: boolean; waits: boolean };

/** One person who wants to come, and who signs them up if that is somebody else. */
export type Ask = {
  context: Context;
  person: Person;
  options: Options;
  registeredBy?: Registration['registeredBy'];
};

/** Somebody who was signed up, the event as it was with them counted, and when their letter may leave. */
type SignUp = Ask & { registration: Registration; event: Event; dueAt: Date };

/**
 * Signs a person up for an event in one transaction: the seat or the place on the waiting list, the registration, the
 * letter and the audit entry.
 *
 * Nobody learns whether an address is registered already: it gets the answer that a new one would get now, and a letter
 * that says so, at most one an hour. A second click gets the answer of the first and no letter.
 */
export async function register(
  context: Context,
  event: Types.ObjectId,
  person: Person,
  options: Options = {},
): Promise<Registered | Refusal> {
  return signUpInTurn(String(event), { context, person, options });
}

/** More sign-ups in one transaction would hold the event for too long. */
const signUpInTurn = inBatches(50, (event: string, asks: Ask[]) =>
  transaction(async () => {
    const limit = await PeopleLimit.read(asks);
    const answers = await signUpAll(new Types.ObjectId(event), asks, limit);
    await limit.save();
    return answers;
  }),
);

/**
 * Signs people up for one event in the order of the asks, within the running transaction. The event is read and written
 * in it, so that another process which takes a seat at the same time makes one of the two begin again.
 * @param limit counts those who are taken; the caller saves it
 */
export async function signUpAll(
  id: Types.ObjectId,
  asks: Ask[],
  limit: PeopleLimit,
): Promise<(Registered | Refusal)[]> {
  let event = await EventModel.findById(id).orFail().lean<Event>();
  const known = await findByAddress(id, asks);
  const signUps: SignUp[] = [];
  const answers: (Registered | Refusal)[] = [];
  for (const ask of asks) {
    const before = known.get(ask.person.email);
    if (before && isSecondClick(before, ask.person, modesOf(ask), ask.context.now)) {
      answers.push({ registration: before, before: true, waits: before.status === 'waiting' });
      continue;
    }
    const admission = admissionFor(ask, event);
    const seconds = limit.secondsToWait(ask);
    if (!admission || seconds > 0) {
      answers.push(admission ? { refused: 'tooMany', event, seconds } : refusalOf(ask, event));
      continue;
    }
    const dueAt = limit.count(ask);
    const waits = admission.waitsFor.length > 0;
    if (before) {
      // Nothing new is counted. It is written as for somebody new, or the time of the answer would tell who is not.
      await recount(ask.context, id, {});
      await tellOnceAnHour(ask.context, before, event, dueAt);
      answers.push({ registration: before, before: true, waits });
      continue;
    }
    event = withOneMore(event, admission, ask.context.now);
    const registration = { ...newRegistration(ask.context, event, ask.person, admission), ...besides(ask) };
    known.set(registration.email, registration);
    signUps.push({ ...ask, registration, event, dueAt });
    answers.push({ registration, before: false, waits });
  }
  await save(event, signUps);
  return answers;
}

/** Active registrations of these people for the event, by address. */
export async function findByAddress(
  event: Types.ObjectId,
  people: { person: Person }[],
): Promise<Map<string, Registration>> {
  const emails = people.map(({ person }) => person.email);
  const found = await RegistrationModel.find({ event, email: { $in: emails }, status: { $in: active } }).lean<
    Registration[]
  >();
  return new Map(found.map((one) => [one.email, one]));
}

function admissionFor(ask: Ask, event: Event) {
  return admissionTo(event, modesOf(ask), momentOf(ask), ask.options);
}

function modesOf({ person, options }: Ask): Mode[] {
  return options.modes ?? [person.mode];
}

function momentOf({ context, options }: Ask): Date {
  return options.moment ?? context.now;
}

/** What a registration holds besides the answers. The office has entered the address, or a link to it was used. */
function besides({ context, options, registeredBy }: Ask): Partial<Registration> {
  const isProven = context.by.organiser || options.proven;
  return { ...(registeredBy && { registeredBy }), ...(isProven && { provenAt: context.now }) };
}

/** If the event is open, the chosen mode has no seat. */
function refusalOf(ask: Ask, event: Event): Refusal {
  const status = statusOf(event, momentOf(ask));
  return { refused: status === 'open' ? 'full' : status, event };
}

/** An organiser sees it on the page, so nobody needs a letter. */
async function tellOnceAnHour(
  context: Context,
  before: Registration,
  event: Event,
  dueAt: Date,
): Promise<void> {
  const anHourAgo = new Date(+context.now - 3600_000);
  if (context.by.organiser || (before.remindedAt && before.remindedAt > anHourAgo)) return;
  before.remindedAt = context.now;
  await RegistrationModel.updateOne({ _id: before._id }, { $set: { remindedAt: context.now } });
  await oweLetter(context, event, { kind: 'already-registered', registration: before, more: { dueAt } });
}

async function save(event: Event, signUps: SignUp[]): Promise<void> {
  const [{ context } = {}] = signUps;
  if (!context) return;
  const registrations = signUps.map(({ registration }) => registration);
  // The event first, as everywhere, so that two processes never wait for each other's rows.
  await recount(context, event._id, {
    taken: registrations.filter(({ status }) => status === 'confirmed').map(({ mode }) => mode),
    joined: registrations.flatMap(({ waitsFor }) => waitsFor),
    lastWaitingSince: event.lastWaitingSince,
  });
  const authority = await authorityOf(event);
  await insertRows(
    RegistrationModel,
    registrations.map((one) => ({ ...one, search: searchWords(one, authority) })),
  );
  await logActs(context, event, signUps.map(actOf));
  await watchSpeed(event, signUps);
  // Nobody is invited to what has ended: an organiser may enter somebody who came unannounced.
  const invited = signUps.filter(({ context }) => context.now < event.end);
  const rows = invited.map(({ context, registration, event: then, dueAt }) => {
    const { kind, more } = letterOf(registration, then);
    const subject = { receiver: registration, event: then, authority };
    return letterRow(context, subject, kind, { ...more, dueAt });
  });
  await owe(rows);
}

function actOf({ context, registration: { _id, status } }: SignUp): Act {
  const action = status === 'waiting' ? 'registration.queued' : 'registration.made';
  return { context, action, registration: _id };
}

/** The confirmation with its invitation, or the letter that tells the positions: each is the last on its list. */
function letterOf(registration: Registration, { waiting }: Event): LetterTo {
  const queue = registration.waitsFor.map((mode) => ({ mode, number: waiting[mode] }));
  if (queue.length === 0) return { kind: 'confirmation', registration };
  return { kind: 'waiting-list', registration, more: { queue } };
}
