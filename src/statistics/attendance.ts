import type { Authority } from '../authorities/authority.ts';
import { otherMunicipality } from '../authorities/roles.ts';
import { type Count, type Crosstab, crosstab, type Row } from '../registrations/participants/crosstab.ts';
import { talliesOf } from '../registrations/tallies/read.ts';
import type { Cell, Tally, Ways } from '../registrations/tallies/tally.ts';
import { type HeldEvent, heldEvents, type Selection } from './selection.ts';

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
  /** How many of these came. */
  came: number;
  events: number;
  /** So many of them were recorded afterwards: only who came is known of them. */
  recorded: number;
  /** Events with people signed up where nobody has noted who came: they count as if nobody had. */
  unmarked: HeldEvent[];
  newcomers: Newcomers;
};

/** Of those who came: how many attended online, people in meeting rooms among them, and how many had not signed up. */
export type How = { online: number; walkIns: number };

/** Who came for the first time to those of the events that are closed; other events do not know yet. */
export type Newcomers = {
  closed: number;
  ever: number;
  /** How many different people came in the year; undefined where the selection is not all events of one year. */
  people: number | undefined;
};

/** Counts attendance by municipality × role over the events that have taken place, from their tallies. */
export async function countAttendance(
  authority: Authority,
  selection: Selection,
  now: Date,
): Promise<Attendance> {
  const held = await heldEvents(authority._id, selection, now);
  const tallies = await talliesOf(held);
  const groups = tallies.flatMap(({ cells }) => groupsIn(cells, selection));
  const total = sumOf(groups);
  const places = authority.municipalities.filter(({ code }) => code === (selection.municipality ?? code));
  const forgotten = new Set(tallies.filter(isUnmarked).map(({ _id }) => String(_id)));
  return {
    table: crosstab(places, groups),
    ...{ unnamed: total.unnamed, registered: total.registered, came: total.came, how: total },
    howFrom: new Map(
      [...Map.groupBy(groups, ({ municipality }) => municipality)].map(([code, some]) => [code, sumOf(some)]),
    ),
    events: held.length,
    recorded: held.filter(({ state }) => state === 'recorded').length,
    unmarked: held.filter(({ _id }) => forgotten.has(String(_id))),
    newcomers: newcomersIn(tallies, selection),
  };
}

const numbers = ['number', 'registered', 'came', 'online', 'walkIns', 'unnamed', 'ever', 'thisYear'] as const;

/** What counts of people who are alike; `number`: how many came, named or not. */
type Numbers = Record<(typeof numbers)[number], number>;
type CellNumbers = Count & Numbers;

/** The cells of a selection, with its way of attending or both of them added up. */
function groupsIn(cells: Cell[], { municipality, role, mode }: Selection): CellNumbers[] {
  const of = (ways: Ways) => (mode ? ways[mode] : ways.plats + ways.digitalt);
  return cells
    .filter((cell) => cell.municipality === (municipality ?? cell.municipality))
    .filter((cell) => cell.role === (role ?? cell.role))
    .map((cell) => {
      const unnamed = mode === 'plats' ? 0 : cell.unnamed;
      const online = mode === 'plats' ? 0 : cell.present.digitalt + unnamed;
      return {
        ...{ municipality: cell.municipality, role: cell.role, unnamed, online },
        ...{ number: of(cell.present) + unnamed, walkIns: of(cell.walkIns) },
        ...{ registered: of(cell.registered), came: of(cell.came) },
        ...{ ever: of(cell.firstTimers), thisYear: of(cell.firstThisYear) },
      };
    });
}

function sumOf(groups: Numbers[]): Numbers {
  const sum = (name: keyof Numbers) => groups.reduce((so, group) => so + group[name], 0);
  return Object.fromEntries(numbers.map((name) => [name, sum(name)])) as Numbers;
}

/** Whoever comes to two events counts where they came first, so only all events of a year tell how many people they were. */
function newcomersIn(tallies: Tally[], selection: Selection): Newcomers {
  const { year, from, before, kind, factor, mode } = selection;
  const closed = tallies.filter((tally) => tally.closed);
  const { ever, thisYear } = sumOf(closed.flatMap(({ cells }) => groupsIn(cells, selection)));
  const isWholeYear = year !== undefined && closed.length > 0 && closed.length === tallies.length;
  const isPart = from ?? before ?? kind ?? factor ?? mode;
  return { closed: closed.length, ever, people: isWholeYear && !isPart ? thisYear : undefined };
}

function isUnmarked({ cells }: Tally): boolean {
  const sum = (name: 'registered' | 'unannounced' | 'marked') =>
    cells.reduce((so, cell) => so + cell[name].plats + cell[name].digitalt, 0);
  return sum('registered') + sum('unannounced') > 0 && sum('marked') === 0;
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
