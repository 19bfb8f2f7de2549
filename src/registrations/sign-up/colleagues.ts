import { Types } from 'mongoose';
import type { Act } from '../../base/context.ts';
import { type ClientSession, isDuplicate, transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { hasSeat, offeredModes, queuedModes, type Status, seatsLeft, statusOf } from '../../events/rules.ts';
import { LetterModel } from '../../outbox/letter.ts';
import { owe } from '../../outbox/outbox.ts';
import { letterRow } from '../owed-letter.ts';
import { active, newUid, type Person, type Registration, RegistrationModel } from '../registration.ts';
import { type Ask, again, isSecondClick, signUp, type Where } from './register.ts';

/** Who fills in the form, and all whom it signs up, in its order; the registrar is among them where they come themselves. */
export type Group = { registrar: Person; people: Person[] };

/** Lists about an event that go to one address within an hour. */
const mostLists = 5;

/** More people want to attend in this way than there are seats. */
export type Lack = { mode: Mode; wanted: number; left: number };

type Leave = { wait?: Mode[]; left?: Partial<Record<Mode, number>>; moment?: Date };

/** `partly`: some would have no seat and nobody agreed to wait; then nothing was taken. */
export type GroupRefusal = {
  refused: Exclude<Status, 'open' | 'full'> | 'partly';
  event: Event;
  lacking: Lack[];
};

/**
 * Signs several people up in one transaction: all or none. Seats go in the order of the form; the others come into the
 * queues that they agreed to wait in. Everybody gets a letter and a link of their own and learns who signed them up;
 * whoever filled in the form gets a list. It does not tell who was registered already.
 * @param leave `wait`: the ways that the form said were short of seats; `left`: how many seats it said were left there,
 * none if it said nothing. `moment`: as for one person (register.ts)
 */
export async function registerColleagues(
  act: Act,
  where: Where,
  group: Group,
  leave: Leave = {},
): Promise<{ registered: true } | GroupRefusal> {
  const attempt = () => transaction((session) => registerGroup(act, where, group, leave, session));
  return inTurn(String(where.event), () =>
    // Somebody who signs up alone at the same moment in another process is known at the second look.
    attempt().catch((error) => (isDuplicate(error) ? attempt() : Promise.reject(error))),
  );
}

async function registerGroup(
  act: Act,
  where: Where,
  { registrar, people }: Group,
  leave: Leave,
  session: ClientSession,
): Promise<{ registered: true } | GroupRefusal> {
  const { moment = act.now } = leave;
  const event = await EventModel.findById(where.event).session(session).orFail().lean<Event>();
  const known = await knownOf(event, people, session);
  const askOf = (person: Person): Ask => ({
    act,
    where,
    person,
    leave: { wait: true, moment },
    ...(person.email !== registrar.email && { registeredBy: nameOf(registrar) }),
  });
  // A second click gets the answer of the first, which may have taken the last seats.
  const isRepeated = people.every((person) => {
    const registration = known.get(person.email);
    return registration && isSecondClick(registration, askOf(person));
  });
  if (isRepeated) return { registered: true };
  const lacking = lacksOf(event, people);
  const refused = refusalOf(event, lacking, { ...leave, moment });
  if (refused) return { refused, event, lacking };

  await signUp(people.filter(({ email }) => !known.has(email)).map(askOf), session);
  const before = people.filter(({ email }) => known.has(email)).map(askOf);
  for (const ask of before) await again(ask, session);
  if (!(await hasManyLists(act, event, registrar, session)))
    await owe([listLetter(act, where, event, registrar, people)], session);
  return { registered: true };
}

/** Nobody proves that the address is theirs: who floods a stranger with lists sends only so many an hour. */
async function hasManyLists(
  { now }: Act,
  { _id }: Event,
  { email }: Person,
  session: ClientSession,
): Promise<boolean> {
  const lately = { $gt: new Date(now.getTime() - 3600_000) };
  const lists = { event: _id, kind: 'lista', 'to.address': email, createdAt: lately };
  return (await LetterModel.countDocuments(lists).session(session)) >= mostLists;
}

/** The ways in which there are fewer seats than people who want them. */
function lacksOf(event: Event, people: Person[]): Lack[] {
  return modes.flatMap((mode) => {
    const wanted = people.filter((person) => person.mode === mode).length;
    const left = hasSeat(event, mode) ? (seatsLeft(event, mode) ?? wanted) : 0;
    return wanted > left ? [{ mode, wanted, left }] : [];
  });
}

function refusalOf(
  event: Event,
  lacking: Lack[],
  { wait = [], left: told = {}, moment }: Leave & { moment: Date },
): GroupRefusal['refused'] | undefined {
  const status = statusOf(event, moment);
  if (status !== 'open' && status !== 'full') return status;
  const agreed = lacking.every(
    ({ mode, left }) => wait.includes(mode) && left >= (told[mode] ?? 0) && mayWait(event, mode, moment),
  );
  return agreed ? undefined : 'partly';
}

/** The list for a way is open, or opens with the last seat. */
function mayWait(event: Event, mode: Mode, now: Date): boolean {
  const whenFull = { ...event, taken: { ...event.taken, [mode]: event.seats[mode] ?? 0 } };
  return offeredModes(event).includes(mode) && queuedModes(whenFull, now).includes(mode);
}

async function knownOf(
  event: Event,
  people: Person[],
  session: ClientSession,
): Promise<Map<string, Registration>> {
  const emails = people.map(({ email }) => email);
  const filter = { event: event._id, email: { $in: emails }, status: { $in: active } };
  const found = await RegistrationModel.find(filter).session(session).lean<Registration[]>();
  return new Map(found.map((one) => [one.email, one]));
}

function nameOf({ givenName, familyName, email }: Person) {
  return { name: `${givenName} ${familyName}`, email };
}

/**
 * The list names everybody who was typed, whatever became of each, so that it tells nothing of who was registered
 * already. It belongs to no registration, since its receiver may have none.
 */
function listLetter(act: Act, where: Where, event: Event, registrar: Person, people: Person[]) {
  const receiver: Registration = {
    ...registrar,
    _id: new Types.ObjectId(),
    event: event._id,
    authority: event.authority,
    status: 'cancelled',
    ...{ wishes: [], queuedAt: null, uid: newUid(act.settings.mailFrom), sequence: 0 },
    ...{ createdAt: act.now, changedAt: act.now, cancelledAt: null },
    ...{ present: null, presentAt: null, remindedAt: null, example: false },
  };
  const names = people.map((person) => nameOf(person).name);
  const subject = { registration: receiver, event, authority: where.authority };
  const { registration: _nobody, ...row } = letterRow(act, 'lista', subject, { names });
  return row;
}
