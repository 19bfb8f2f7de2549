import type { Document } from 'bson';
import type { Collection } from '../storage/collection.ts';
import type { Sessions } from '../transactions/sessions.ts';
import type { Snapshots } from '../transactions/snapshots.ts';
import type { Data, ReadView, View } from '../transactions/view.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { StoreError } from '../values/errors.ts';
import { toNumber } from '../values/numbers.ts';
import { own, typeName } from '../values/types.ts';
import type { CursorOwner, Cursors } from '../wire/cursors.ts';
import type { Reply } from '../wire/messages.ts';

/** Answers reads that may take long outside the database's thread. */
export type LongReads = { ask(call: Call, stages?: Document[]): Promise<Uint8Array[]> };

/** Everything that is open while the database is. */
export type Store = Data & {
  sessions: Sessions;
  snapshots: Snapshots;
  cursors: Cursors;
  longReads: LongReads;
  /** The server's own address, as hello tells it. */
  address: string;
};

/** One command, with what it works on. */
export type Call = {
  store: Store;
  name: string;
  command: Document;
  database: string;
  /** Direct, or within the transaction that the command belongs to. */
  view: View;
  /** What its cursors end with. */
  owner: CursorOwner;
  now: Date;
  /** When maxTimeMS is over, in ms of performance.now(). */
  until?: number | undefined;
};

/** What a read needs of it. */
export type ReadCall = Pick<Call, 'name' | 'command' | 'database' | 'now' | 'until'> & { view: ReadView };

/** A command: the names of its own options besides the common ones, and whether transactions may have it. */
export type Command = {
  /** Without, it takes any: they mean nothing here. */
  options?: string;
  inTransaction?: boolean;
  /** A read that can be asked of one moment, outside transactions. */
  ofMoment?: boolean;
  /** A write that is applied once even if it is sent twice. */
  retryable?: boolean;
  run(call: Call): Reply | Promise<Reply>;
};

/** The answer `{ ok: 1 }` with `fields`. */
export function ok(fields: Document = {}): Reply {
  return { document: { ...fields, ok: 1 } };
}

/** The name of the collection that the command is about. */
export function collectionName({ command, name }: Pick<Call, 'command' | 'name'>): string {
  const value = command[name];
  if (typeof value !== 'string' || value === '')
    throw new StoreError(73, `collection name has invalid type or is empty`);
  return value;
}

/** The collection that the command is about, if there is one. */
export function collectionOf(call: ReadCall): Collection | undefined {
  return call.view.collection(call.database, collectionName(call));
}

/** The collection that the command is about, created if it is missing. */
export function ensureCollection(call: Call): Collection {
  return collectionOf(call) ?? call.view.create(call.database, collectionName(call));
}

/** The collation that a command or one of its operations asks for, else the collection's own. */
export function collationFor(asked: Document, collection: Collection | undefined): Collation | undefined {
  return collationOf(asked.collation ?? collection?.options.collation);
}

/** The types of the options that have only one; null stands for an option that is not given. */
const typesOf: Record<string, string> = {
  ...typed('object', 'filter query q sort projection fields collation let cursor'),
  ...typed('array', 'pipeline documents updates deletes indexes cursors arrayFilters'),
};

function typed(type: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

/** Checks the options of a command or of one of its operations: 14 if one has the wrong type. */
export function checkTypes(name: string, options: Document): void {
  for (const [option, value] of Object.entries(options)) {
    const [type, expected = type] = [typeName(value), own(typesOf, option)];
    if (type !== expected && type !== 'null')
      throw new StoreError(
        14,
        `BSON field '${name}.${option}' is the wrong type '${type}', expected type '${expected}'`,
      );
  }
}

/** An option that must be given; 40414. */
export function required(name: string, options: Document, option: string): unknown {
  const value = options[option] ?? undefined;
  if (value !== undefined) return value;
  throw new StoreError(40414, `BSON field '${name}.${option}' is missing but a required field`);
}

/** A number among the options, `fallback` if it is not given; 51024 below 0. */
export function count(value: unknown, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const number = toNumber(value);
  if (!Number.isInteger(number)) throw new StoreError(14, `${value} is not a whole number`);
  if (number < 0) throw new StoreError(51024, `a number of documents must be >= 0, actual value '${number}'`);
  return number;
}
