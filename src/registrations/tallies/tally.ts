import { model, Schema, type Types } from 'mongoose';
import { type Role, roles } from '../../authorities/roles.ts';
import { type Mode, modes } from '../../events/event.ts';

/** A number of people for each way of attending. */
export type Ways = Record<Mode, number>;

/**
 * The people of one municipality and role at an event. The mode wished and the mode attended are apart: `registered`,
 * `unannounced`, `marked` and `came` count by the first, the others by the second.
 */
export type Cell = {
  /** SCB code, or `annan`. */
  municipality: string;
  role: Role;
  /** Had a seat, having signed up. */
  registered: Ways;
  /** Were written in without having signed up, whether they are marked as present or not. */
  unannounced: Ways;
  /** Of all of these: whose attendance is marked, present or absent. */
  marked: Ways;
  /** Of those registered: who came. */
  came: Ways;
  /** Who came, whether registered or not. */
  present: Ways;
  /** Of those who came: who had not signed up. */
  walkIns: Ways;
  /** Came without a name, as people in a meeting room; all of them online. */
  unnamed: number;
  /** Of those who came to a closed event: who had come to no event of the county board before. */
  firstTimers: Ways;
  /** Of those who came to a closed event: who had come to no event of the county board in the same year before. */
  firstThisYear: Ways;
};

/** The numbers of a cell. */
const waysOfCell = [
  ...(['registered', 'unannounced', 'marked', 'came', 'present', 'walkIns'] as const),
  ...(['firstTimers', 'firstThisYear'] as const),
];

/** When an event was closed, and by whom. */
export type Closing = { at: Date; by: string };

/**
 * Who had signed up for an event that is over, and who came: all that statistics need, so that no page reads every
 * registration, and so that the figures stay when people are erased. Written by `make.ts`, and of events that were recorded
 * afterwards by `recorded/record.ts`: these have no rows, so nothing counts them anew.
 */
export type Tally = {
  /** The event's. */
  _id: Types.ObjectId;
  authority: string;
  cells: Cell[];
  /** Set when the event has been closed: from then on those who came for the first time are counted. */
  closed?: Closing;
};

/** A cell as it is stored: without the numbers that are zero, which are half of what would have to be read. */
type StoredCell = Pick<Cell, 'municipality' | 'role'> & Partial<Cell>;
export type StoredTally = Omit<Tally, 'cells'> & { cells: StoredCell[] };

const number = { type: Number, required: true };
const ways = new Schema<Ways>(Object.fromEntries(modes.map((mode) => [mode, number])), { _id: false });
const cell = new Schema<StoredCell>(
  {
    municipality: { type: String, required: true },
    role: { type: String, enum: roles, required: true },
    ...Object.fromEntries(waysOfCell.map((name) => [name, { type: ways, default: undefined }])),
    unnamed: { type: Number, default: undefined },
  },
  { _id: false },
);
const schema = new Schema<StoredTally>(
  {
    authority: { type: String, required: true },
    cells: [cell],
    closed: { type: new Schema<Closing>({ at: Date, by: String }, { _id: false }), default: undefined },
  },
  { versionKey: false },
);

export const TallyModel = model<StoredTally>('Tally', schema, 'tallies');

/** A tally as it is stored. */
export function stored(tally: Tally): StoredTally {
  const isNone = (value: unknown) =>
    typeof value === 'object' && Object.values(value ?? {}).every((one) => one === 0);
  const cells = tally.cells.map((cell) => {
    const there = Object.entries(cell).filter(([, value]) => value !== 0 && !isNone(value));
    return Object.fromEntries(there) as StoredCell;
  });
  return { ...tally, cells };
}

/** A tally as it was stored, with all its numbers. */
export function whole(tally: StoredTally): Tally {
  return { ...tally, cells: tally.cells.map((cell) => ({ ...emptyCell(cell), ...cell })) };
}

/** A cell with nobody in it. */
export function emptyCell({ municipality, role }: Pick<Cell, 'municipality' | 'role'>): Cell {
  const none = () => ({ plats: 0, digitalt: 0 });
  return {
    ...{ municipality, role, unnamed: 0 },
    ...{ registered: none(), unannounced: none(), marked: none(), came: none() },
    ...{ present: none(), walkIns: none(), firstTimers: none(), firstThisYear: none() },
  };
}
