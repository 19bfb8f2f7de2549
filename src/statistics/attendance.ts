import type { QueryFilter, Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import { otherMunicipality, roles, rolesInPlural } from '../authorities/roles.ts';
import { csvFile } from '../base/csv.ts';
import { yearOf, yearSpan } from '../base/dates.ts';
import { type Event, EventModel, type Factor, type Kind } from '../events/event.ts';
import { type Count, type Crosstab, crosstab, type Row } from '../registrations/participants/crosstab.ts';
import { countHeads } from '../registrations/participants/headcount.ts';
import { RegistrationModel } from '../registrations/registration.ts';

/** Which events to count; undefined is all of them. `year` is the year in Stockholm. */
export type Selection = {
  year?: number | undefined;
  kind?: Kind | undefined;
  factor?: Factor | undefined;
};

/** Who came to the events of a selection. One who came to two events counts twice. */
export type Attendance = {
  table: Crosstab;
  /** So many in the table came without a name, as people in a meeting room. */
  unnamed: number;
  /** How those in the table came, and by municipality (SCB code, or `annan`). */
  how: How;
  howFrom: Map<string, How>;
  /** All who had signed up, whether they came or not; those who came without it are not among them. */
  registered: number;
  events: number;
  /** Events with people signed up where nobody has noted who came: they count as if nobody had. */
  unmarked: Pick<Event, '_id' | 'title' | 'start'>[];
};

/** Of those who came: how many attended online, people in meeting rooms among them, and how many had not signed up. */
export type How = { online: number; walkIns: number };

type HeldEvent = Pick<Event, '_id' | 'title' | 'start'>;

/** Counts attendance by municipality × role over the events that have taken place, in the database. */
export async function countAttendance(
  authority: Authority,
  selection: Selection,
  now: Date,
): Promise<Attendance> {
  const held = await EventModel.find(heldEvents(authority._id, selection, now), { title: 1, start: 1 })
    .sort({ start: 1 })
    .lean<HeldEvent[]>();
  const signedUp = {
    authority: authority._id,
    event: { $in: held.map(({ _id }) => _id) },
    status: 'confirmed',
  };
  const [counts, heads, unmarked] = await Promise.all([
    RegistrationModel.aggregate<Count & How & { registered: number }>([
      { $match: signedUp },
      {
        $group: {
          _id: { municipality: '$municipality', role: '$role' },
          number: numberOf({ present: true }),
          online: numberOf({ present: true, attendedMode: 'digitalt' }),
          walkIns: numberOf({ present: true, walkIn: true }),
          all: { $sum: 1 },
          unannounced: numberOf({ walkIn: true }),
        },
      },
      {
        $project: {
          ...{ _id: 0, municipality: '$_id.municipality', role: '$_id.role' },
          ...{ number: 1, online: 1, walkIns: 1, registered: { $subtract: ['$all', '$unannounced'] } },
        },
      },
    ]),
    countHeads(held.map(({ _id }) => _id)),
    RegistrationModel.aggregate<{ _id: Types.ObjectId }>([
      { $match: signedUp },
      { $group: { _id: '$event', noted: { $sum: { $cond: [{ $eq: ['$present', null] }, 0, 1] } } } },
      { $match: { noted: 0 } },
    ]),
  ]);
  const rooms = heads.map(({ municipality, number }) => ({ municipality, online: number, walkIns: 0 }));
  const ways = [...counts, ...rooms];
  const forgotten = new Set(unmarked.map(({ _id }) => String(_id)));
  return {
    table: crosstab(authority.municipalities, [...counts, ...heads]),
    unnamed: heads.reduce((sum, { number }) => sum + number, 0),
    how: sumOf(ways),
    howFrom: new Map(
      [...Map.groupBy(ways, ({ municipality }) => municipality)].map(([code, some]) => [code, sumOf(some)]),
    ),
    registered: counts.reduce((sum, count) => sum + count.registered, 0),
    events: held.length,
    unmarked: held.filter(({ _id }) => forgotten.has(String(_id))),
  };
}

/** The number of rows whose fields have these values, as an accumulator of $group. */
function numberOf(values: Record<string, unknown>) {
  const equal = Object.entries(values).map(([field, value]) => ({ $eq: [`$${field}`, value] }));
  return { $sum: { $cond: [{ $and: equal }, 1, 0] } };
}

function sumOf(ways: How[]): How {
  const sum = (one: keyof How) => ways.reduce((so, way) => so + way[one], 0);
  return { online: sum('online'), walkIns: sum('walkIns') };
}

function heldEvents(authority: string, { year, kind, factor }: Selection, now: Date): QueryFilter<Event> {
  const span = year === undefined ? undefined : yearSpan(year);
  return {
    authority,
    state: 'published',
    start: { $lt: span && span.to < now ? span.to : now, ...(span && { $gte: span.from }) },
    end: { $lte: now },
    ...(kind && { kind }),
    ...(factor && { factors: factor }),
  };
}

/** The years from the county board's first event that has taken place to the last, newest first. */
export async function yearsWithEvents(authority: Authority, now: Date): Promise<number[]> {
  const held = heldEvents(authority._id, {}, now);
  const [first, last] = await Promise.all(
    ([1, -1] as const).map((order) =>
      EventModel.findOne(held, { start: 1 }).sort({ start: order }).lean<HeldEvent>(),
    ),
  );
  if (!first || !last) return [];
  const newest = yearOf(last.start);
  return Array.from({ length: newest - yearOf(first.start) + 1 }, (_, index) => newest - index);
}

/** The county's municipalities that nobody came from. */
export function withNobody({ table }: Attendance): Row[] {
  return inCounty(table).filter((row) => row.total === 0);
}

/** The county's municipalities that somebody came from, but no elected representative. */
export function withNoElected({ table }: Attendance): Row[] {
  return inCounty(table).filter((row) => row.total > 0 && row.perRole.fortroendevald === 0);
}

/** The rows of the county's own municipalities. */
export function inCounty(table: Crosstab): Row[] {
  return table.rows.filter((row) => row.code !== otherMunicipality);
}

/** The table as a file for Excel, with its sums. */
export function attendanceFile({ table, how, howFrom }: Attendance): string {
  const line = (name: string, { perRole, total }: Pick<Row, 'perRole' | 'total'>, way: How | undefined) => [
    name,
    ...roles.map((role) => perRole[role]),
    ...[total, total - (way?.online ?? 0), way?.online ?? 0, way?.walkIns ?? 0],
  ];
  return csvFile(
    ['Kommun', ...roles.map((role) => rolesInPlural[role]), 'Alla', 'På plats', 'Digitalt', 'Utan anmälan'],
    [
      ...table.rows.map((row) => line(row.name, row, howFrom.get(row.code))),
      line('Alla', { perRole: table.totals, total: table.total }, how),
    ],
  );
}
