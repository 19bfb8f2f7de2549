import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import {
  hasSeat,
  offeredModes,
  type Status,
  seatsLeft,
  statusOf,
  waitingListModes,
} from '../../events/rules.ts';
import { LetterModel } from '../../outbox/letter.ts';
import { oweList } from '../owed-letter.ts';
import type { Person } from '../registration.ts';
import { PeopleLimit } from './people-limit.ts';
import { type Ask, findByAddress, type Refusal, type Registered, signUpAll } from './register.ts';
import { isSecondClick } from './second-click.ts';

/** The person who fills in the form, and all whom it signs up, in its order. The registrar is among them if they come. */
export type Group = { registrar: Person; people: Person[] };

/** Lists about an event that go to one address within an hour. */
const mostLists = 5;

/** More people want to attend in this mode than there are seats. */
export type Lack = { mode: Mode; wanted: number; left: number };

/**
 * `wait`: the modes that the form has said to be short of seats, with `left` as many as it has said, else none. Deadlines
 * are held against `moment`.
 */
type GroupOptions = { wait?: Mode[]; left?: Partial<Record<Mode, number>>; moment?: Date };

/** `partly`: some would have no seat and nobody agreed to wait; then nothing was taken. */
export type GroupRefusal = { refused: 'partly'; event: Event; lacking: Lack[] } | Refusal;

/**
 * Signs several people up in one transaction: all or none. Seats go in the order of the form; the others come onto the
 * waiting lists that they agreed to. Everybody gets a letter and a personal link and learns who signed them up; the
 * registrar gets a list. An address that is registered already counts like the others, and nobody learns of it.
 */
export async function registerColleagues(
  context: Context,
  event: Types.ObjectId,
  group: Group,
  options: GroupOptions = {},
): Promise<{ registered: true } | GroupRefusal> {
  return inTurn(String(event), () => transaction(() => registerGroup(context, event, group, options)));
}

async function registerGroup(
  context: Context,
  id: Types.ObjectId,
  { registrar, people }: Group,
  options: GroupOptions,
): Promise<{ registered: true } | GroupRefusal> {
  const event = await EventModel.findById(id).orFail().lean<Event>();
  const { moment = context.now } = options;
  const asks = people.map((person): Ask => {
    const registeredBy = person.email === registrar.email ? {} : { registeredBy: nameOf(registrar) };
    return { context, person, options: { wait: true, moment }, ...registeredBy };
  });
  if (await isRepeated(context, id, asks)) return { registered: true };
  const lacking = lacksOf(event, people);
  const refused = refusalOf(event, lacking, { ...options, moment });
  if (refused) return refused === 'partly' ? { refused, event, lacking } : { refused, event };
  const limit = await PeopleLimit.read(asks);
  const seconds = limit.secondsToWait({ context, options: {} }, people.length);
  if (seconds > 0) return { refused: 'tooMany', event, seconds };

  const answers = await signUpAll(id, asks, limit);
  if (!(await hasManyLists(context, event, registrar))) {
    const dueAt = limit.lastTurn({ context, options: {} });
    await oweList(context, event, registrar, { ...namesBySeat(people, answers), dueAt });
  }
  await limit.save();
  return { registered: true };
}

/** Who has a seat and who waits, as the answers tell it: of somebody who was registered already they tell nothing. */
function namesBySeat(people: Person[], answers: (Registered | Refusal)[]) {
  const named = (seated: boolean) =>
    people.filter((_, index) => isSeated(answers[index]) === seated).map((person) => nameOf(person).name);
  return { names: named(true), waitingNames: named(false) };
}

function isSeated(answer: Registered | Refusal | undefined): boolean {
  return answer !== undefined && !('refused' in answer) && !answer.waits;
}

/** A second click gets the answer of the first, which may have taken the last seats. */
async function isRepeated({ now }: Context, event: Types.ObjectId, asks: Ask[]): Promise<boolean> {
  const known = await findByAddress(event, asks);
  return asks.every(({ person }) => {
    const before = known.get(person.email);
    return before && isSecondClick(before, person, [person.mode], now);
  });
}

/** Nobody proves that the address is theirs: anyone who floods a stranger with lists sends only so many an hour. */
async function hasManyLists({ now }: Context, { _id }: Event, { email }: Person): Promise<boolean> {
  const lately = { $gt: new Date(+now - 3600_000) };
  const lists = { event: _id, kind: 'colleagues-list', 'to.address': email, createdAt: lately };
  return (await LetterModel.countDocuments(lists)) >= mostLists;
}

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
  { wait = [], left: told = {}, moment }: GroupOptions & { moment: Date },
): Exclude<Status, 'open' | 'full'> | 'partly' | undefined {
  const status = statusOf(event, moment);
  if (status !== 'open' && status !== 'full') return status;
  const hasAgreed = lacking.every(
    ({ mode, left }) => wait.includes(mode) && left >= (told[mode] ?? 0) && mayWait(event, mode, moment),
  );
  return hasAgreed ? undefined : 'partly';
}

/** The waiting list of a mode is open, or opens with the last seat. */
function mayWait(event: Event, mode: Mode, now: Date): boolean {
  const whenFull = { ...event, taken: { ...event.taken, [mode]: event.seats[mode] ?? 0 } };
  return offeredModes(event).includes(mode) && waitingListModes(whenFull, now).includes(mode);
}

function nameOf({ givenName, familyName, email }: Person) {
  return { name: `${givenName} ${familyName}`, email };
}
