import { randomBytes } from 'node:crypto';
import { Long, type Timestamp } from 'bson';
import { StoreError } from '../values/errors.ts';

/** What a cursor ends with: a transaction, or the id of a session. */
export type CursorOwner = object | string;

type Cursor = {
  id: Long;
  namespace: string;
  owner: CursorOwner;
  documents: Iterator<Uint8Array>;
  next: IteratorResult<Uint8Array>;
  used: number;
  /** Bytes of the documents that it holds until they are read. */
  held: number;
};

/** One batch of a cursor's documents as BSON; id 0: there are no more; `at`: the moment that was read, if one was asked for. */
export type Batch = { documents: Uint8Array[]; id: Long; namespace: string; at?: Timestamp };

/** A batch ends before it grows larger, in bytes. */
const mostBytes = 16 * 1024 * 1024;
/** A batch after the first ends after this time, in ms, so that others can pass; the client asks for the rest. */
const longestRead = 5;
/** How many bytes of documents all open cursors may hold together. */
const mostHeld = 256 * 1024 * 1024;
/** In ms. */
const idleLimit = 10 * 60_000;

/** The open cursors. Their documents are made as they are fetched. */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();
  readonly #mostHeld: number;
  #held = 0;

  constructor(most = mostHeld) {
    this.#mostHeld = most;
  }

  /** The first batch, of at most `size` documents. */
  open(namespace: string, owner: CursorOwner, source: Iterable<Uint8Array>, size: number): Batch {
    const documents = source[Symbol.iterator]();
    const cursor = { id: newId(), namespace, owner, documents, next: documents.next(), used: 0, held: 0 };
    return this.#batch(cursor, size);
  }

  /**
   * Like `open`, for a source that keeps its documents in memory, such as a sort. The cursor takes them at once, as BSON, and
   * counts their bytes; 146 if all open cursors would hold too many.
   */
  openHolding(namespace: string, owner: CursorOwner, source: Iterable<Uint8Array>, size: number): Batch {
    const batch = this.open(namespace, owner, source, size);
    const cursor = this.#cursors.get(batch.id.toString());
    if (cursor) this.#hold(cursor);
    return batch;
  }

  /** The next batch; 43 if there is no such cursor. */
  more(id: Long, namespace: string, size: number): Batch {
    const cursor = this.#cursors.get(id.toString());
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new StoreError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace`,
      );
    this.kill(id);
    const batch = this.#batch(cursor, size, performance.now() + longestRead);
    for (const { length } of batch.documents) cursor.held = Math.max(0, cursor.held - length);
    if (!batch.id.isZero()) this.#held += cursor.held;
    return batch;
  }

  /** Closes a cursor and says whether it was there. */
  kill(id: Long): boolean {
    const cursor = this.#cursors.get(id.toString());
    if (cursor) this.#held -= cursor.held;
    return this.#cursors.delete(id.toString());
  }

  killOf(owner: CursorOwner): void {
    for (const cursor of this.#cursors.values()) if (cursor.owner === owner) this.kill(cursor.id);
  }

  /** Closes the cursors that nobody has read from in ten minutes. */
  sweep(): void {
    const since = performance.now() - idleLimit;
    for (const cursor of this.#cursors.values()) if (cursor.used < since) this.kill(cursor.id);
  }

  #hold(cursor: Cursor): void {
    const rest: Uint8Array[] = [];
    for (let next = cursor.next; !next.done; next = cursor.documents.next()) {
      rest.push(next.value);
      cursor.held += next.value.length;
      if (this.#held + cursor.held <= this.#mostHeld) continue;
      cursor.held = 0;
      this.kill(cursor.id);
      throw new StoreError(
        146,
        `All open cursors would hold more than ${this.#mostHeld} bytes of sorted or grouped documents; read or close some`,
      );
    }
    this.#held += cursor.held;
    cursor.documents = taken(rest);
    cursor.next = cursor.documents.next();
  }

  #batch(cursor: Cursor, size: number, until = Number.POSITIVE_INFINITY): Batch {
    const documents: Uint8Array[] = [];
    for (let bytes = 0; !cursor.next.done && documents.length < size; cursor.next = cursor.documents.next()) {
      bytes += cursor.next.value.length;
      if (bytes > mostBytes && documents.length > 0) break;
      documents.push(cursor.next.value);
      if (documents.length % 32 === 0 && performance.now() > until) size = documents.length;
    }
    const { id, namespace } = cursor;
    if (cursor.next.done) return { documents, id: Long.ZERO, namespace };
    cursor.used = performance.now();
    this.#cursors.set(id.toString(), cursor);
    return { documents, id, namespace };
  }
}

/** The documents one by one, each let go when the next is taken. */
function* taken(documents: Uint8Array[]): Iterator<Uint8Array, undefined> {
  documents.reverse();
  for (let next = documents.pop(); next; next = documents.pop()) yield next;
}

/** A cursor id cannot be guessed and is never 0. */
function newId(): Long {
  return Long.fromBigInt((randomBytes(8).readBigUInt64LE() >> 2n) + 1n);
}
