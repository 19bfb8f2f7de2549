import type { Document } from 'bson';
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
import type { Snapshot } from '../storage/storage.ts';
import { StoreError } from '../values/errors.ts';
import { Contended } from './locks.ts';
import { type Data, documentKey, lockKeys, takenKey, uniqueKey, type View, writeConflict } from './view.ts';

/** The label that tells the client to run the whole transaction again. */
export const transient = ['TransientTransactionError'];

/** Is told when a transaction has ended. */
export type Ended = (transaction: Transaction) => void;

/** The uncommitted writes in one collection: changes since the snapshot, and which document has each unique key they touched. */
type Overlay = {
  collection: Collection;
  indexes: readonly Index[];
  rows: Map<number, Change>;
  keys: Map<string, number | undefined>;
};

/**
 * A multi-document transaction. It reads a snapshot below its own uncommitted writes, and holds the locks of what it
 * has written.
 */
export class Transaction implements View {
  /** The number that the client's session gave it. */
  readonly number: number;
  /** When it began, in ms of performance.now(). */
  readonly begun = performance.now();
  state: 'open' | 'committed' | 'aborted' = 'open';
  readonly #data: Data;
  readonly #ended: Ended;
  readonly #overlays = new Map<Collection, Overlay>();
  /** The collections that it makes, by namespace: nobody else sees them before the commit. */
  readonly #made = new Map<string, Collection>();
  #snapshot: Snapshot | undefined;

  constructor(data: Data, number: number, ended: Ended) {
    this.#data = data;
    this.number = number;
    this.#ended = ended;
  }

  /** Takes the snapshot, or a newer one. Only allowed before anything has been answered from it. */
  async refresh(): Promise<void> {
    this.#forget();
    await this.#data.storage.settled();
    if (this.state === 'open') this.#snapshot = this.#data.storage.snapshot();
  }

  /** Writes everything; it is durable when Storage.settled. Throws WriteConflict if collections or indexes have changed. */
  commit(): void {
    this.#checkCatalog();
    if (this.#overlays.size + this.#made.size > 0) this.#data.storage.write(() => this.#writeAll());
    this.#end('committed');
  }

  abort(): void {
    this.#end('aborted');
  }

  collection(database: string, name: string): Collection | undefined {
    return this.#made.get(`${database}.${name}`) ?? this.#data.catalog.find(database, name);
  }

  create(database: string, name: string, options?: Document): Collection {
    const collection = this.#data.catalog.prepare(database, name, options);
    this.#made.set(collection.namespace, collection);
    return collection;
  }

  createIndex(collection: Collection, asked: Document): boolean {
    const { catalog } = this.#data;
    const isEmpty = (this.#overlays.get(collection)?.rows.size ?? 0) === 0;
    if (this.#made.has(collection.namespace) && isEmpty) return catalog.prepareIndex(collection, asked);
    if (catalog.hasIndex(collection, asked)) return false;
    throw new StoreError(
      263,
      `Cannot create new indexes on existing collection ${collection.namespace} in a multi-document transaction.`,
    );
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexes.filter((index) => this.#knows(index));
  }

  *scan(collection: Collection, asked: Scan, seen: Examined): Iterable<Row> {
    const rows = this.#overlays.get(collection)?.rows;
    const met = new Set<number>();
    const from = this.#before().connection;
    for (const row of this.#knows(collection) ? scanRows({ from, collection, seen }, asked) : []) {
      const own = rows?.get(row.rid);
      if (!own) yield row;
      else if (own.after && !met.has(row.rid)) yield own.after;
      if (own) met.add(row.rid);
    }
    for (const { rid, after } of rows?.values() ?? []) if (after && !met.has(rid)) yield after;
  }

  inOrder(collection: Collection): boolean {
    return !this.#overlays.has(collection);
  }

  row(collection: Collection, rid: number): Row | undefined {
    const own = this.#overlays.get(collection)?.rows.get(rid);
    if (own) return own.after;
    return this.#knows(collection) ? rowAt(this.#before().connection, collection, rid) : undefined;
  }

  change(collection: Collection, asked: Change): void {
    const overlay = this.#overlayOf(collection);
    const changes = indexChanges(collection, asked);
    for (const key of lockKeys(collection, asked, changes)) this.#data.locks.take(key, this);
    const own = overlay.rows.get(asked.rid);
    if (!own && asked.before) this.#checkUnchanged(collection, asked.before);
    for (const { index, added } of changes) {
      for (const key of index.unique ? added : []) this.#checkFree(overlay, index, asked, key);
    }
    overlay.rows.set(asked.rid, { ...asked, before: own ? own.before : asked.before });
    for (const each of changes) if (each.index.unique) noteKeys(overlay, asked.rid, each);
  }

  async attempt<T>(work: () => T): Promise<T> {
    return work();
  }

  #before(): Snapshot {
    if (!this.#snapshot) throw new StoreError(251, 'the transaction has ended', {}, transient);
    return this.#snapshot;
  }

  /** Whether the snapshot already has this collection or index. */
  #knows(something: { since: number }): boolean {
    return something.since <= this.#before().group;
  }

  #overlayOf(collection: Collection): Overlay {
    const known = this.#overlays.get(collection);
    if (known) return known;
    const { indexes } = collection;
    const made: Overlay = { collection, indexes, rows: new Map(), keys: new Map() };
    this.#overlays.set(collection, made);
    return made;
  }

  /** First come, first served: the document must still be what the snapshot saw. */
  #checkUnchanged(collection: Collection, seen: Row): void {
    const now = rowAt(this.#data.storage.main, collection, seen.rid);
    if (!sameKey(seen.raw, now?.raw)) throw new Contended(documentKey(collection, seen.rid));
  }

  #checkFree({ collection, keys }: Overlay, index: Index, asked: Change, key: Uint8Array): void {
    const name = uniqueKey(index, key);
    const inSnapshot = this.#knows(index) ? ridOf(this.#before().connection, index, key) : undefined;
    const known = keys.has(name) || this.#made.has(collection.namespace);
    const holder = known ? keys.get(name) : ridOf(this.#data.storage.main, index, key);
    if (!known && holder !== inSnapshot) throw new Contended(name);
    if (holder !== undefined && holder !== asked.rid) throw takenKey(collection, index, asked, key);
  }

  /** The collections and indexes must be those that the transaction has worked with. */
  #checkCatalog(): void {
    for (const { database, name } of this.#made.values())
      if (this.#data.catalog.find(database, name)) throw writeConflict(transient);
    for (const { collection, indexes } of this.#overlays.values())
      if (collection.dropped || (collection.indexes !== indexes && !this.#made.has(collection.namespace)))
        throw writeConflict(transient);
  }

  #writeAll(): void {
    const { catalog, storage } = this.#data;
    for (const collection of this.#made.values()) catalog.adopt(collection);
    for (const { collection, rows } of this.#overlays.values())
      for (const each of rows.values())
        if (each.before || each.after) store(storage.main, collection, each, indexChanges(collection, each));
  }

  #end(state: 'committed' | 'aborted'): void {
    if (this.state !== 'open') return;
    this.state = state;
    this.#data.locks.release(this);
    this.#forget();
    this.#ended(this);
  }

  #forget(): void {
    this.#overlays.clear();
    this.#made.clear();
    if (this.#snapshot) this.#data.storage.release(this.#snapshot);
    this.#snapshot = undefined;
  }
}

function noteKeys(overlay: Overlay, rid: number, { index, removed, added }: IndexChange): void {
  for (const key of removed) overlay.keys.set(uniqueKey(index, key), undefined);
  for (const key of added) overlay.keys.set(uniqueKey(index, key), rid);
}
