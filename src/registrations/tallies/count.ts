import type { Types } from 'mongoose';
import type { Event, Mode } from '../../events/event.ts';
import { type Registration, RegistrationModel } from '../registration.ts';
import { countHeads } from './headcount.ts';
import { type Cell, emptyCell, type Tally } from './tally.ts';

/** People of an event who are alike in all that a tally counts. */
type TallyGroup = Pick<Registration, 'event' | 'municipality' | 'role' | 'mode' | 'present'> & {
  attendedMode?: Mode | null;
  walkIn?: true;
  number: number;
};

/** Counts the tallies of events from their rows, in the order of the events; nothing is written. */
export async function countTallies(events: Pick<Event, '_id' | 'authority'>[]): Promise<Tally[]> {
  if (events.length === 0) return [];
  const ids = events.map(({ _id }) => _id);
  // One after the other: they may be part of a transaction.
  const groups = await groupsOf(ids);
  const heads = await countHeads(ids);
  return events.map(({ _id, authority }) => {
    const cells = new Cells();
    for (const group of groups.filter(({ event }) => event.equals(_id))) count(cells.of(group), group);
    for (const head of heads.filter(({ event }) => event.equals(_id))) cells.of(head).unnamed += head.number;
    return { _id, authority, cells: cells.all() };
  });
}

async function groupsOf(events: Types.ObjectId[]): Promise<TallyGroup[]> {
  const fields = ['event', 'municipality', 'role', 'mode', 'present', 'attendedMode', 'walkIn'];
  return RegistrationModel.aggregate<TallyGroup>([
    { $match: { event: { $in: events }, status: 'confirmed' } },
    { $group: { _id: Object.fromEntries(fields.map((field) => [field, `$${field}`])), number: { $sum: 1 } } },
    { $replaceRoot: { newRoot: { $mergeObjects: ['$_id', { number: '$number' }] } } },
  ]);
}

/** The cells of a tally, made when somebody belongs to them. */
export class Cells {
  readonly #cells: Map<string, Cell>;

  /** @param cells copied, not changed */
  constructor(cells: Cell[] = []) {
    this.#cells = new Map(structuredClone(cells).map((cell) => [keyOf(cell), cell]));
  }

  of(place: Pick<Cell, 'municipality' | 'role'>): Cell {
    const key = keyOf(place);
    const cell = this.#cells.get(key) ?? emptyCell(place);
    this.#cells.set(key, cell);
    return cell;
  }

  /** In an order that does not depend on that of the rows. */
  all(): Cell[] {
    return [...this.#cells].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cell]) => cell);
  }
}

function keyOf({ municipality, role }: Pick<Cell, 'municipality' | 'role'>): string {
  return `${municipality} ${role}`;
}

function count(cell: Cell, { mode, present, walkIn, number, ...group }: TallyGroup): void {
  cell[walkIn ? 'unannounced' : 'registered'][mode] += number;
  if (typeof present === 'boolean') cell.marked[mode] += number;
  if (!present) return;
  // Rows of people who were erased before the mode attended was kept have none.
  const attended = group.attendedMode ?? mode;
  cell.present[attended] += number;
  if (walkIn) cell.walkIns[attended] += number;
  else cell.came[mode] += number;
}
