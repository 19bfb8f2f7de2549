import { secondsOf, wallTime } from './times.ts';

/** What a column of a report holds. `attended`, `action` and `at` stand in some layouts only. */
export const columnNames = [
  ...(['name', 'email', 'upn', 'joined', 'left', 'duration', 'role'] as const),
  ...(['attended', 'action', 'at'] as const),
] as const;
export type ColumnName = (typeof columnNames)[number];

/** What each column of a table is, from the left; null: of no use. */
export type Columns = (ColumnName | null)[];

/**
 * How headings are worded: by Teams in English and Swedish, by Zoom, and by what people make of them. Reports in Swedish
 * were not to be had, so their headings are guesses, and a table is also known by what stands in it.
 */
const headings: [ColumnName, RegExp][] = [
  ['upn', /\bupn\b/],
  ['name', /^((full|user|display|participant) ?)?name( \(original name\))?$/],
  ['name', /^((fullständigt|deltagarens) )?namn( \(.*\))?$|^(visnings|användar|deltagar)namn$/],
  [
    'email',
    /^((user|participant|attendee) )?e-?mail( address)?$|^(användarens )?e-?post(adress)?$|^e-?mejl$/,
  ],
  ['joined', /^((first )?join( time)?|joined( at)?)$|^(första anslutning(en)?|anslutningstid|anslöt)$/],
  ['left', /^((last )?leave( time)?|left( at)?)$|^(lämnade( senast)?|senast lämnade|avslutningstid)$/],
  ['duration', /duration|time in (session|meeting)|varaktighet|tid i (mötet?|session)|närvarotid/],
  ['role', /^(role|roll)$/],
  ['attended', /^(attended|deltog|närvarade)$/],
  ['action', /^(user action|användaråtgärd|åtgärd)$/],
  ['at', /^(timestamp|tidsstämpel)$/],
];

/** What the headings of a line say; each column once. */
export function columnsByHeadings(line: string[]): Columns {
  const found = new Set<ColumnName>();
  return line.map((cell) => {
    const name = headingIn(cell);
    if (!name || found.has(name)) return null;
    found.add(name);
    return name;
  });
}

function headingIn(cell: string): ColumnName | undefined {
  const heading = cell.toLowerCase();
  return headings.find(([, pattern]) => pattern.test(heading))?.[0];
}

/** What the cells of a table say, in any language and with any headings. */
export function columnsByCells(rows: string[][]): Columns {
  const sample = rows.slice(0, 300);
  const width = Math.max(0, ...sample.map((row) => row.length));
  const columns: Columns = [];
  for (let index = 0; index < width; index++) {
    const cells = sample.map((row) => row[index] ?? '').filter(Boolean);
    columns.push(kindsOf(cells).find((kind) => !columns.includes(kind)) ?? null);
  }
  return columns;
}

/** What a column may be by its cells, the likeliest first. */
function kindsOf(cells: string[]): ColumnName[] {
  const most = (test: (cell: string) => boolean) =>
    cells.length > 0 && cells.filter(test).length > 0.7 * cells.length;
  if (most(isAddress)) return ['email', 'upn'];
  if (most(isTime)) return ['joined', 'left'];
  if (most((cell) => secondsOf(cell) !== undefined && /\D/.test(cell))) return ['duration'];
  const isMixed = new Set(cells).size > cells.length / 2;
  return isMixed && most((cell) => /\p{L}{2}/u.test(cell)) ? ['name'] : [];
}

/** True for a cell that looks like an e-mail address. */
export function isAddress(cell: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell);
}

function isTime(cell: string): boolean {
  return (['ymd', 'dmy', 'mdy'] as const).some((order) => wallTime(cell, order) !== undefined);
}

/** True if the columns tell who was in a meeting, and that they were: a list of addresses alone may be anything. */
export function tellsWhoCame(columns: Columns): boolean {
  const has = (...names: ColumnName[]) => names.some((name) => columns.includes(name));
  return has('name', 'email', 'upn') && has('joined', 'left', 'duration', 'attended', 'action');
}

/** True if somebody can say which column is which: it has names or addresses. */
export function namesPeople(columns: Columns): boolean {
  return columns.some((name) => name === 'name' || name === 'email');
}
