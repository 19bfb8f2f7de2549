import type { Document } from 'bson';
import type { Catalog } from '../storage/catalog.ts';
import type { Collection } from '../storage/collection.ts';
import { type Index, sameKey } from '../storage/indexes.ts';
import {
  type Change,
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
import type { Snapshot, Storage } from '../storage/storage.ts';
import { StoreError } from '../values/errors.ts';
import { Contended, type Locks } from './locks.ts';
import { documentKey, lockKeys, takenKey, uniqueKey, type View, writeConflict } from './view.ts';

/** What the client may do about an error in a transaction: run the whole of it again. */
export const TRANSIENT = ['TransientTransactionError'];

/** A multi-document transaction: it reads a snapshot under its own uncommitted writes, and holds what it has written. */
export type Transaction = {
  /** The number that the client's session gave it. */
  number: number;
  state: 'open' | 'committed' | 'aborted';
  /** When it began, in ms of performance.now(). */
  begun: number;
  view: View;
  /** Takes the snapshot, or a newer one; only before anything has been answered from it. */
  refresh(): Promise<void>;
  /** Writes everything; durable when Storage.settled. Throws WriteConflict where collections or indexes have changed. */
  commit(): void;
  abort(): void;
};

/** Hears of the end of a transaction. */
export type Ended = (transaction: Transaction) => void;

/** The uncommitted writes in one collection: whole changes since the snapshot, and who has the unique keys they touched. */
type Overlay = {
  indexes: readonly Index[];
  rows: Map<number, Change>;
  keys: Map<string, number | undefined>;
};

/** A transaction that has not yet seen or held anything; `ended` hears when its snapshot is no longer to be read. */
export function openTransaction(
  storage: Storage,
  locks: Locks,
  catalog: Catalog,
  number: number,
  ended: Ended,
): Transaction {
  const { main } = storage;
  const overlays = new Map<Collection, Overlay>();
  /** The collections that it makes, by namespace: nobody else sees them before the commit. */
  const made = new Map<string, Collection>();
  let snapshot: Snapshot | undefined;

  function before(): Snapshot {
    if (!snapshot) throw new StoreError(251, 'the transaction has ended', {}, TRANSIENT);
    return snapshot;
  }

  function create(database: string, name: string, options?: Document): Collection {
    const collection = catalog.prepare(database, name, options);
    made.set(collection.namespace, collection);
    return collection;
  }

  function createIndex(collection: Collection, asked: Document): boolean {
    const isEmpty = (overlays.get(collection)?.rows.size ?? 0) === 0;
    if (made.has(collection.namespace) && isEmpty) return catalog.prepareIndex(collection, asked);
    if (catalog.hasIndex(collection, asked)) return false;
    throw new StoreError(
      263,
      `Cannot create new indexes on existing collection ${collection.namespace} in a multi-document transaction.`,
    );
  }

  function knows(something: { since: number }): boolean {
    return something.since <= before().group;
  }

  function* scan(collection: Collection, asked: Scan, seen: Examined): Iterable<Row> {
    const rows = overlays.get(collection)?.rows;
    const met = new Set<number>();
    for (const row of knows(collection) ? scanRows(before(), collection, asked, seen) : []) {
      const own = rows?.get(row.rid);
      if (!own) yield row;
      else if (own.after && !met.has(row.rid)) yield own.after;
      if (own) met.add(row.rid);
    }
    for (const { rid, after } of rows?.values() ?? []) if (after && !met.has(rid)) yield after;
  }

  function row(collection: Collection, rid: number): Row | undefined {
    const own = overlays.get(collection)?.rows.get(rid);
    if (own) return own.after;
    return knows(collection) ? rowAt(before(), collection, rid) : undefined;
  }

  function change(collection: Collection, asked: Change): void {
    const overlay = overlayOf(collection);
    const changes = indexChanges(collection, asked);
    for (const key of lockKeys(collection, asked, changes)) locks.take(key, transaction);
    const own = overlay.rows.get(asked.rid);
    if (!own && asked.before) checkUnchanged(collection, asked.before);
    for (const { index, added } of changes) {
      for (const key of index.unique ? added : []) checkFree(collection, overlay, index, asked, key);
    }
    overlay.rows.set(asked.rid, { ...asked, before: own ? own.before : asked.before });
    for (const each of changes) if (each.index.unique) noteKeys(overlay, asked.rid, each);
  }

  function overlayOf(collection: Collection): Overlay {
    const known = overlays.get(collection);
    if (known) return known;
    const made: Overlay = { indexes: collection.indexes, rows: new Map(), keys: new Map() };
    overlays.set(collection, made);
    return made;
  }

  /** First come, first served: what the snapshot saw must still stand. */
  function checkUnchanged(collection: Collection, seen: Row): void {
    const now = rowAt(main, collection, seen.rid);
    if (!sameKey(seen.raw, now?.raw)) throw new Contended(documentKey(collection, seen.rid));
  }

  function checkFree(
    collection: Collection,
    overlay: Overlay,
    index: Index,
    asked: Change,
    key: Uint8Array,
  ): void {
    const name = uniqueKey(index, key);
    const inSnapshot = knows(index) ? ridOf(before(), index, key) : undefined;
    const known = overlay.keys.has(name) || made.has(collection.namespace);
    const holder = known ? overlay.keys.get(name) : ridOf(main, index, key);
    if (!known && holder !== inSnapshot) throw new Contended(name);
    if (holder !== undefined && holder !== asked.rid) throw takenKey(collection, index, asked, key);
  }

  function noteKeys(overlay: Overlay, rid: number, { index, removed, added }: IndexChange): void {
    for (const key of removed) overlay.keys.set(uniqueKey(index, key), undefined);
    for (const key of added) overlay.keys.set(uniqueKey(index, key), rid);
  }

  function end(state: 'committed' | 'aborted'): void {
    if (transaction.state !== 'open') return;
    transaction.state = state;
    overlays.clear();
    made.clear();
    locks.release(transaction);
    if (snapshot) storage.release(snapshot);
    snapshot = undefined;
    ended(transaction);
  }

  const transaction: Transaction = {
    number,
    state: 'open',
    begun: performance.now(),
    view: {
      collection: (database, name) => made.get(`${database}.${name}`) ?? catalog.find(database, name),
      create,
      createIndex,
      indexes: (collection) => collection.indexes.filter(knows),
      scan,
      inOrder: (collection) => !overlays.has(collection),
      row,
      change,
      attempt: async (work) => work(),
    },
    async refresh() {
      overlays.clear();
      made.clear();
      if (snapshot) storage.release(snapshot);
      snapshot = undefined;
      await storage.settled();
      if (transaction.state === 'open') snapshot = storage.snapshot();
    },
    commit() {
      for (const { database, name } of made.values())
        if (catalog.find(database, name)) throw writeConflict(TRANSIENT);
      for (const [collection, { indexes }] of overlays)
        if (collection.dropped || (collection.indexes !== indexes && !made.has(collection.namespace)))
          throw writeConflict(TRANSIENT);
      if (overlays.size + made.size > 0)
        storage.write(() => {
          for (const collection of made.values()) catalog.adopt(collection);
          for (const [collection, { rows }] of overlays)
            for (const each of rows.values())
              if (each.before || each.after) store(main, collection, each, indexChanges(collection, each));
        });
      end('committed');
    },
    abort: () => end('aborted'),
  };
  return transaction;
}
