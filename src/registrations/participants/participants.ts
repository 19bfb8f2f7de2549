import type { QueryFilter, Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Authority } from '../../authorities/authority.ts';
import type { Role } from '../../authorities/roles.ts';
import type { Context } from '../../base/context.ts';
import { idFrom, inParts, pageOf } from '../../base/database.ts';
import { csvHead, csvRows } from '../../base/rendering/csv.ts';
import { type Event, type Mode, modeNames, modes } from '../../events/event.ts';
import { datesIn } from '../../texts/dates.ts';
import { fieldOf, wordsFor } from '../answers.ts';
import type { WaitingPosition } from '../letter-facts.ts';
import { type NamedQuestion, questions } from '../questions.ts';
import { active, byName, notErased, type Registration, RegistrationModel, swedish } from '../registration.ts';
import { foundBy } from '../search.ts';
import { positionsIn } from '../waiting-list/waiting-list.ts';
import { type Count, type Crosstab, crosstab } from './crosstab.ts';

/** Which participants to show; `q` is what is searched for (search.ts). */
export type ParticipantFilter = {
  q?: string | undefined;
  municipality?: string | undefined;
  role?: Role | undefined;
  mode?: Mode | undefined;
  status?: Registration['status'] | undefined;
  /** Only these registrations. */
  among?: Types.ObjectId[] | undefined;
};

/** One page of a list; `total` counts all pages. */
export type ParticipantsPage = { registrations: Registration[]; total: number; pages: number };

/** People on a page that says much of each of them. */
const pageSize = 80;

/** The participants of an event, sorted by family name as Swedish sorts; those who wait, in the order of the queue. @param page counted from 1 */
export async function listParticipants(
  event: Types.ObjectId,
  filter: ParticipantFilter,
  page: number,
  size = pageSize,
): Promise<ParticipantsPage> {
  const { rows, ...counts } = await pageOf<Registration>(sorted(event, filter), page, size);
  return { registrations: rows, ...counts };
}

/** Those of a list who have a seat or wait for one: so many of them, from its beginning. */
export async function listActive(
  event: Types.ObjectId,
  filter: ParticipantFilter,
  most: number,
): Promise<ParticipantsPage> {
  const found = sorted(event, filter).and([{ status: { $in: active } }]);
  const { rows, ...counts } = await pageOf<Registration>(found, 1, most);
  return { registrations: rows, ...counts };
}

function sorted(event: Types.ObjectId, filter: ParticipantFilter) {
  const found = RegistrationModel.find(query(event, filter));
  if (filter.status === 'waiting') return found.sort({ waitingSince: 1, _id: 1 });
  return found.collation(swedish).sort(byName);
}

function query(event: Types.ObjectId, filter: ParticipantFilter): QueryFilter<Registration> {
  const { q = '', mode, among, ...exact } = filter;
  const given = Object.fromEntries(Object.entries(exact).filter(([, value]) => value !== undefined));
  const inWay = mode && { $or: [{ mode }, { status: 'waiting' as const, waitsFor: mode }] };
  return { event, ...notErased, ...given, ...inWay, ...(among && { _id: { $in: among } }), ...foundBy(q) };
}

/** How many are registered and in which way, by municipality and role. */
export type Counts = { table: Crosstab; perMode: Record<Mode, number>; waiting: number; cancelled: number };

/** Counts an event's registrations; the database adds them up. */
export async function countParticipants(authority: Authority, event: Types.ObjectId): Promise<Counts> {
  const _id = { status: '$status', mode: '$mode', municipality: '$municipality', role: '$role' };
  const groups = await RegistrationModel.aggregate<{ _id: Countable; number: number }>([
    { $match: { event } },
    { $group: { _id, number: { $sum: 1 } } },
  ]);
  const counts = groups.map((group) => ({ ...group._id, number: group.number }));
  const confirmed = counts.filter(({ status }) => status === 'confirmed');
  const inState = (state: Registration['status']) => sumOf(counts.filter(({ status }) => status === state));
  const inWay = (way: Mode) => sumOf(confirmed.filter(({ mode }) => mode === way));
  return {
    table: crosstab(authority.municipalities, confirmed),
    perMode: { plats: inWay('plats'), digitalt: inWay('digitalt') },
    waiting: inState('waiting'),
    cancelled: inState('cancelled'),
  };
}

/** What registrations are counted by. */
type Countable = Pick<Registration, 'status' | 'mode' | 'municipality' | 'role'>;

function sumOf(counts: Count[]): number {
  return counts.reduce((sum, { number }) => sum + number, 0);
}

/** One registration of an event by its id as an address or a form brings it; null where the event has no such. */
export async function findParticipant(event: Types.ObjectId, id: unknown): Promise<Registration | null> {
  const _id = idFrom(id);
  return _id ? RegistrationModel.findOne({ _id, event, ...notErased }).lean<Registration>() : null;
}

/** Those who have a seat in this way, the one who signed up last first. */
export async function seatHolders(event: Types.ObjectId, mode: Mode): Promise<Registration[]> {
  return RegistrationModel.find({ event, status: 'confirmed', mode })
    .sort({ createdAt: -1, _id: -1 })
    .lean<Registration[]>();
}

/** The names of those of an event who have a seat, of these ids as an address brings them, in their order. */
export async function seatedAmong(event: Types.ObjectId, ids: string[]): Promise<string[]> {
  const known = ids.flatMap((id) => idFrom(id) ?? []);
  const names = await namesOf(known, { event, status: 'confirmed' });
  return ids.flatMap((id) => names.get(id) ?? []);
}

/** The names of registrations by their id (hex), for the log, which holds ids only. */
export async function namesOf(
  ids: Types.ObjectId[],
  which: QueryFilter<Registration> = {},
): Promise<Map<string, string>> {
  const wanted = { _id: { $in: ids }, ...notErased, ...which };
  const found = await RegistrationModel.find(wanted, { givenName: 1, familyName: 1 }).lean();
  return new Map(found.map((one) => [String(one._id), `${one.givenName} ${one.familyName}`]));
}

/** What the office calls the states of a registration. */
export const statusNames: Record<Registration['status'], string> = {
  confirmed: 'Anmäld',
  waiting: 'På väntelistan',
  cancelled: 'Avbokad',
};

const presence = new Map<boolean | null, string>([
  [true, 'Kom'],
  [false, 'Kom inte'],
]);

/** The answers in the order of lists: by family name, as they are sorted. */
export const columns = questions.toSorted((a, b) => orderOf(a) - orderOf(b));

function orderOf({ name, about }: NamedQuestion): number {
  if (name === 'familyName') return 0;
  return about === 'name' ? 1 : 2;
}

const header = [
  ...columns.map(({ office }) => office),
  'Läge',
  'Närvaro',
  'Anmäld',
  'Plats i kön',
  'Deltog',
  'Utan anmälan',
];

/** All participants as a file for Excel; the log gets a line that it was fetched. */
export async function exportParticipants(
  context: Context,
  authority: Authority,
  event: Event,
  filter: ParticipantFilter,
): Promise<string> {
  const places = await positionsIn(event._id, modes);
  await logAction(context, {
    authority: event.authority,
    action: 'registration.exported',
    event: event._id,
    about: event.title,
  });
  const words = wordsFor(authority.municipalities);
  let file = csvHead(header);
  for await (const rows of inParts<Registration>(sorted(event._id, filter)))
    file += csvRows(rows.map((one) => cells(one, words, one.status === 'waiting' ? places(one) : [])));
  return file;
}

function cells(one: Registration, words: ReturnType<typeof wordsFor>, places: WaitingPosition[]): string[] {
  const ways = places.length > 0 ? places.map(({ mode }) => mode) : [one.mode];
  return [
    ...columns.map(({ name }) =>
      (name === 'mode' ? ways : [fieldOf(one[name])]).flatMap((field) => words(name, field)).join(', '),
    ),
    statusNames[one.status],
    presence.get(one.present) ?? '',
    datesIn('sv').stamp(one.createdAt),
    places.map(({ number }) => number).join(', '),
    one.attendedMode ? modeNames[one.attendedMode] : '',
    one.walkIn ? 'Ja' : '',
  ];
}
