import { type Columns, columnsByCells, columnsByHeadings, isAddress, tellsWhoCame } from './columns.ts';
import type { Line } from './lines.ts';

/** A table of a report: its headings if it has any, its rows, and what its columns are. */
export type Table = { headings: Line; rows: Line[]; columns: Columns };

/** What a report says of its meeting, as it is written there. */
export type MeetingFacts = { title?: string; start?: string; people?: number };

/** A report taken apart: the tables that tell who came; if there is none, the one that is most likely to. */
export type Tables = { meeting: MeetingFacts; people: Table[]; other: Table | undefined; isTeams: boolean };

/** Finds the tables of a report by their headings; only if none has any that are known, by what stands in them. */
export function tablesOf(lines: Line[]): Tables {
  const blocks = blocksOf(lines);
  const tables = blocks.map(tableOf).filter(({ rows }) => rows.length > 0);
  const meeting = meetingIn(blocks);
  const likely = tables.filter(isOfPeople);
  const named = likely.filter(({ headings }) => tellsWhoCame(columnsByHeadings(headings)));
  const people = named.length > 0 ? named : likely;
  const largest = tables.toSorted((a, b) => b.rows.length - a.rows.length)[0];
  return { meeting, people, other: people.length > 0 ? undefined : largest, isTeams: lines.some(isNumbered) };
}

function isOfPeople({ headings, columns }: Table): boolean {
  return tellsWhoCame(columns) && !isOfMeeting(headings);
}

/** Lines that follow each other, without those that are empty or only a title. A line of headings begins a new block. */
function blocksOf(lines: Line[]): Line[][] {
  const blocks: Line[][] = [[]];
  for (const line of lines) {
    const filled = line.filter(Boolean).length;
    const isHead = tellsWhoCame(columnsByHeadings(line)) || isOfMeeting(line);
    if (filled <= 1 && !line.some(isAddress)) blocks.push([]);
    else if (isHead) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((block) => block.length > 0);
}

/** A title such as "2. Participants", which Teams writes in every language. */
function isNumbered([title = '', ...others]: Line): boolean {
  return /^\d\. \p{L}/u.test(title) && others.every((cell) => cell === '');
}

function tableOf(block: Line[]): Table {
  const [first = [], ...others] = block;
  const named = columnsByHeadings(first);
  if (tellsWhoCame(named)) return { headings: first, rows: others, columns: named };
  const hasHead = first.every((cell) => !/[\d@]/.test(cell));
  const rows = hasHead ? others : block;
  return { headings: hasHead ? first : [], rows, columns: columnsByCells(rows) };
}

/** True for Zoom's line of headings about the meeting itself. */
function isOfMeeting(line: Line): boolean {
  return (
    line.some((cell) => /^(meeting|webinar|mötes)[ -]?id$/i.test(cell)) &&
    line.some((cell) => titles.test(cell))
  );
}

const titles = /^(topic|ämne|meeting title|mötesrubrik|mötets? (rubrik|titel))$/i;
const starts = /^((actual |meeting )?start time|starttid)$/i;
const counts =
  /^(attended participants|total number of participants|participants|närvarande deltagare|antal deltagare)$/i;

/** Teams writes a line for each fact, Zoom a line of headings and one of facts. */
function meetingIn(blocks: Line[][]): MeetingFacts {
  const pairs = blocks.flatMap(([first = [], second = [], ...others]) =>
    isOfMeeting(first)
      ? first.map((heading, index) => [heading, second[index] ?? ''])
      : [first, second, ...others].slice(0, 12),
  );
  const said = (heading: RegExp) => pairs.find(([name = '', value]) => heading.test(name) && value)?.[1];
  const [title, start, people] = [said(titles), said(starts), Number(said(counts))];
  return { ...(title && { title }), ...(start && { start }), ...(people > 0 && { people }) };
}
