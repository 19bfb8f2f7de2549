import { gunzipSync, gzipSync } from 'node:zlib';
import { type Columns, namesPeople } from './columns.ts';
import { decode, type Unreadable } from './decode.ts';
import { type Line, linesOf } from './lines.ts';
import { type Attendee, attendeesIn } from './people.ts';
import { combined } from './stays.ts';
import { type MeetingFacts, type Table, type Tables, tablesOf } from './tables.ts';
import { type DateOrder, dateOrderOf, wallText, wallTime } from './times.ts';

/** The lines of the table that matters, packed, so that its columns can be named by hand. */
export type Packed = Uint8Array;

/** A report as it was read; `attendees` are empty if nobody has said yet which column is which. */
export type ReadReport = {
  meeting: { title: string; day: string; people: number };
  attendees: Attendee[];
  columns: Columns;
  /** The headings, or the first row, and some rows more. */
  sample: Line[];
  packed: Packed;
};

const longestCell = 60;

/** Reads the file of a report. @param day of the event, YYYY-MM-DD */
export function readFile(bytes: Uint8Array, day: string): ReadReport | { refused: Unreadable } {
  const decoded = decode(bytes);
  if ('refused' in decoded) return decoded;
  const read = linesOf(decoded.text);
  if ('refused' in read) return read;
  const tables = tablesOf(read.lines);
  const [table = tables.other] = tables.people;
  if (!table || !(tables.people.length > 0 || namesPeople(table.columns))) return { refused: 'noReport' };
  const order = dateOrderOf(timesIn(tables), day);
  const attendees = attendeesOf(tables, order);
  return reportOf(table, attendees, meetingOf(tables.meeting, attendees, order));
}

/** Reads a table whose columns somebody has named. */
export function readColumns(packed: Packed, columns: Columns, day: string): ReadReport {
  const lines: Line[] = JSON.parse(String(gunzipSync(packed)));
  const [headings = [], ...rows] = lines;
  const table = { headings, rows, columns };
  const order = dateOrderOf(timesIn({ meeting: {}, people: [table] }), day);
  const attendees = attendeesIn(table, order);
  return reportOf(table, attendees, meetingOf({}, attendees, order));
}

/** The second table of Teams has everybody; the third has a row for each time that they joined, which only counts them. */
function attendeesOf({ people, isTeams }: Tables, order: DateOrder): Attendee[] {
  const [first = [], ...others] = people.map((table) => attendeesIn(table, order));
  if (!isTeams) return merged([first, ...others].flat());
  const joins = new Map(others.flat().map((one) => [accountOf(one), one.joins]));
  return first.map((one) => ({ ...one, joins: Math.max(one.joins, joins.get(accountOf(one)) ?? 0) }));
}

/** The same account in several tables, as of presenters and of others. */
function merged(attendees: Attendee[]): Attendee[] {
  return [...Map.groupBy(attendees, accountOf).values()].map((group) => {
    const [first] = group as [Attendee];
    return { ...first, ...combined(group), joins: group.reduce((sum, { joins }) => sum + joins, 0) };
  });
}

function accountOf({ email, upn, name }: Attendee): string {
  return email ?? upn ?? name;
}

function timesIn({ meeting, people }: Pick<Tables, 'meeting' | 'people'>): string[] {
  const cells = people.flatMap(({ rows, columns }) => {
    const at = columns.flatMap((name, index) =>
      name && ['joined', 'left', 'at'].includes(name) ? [index] : [],
    );
    return rows.slice(0, 500).flatMap((row) => at.map((index) => row[index] ?? ''));
  });
  return [...(meeting.start ? [meeting.start] : []), ...cells].filter(Boolean);
}

function meetingOf(facts: MeetingFacts, attendees: Attendee[], order: DateOrder): ReadReport['meeting'] {
  const start = wallTime(facts.start ?? '', order) ?? attendees.find(({ from }) => from !== null)?.from;
  const day = start ? wallText(start).slice(0, 10) : '';
  return { title: (facts.title ?? '').slice(0, 200), day, people: facts.people ?? 0 };
}

function reportOf(table: Table, attendees: Attendee[], meeting: ReadReport['meeting']): ReadReport {
  const head = table.headings.length > 0 ? table.headings : table.columns.map(() => '');
  const lines = [head, ...table.rows];
  return {
    meeting,
    attendees,
    columns: table.columns,
    sample: lines.slice(0, 5).map((line) => line.map((cell) => cell.slice(0, longestCell))),
    packed: gzipSync(JSON.stringify(lines)),
  };
}
