import { normalisedAddress } from '../../base/form/addresses.ts';
import type { ColumnName } from './columns.ts';
import type { Line } from './lines.ts';
import { mainNameKey } from './names.ts';
import { combined, type Stay, stayOf } from './stays.ts';
import type { Table } from './tables.ts';
import { type DateOrder, secondsOf, wallTime } from './times.ts';

/** What somebody is in a meeting. */
export type MeetingRole = 'organiser' | 'presenter' | 'participant';

/** One account that was in the meeting, with all its rows added up. */
export type Attendee = Stay & {
  name: string;
  email: string | null;
  /** The name that the account signs in with, which often is an address. */
  upn: string | null;
  role: MeetingRole;
  /** How many times it joined. */
  joins: number;
};

type ReadCell = (column: ColumnName) => string;

/** The accounts in a table. @param order of day and month in its dates */
export function attendeesIn({ rows, columns }: Table, order: DateOrder): Attendee[] {
  const read = rows.map((line) => rowOf(line, columns)).filter(isSomebody);
  return [...Map.groupBy(read, accountOf).values()].map((group) => attendeeOf(group, order));
}

function rowOf(line: Line, columns: Table['columns']): ReadCell {
  const cells = new Map(columns.map((column, index) => [column, line[index] ?? '']));
  return (column) => cells.get(column) ?? '';
}

/** Webinars list also those who were expected and did not come. */
function isSomebody(row: ReadCell): boolean {
  return (row('name') || row('email') || row('upn')) !== '' && !/^(no|nej)$/i.test(row('attended'));
}

function accountOf(row: ReadCell): string {
  return addressIn(row('email')) ?? addressIn(row('upn')) ?? `${mainNameKey(row('name'))} ${row('upn')}`;
}

function addressIn(cell: string): string | null {
  return normalisedAddress(cell) ?? null;
}

function attendeeOf(rows: ReadCell[], order: DateOrder): Attendee {
  const [first] = rows as [ReadCell];
  const has = (column: ColumnName) => rows.map((row) => row(column)).find(Boolean) ?? '';
  const stays = first('action') ? staysByActions(rows, order) : rows.map((row) => stayIn(row, order));
  return {
    ...together(stays),
    name: has('name'),
    email: addressIn(has('email')),
    upn: addressIn(has('upn')),
    role: roleIn(has('role')),
    joins: stays.length,
  };
}

function stayIn(row: ReadCell, order: DateOrder): Stay {
  const at = (column: ColumnName) => wallTime(row(column), order) ?? null;
  return stayOf(at('joined'), at('left'), secondsOf(row('duration')) ?? null);
}

/** Durations without times are of different stays. */
function together(stays: Stay[]): Stay {
  if (stays.some(({ from }) => from !== null)) return combined(stays);
  const durations = stays.flatMap(({ seconds }) => seconds ?? []);
  const seconds = durations.length > 0 ? durations.reduce((sum, one) => sum + one, 0) : null;
  return { from: null, to: null, seconds };
}

/** The first reports of Teams have a row for each coming and going. */
function staysByActions(rows: ReadCell[], order: DateOrder): Stay[] {
  const acts = rows
    .map((row) => ({
      at: wallTime(row('at'), order) ?? null,
      leaves: /^(left|lämnade)/i.test(row('action')),
    }))
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return acts.flatMap(({ at, leaves }, index) => {
    const next = acts[index + 1];
    return leaves ? [] : [stayOf(at, next?.leaves ? next.at : null, null)];
  });
}

function roleIn(cell: string): MeetingRole {
  if (/^(organi[sz]er|co-organi[sz]er|arrangör|medarrangör|host)$/i.test(cell)) return 'organiser';
  return /^(presenter|presentatör|panelist)$/i.test(cell) ? 'presenter' : 'participant';
}
