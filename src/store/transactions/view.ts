import type { Document } from 'bson';
import type { Catalog } from '../storage/catalog.ts';
import type { Collection } from '../storage/collection.ts';
import { duplicateKey, type Index } from '../storage/indexes.ts';
import {
  type Change,
  documentOf,
  type Examined,
  type IndexChange,
  indexChanges,
  type Row,
  ridOf,
  rowAt,
  type Scan,
  scanRows,
  store,
} from '../storage/records.ts';
import type { Storage } from '../storage/storage.ts';
import { StoreError } from '../values/errors.ts';
import { Contended, type Locks } from './locks.ts';

/** What all views share: the file, its catalog, and the locks of the writers. */
export type Data = { storage: Storage; catalog: Catalog; locks: Locks };

/** How a command sees documents. */
export type ReadView = {
  collection(database: string, name: string): Collection | undefined;
  indexes(collection: Collection): readonly Index[];
  scan(collection: Collection, scan: Scan, seen: Examined): Iterable<Row>;
  /** Whether a scan of an index comes in its order. */
  inOrder(collection: Collection): boolean;
};

/** How a command sees and changes documents: directly, or within a transaction. */
export type View = ReadView & {
  create(database: string, name: string, options?: Document): Collection;
  /** Makes an index and says whether it was new. */
  createIndex(collection: Collection, asked: Document): boolean;
  row(collection: Collection, rid: number): Row | undefined;
  /** Writes, or throws before anything is written: DuplicateKey, WriteConflict, Contended. */
  change(collection: Collection, change: Change): void;
  /** Runs `work`, and runs it again later if it meets Contended. Everything that `work` decides by must be read within it. */
  attempt<T>(work: () => T): Promise<T>;
};

/** How long a write outside transactions waits for a document that a transaction holds, in ms. */
const lonePatience = 5000;

/** The view of a command outside transactions. It owns the locks that it waits for. */
export class DirectView implements View {
  readonly #data: Data;

  constructor(data: Data) {
    this.#data = data;
  }

  collection(database: string, name: string): Collection | undefined {
    return this.#data.catalog.find(database, name);
  }

  create(database: string, name: string, options?: Document): Collection {
    return this.#data.catalog.create(database, name, options);
  }

  createIndex(collection: Collection, asked: Document): boolean {
    return this.#data.catalog.createIndex(collection, asked);
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexes;
  }

  scan(collection: Collection, scan: Scan, seen: Examined): Iterable<Row> {
    return scanRows({ from: this.#data.storage.main, collection, seen }, scan);
  }

  inOrder(): boolean {
    return true;
  }

  row(collection: Collection, rid: number): Row | undefined {
    return rowAt(this.#data.storage.main, collection, rid);
  }

  change(collection: Collection, change: Change): void {
    const { storage, locks } = this.#data;
    // it may have been dropped while this write waited
    if (collection.dropped) throw new StoreError(26, `ns does not exist: ${collection.namespace}`);
    const changes = indexChanges(collection, change);
    if (!locks.idle) for (const key of lockKeys(collection, change, changes)) locks.pass(key, this);
    this.#checkUnique(collection, change, changes);
    storage.write(() => store(storage.main, collection, change, changes));
  }

  async attempt<T>(work: () => T): Promise<T> {
    const { locks } = this.#data;
    const until = performance.now() + lonePatience;
    try {
      for (;;) {
        try {
          return work();
        } catch (error) {
          if (!(error instanceof Contended)) throw error;
          locks.release(this);
          if (!(await locks.turn(error.key, this, until - performance.now()))) throw writeConflict();
        }
      }
    } finally {
      locks.release(this);
    }
  }

  #checkUnique(collection: Collection, change: Change, changes: IndexChange[]): void {
    for (const { index, added } of changes) {
      for (const key of index.unique ? added : []) {
        const other = ridOf(this.#data.storage.main, index, key);
        if (other !== undefined && other !== change.rid) throw takenKey(collection, index, change, key);
      }
    }
  }
}

/** The locks that a change needs: its document, and the keys of unique indexes that it gives up or takes. */
export function* lockKeys(collection: Collection, change: Change, changes: IndexChange[]): Iterable<string> {
  if (change.before) yield documentKey(collection, change.rid);
  for (const { index, removed, added } of changes) {
    if (!index.unique) continue;
    for (const key of removed) yield uniqueKey(index, key);
    for (const key of added) yield uniqueKey(index, key);
  }
}

/** The name of a document among the locks. */
export function documentKey(collection: Collection, rid: number): string {
  return `${collection.id}:${rid}`;
}

/** The name of a key of a unique index among the locks. */
export function uniqueKey(index: Index, key: Uint8Array): string {
  return `${index.id}=${Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1')}`;
}

/** DuplicateKey for a change that wants a key that another document has. */
export function takenKey(
  collection: Collection,
  index: Index,
  { after }: Change,
  key: Uint8Array,
): StoreError {
  return duplicateKey(collection.namespace, index, after ? documentOf(after) : {}, key);
}

/** WriteConflict (112): a transaction has changed what this one would change; the client may try again. */
export function writeConflict(labels: string[] = []): StoreError {
  const text =
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.';
  return new StoreError(112, text, {}, labels);
}
