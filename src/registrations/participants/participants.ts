import type { QueryFilter, Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Authority } from '../../authorities/authority.ts';
import type { Role } from '../../authorities/roles.ts';
import type { Context } from '../../base/context.ts';
import { csvFile } from '../../base/csv.ts';
import { idFrom, pageOf } from '../../base/database.ts';
import { type Event, type Mode, modeNames, modes } from '../../events/event.ts';
import { datesIn } from '../../texts/dates.ts';
import { fieldOf, wordsFor } from '../answers.ts';
import type { WaitingPosition } from '../letter-facts.ts';
import { type NamedQuestion, questions } from '../questions.ts';
import { active, notErased, type Registration, RegistrationModel } from '../registration.ts';
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
export type Page = { registrations: Registration[]; total: number; pages: number };

/** So many that the list of an ordinary event is one page, and one sheet after another on paper. */
const pageSize = 500;

/** The participants of an event, sorted by family name as Swedish sorts; those who wait, in the order of the queue. @param page counted from 1 */
export async function listParticipants(
  event: Types.ObjectId,
  filter: ParticipantFilter,
  page: number,
): Promise<Page> {
  const { rows, ...counts } = await pageOf<Registration>(sorted(event, filter), page, pageSize);
  return { registrations: rows, ...counts };
}

/** Those of a list who have a seat or wait for one: the first page of them. */
export async function listActive(event: Types.ObjectId, filter: ParticipantFilter): Promise<Page> {
  const found = sorted(event, filter).and([{ status: { $in: active } }]);
  const { rows, ...counts } = await pageOf<Registration>(found, 1, pageSize);
  return { registrations: rows, ...counts };
}

function sorted(event: Types.ObjectId, filter: ParticipantFilter) {
  const found = RegistrationModel.find(query(event, filter));
  if (filter.status === 'waiting') return found.sort({ waitingSince: 1, _id: 1 });
  return found.collation({ locale: 'sv', strength: 2 }).sort({ familyName: 1, givenName: 1, _id: 1 });
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
  const [counts, perMode, waiting, cancelled] = await Promise.all([
    RegistrationModel.aggregate<Count>([
      { $match: { event, status: 'confirmed' } },
      { $group: { _id: { municipality: '$municipality', role: '$role' }, number: { $sum: 1 } } },
      { $project: { _id: 0, municipality: '$_id.municipality', role: '$_id.role', number: 1 } },
    ]),
    countByMode(event),
    RegistrationModel.countDocuments({ event, status: 'waiting' }),
    RegistrationModel.countDocuments({ event, status: 'cancelled' }),
  ]);
  return { table: crosstab(authority.municipalities, counts), perMode, waiting, cancelled };
}

/** How many are registered in each way. */
async function countByMode(event: Types.ObjectId): Promise<Record<Mode, number>> {
  const ways = await RegistrationModel.aggregate<{ _id: Mode; number: number }>([
    { $match: { event, status: 'confirmed' } },
    { $group: { _id: '$mode', number: { $sum: 1 } } },
  ]);
  const inWay = (mode: Mode) => ways.find((way) => way._id === mode)?.number ?? 0;
  return { plats: inWay('plats'), digitalt: inWay('digitalt') };
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
  const registrations = await sorted(event._id, filter).lean<Registration[]>();
  const places = await positionsIn(event._id, modes);
  await logAction(context, {
    authority: event.authority,
    action: 'registration.exported',
    event: event._id,
    about: event.title,
  });
  const words = wordsFor(authority.municipalities);
  return csvFile(
    header,
    registrations.map((one) => cells(one, words, one.status === 'waiting' ? places(one) : [])),
  );
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
