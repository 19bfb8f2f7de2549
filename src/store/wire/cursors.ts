import { randomBytes } from 'node:crypto';
import { Long, type Timestamp } from 'bson';
import { StoreError } from '../values/errors.ts';

/** Who a cursor ends with: a transaction, or the id of a session. */
export type CursorOwner = object | string;

type Cursor = {
  id: Long;
  namespace: string;
  owner: CursorOwner;
  documents: Iterator<Uint8Array>;
  next: IteratorResult<Uint8Array>;
  used: number;
};

/** One batch of a cursor's documents as BSON; id 0: there are no more; `at`: of which moment, where that was asked for. */
export type Batch = { documents: Uint8Array[]; id: Long; namespace: string; at?: Timestamp };

/** The open cursors. Their documents are made as they are fetched. */
export type Cursors = {
  /** The first batch, of at most `size` documents. */
  open(namespace: string, owner: CursorOwner, documents: Iterable<Uint8Array>, size: number): Batch;
  /** The next batch; 43 where there is no such cursor. */
  more(id: Long, namespace: string, size: number): Batch;
  /** Closes a cursor and says whether it was there. */
  kill(id: Long): boolean;
  killOf(owner: CursorOwner): void;
  /** Closes what nobody has asked for in ten minutes. */
  sweep(): void;
};

/** A batch ends before it grows larger, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** In ms. */
const IDLE = 10 * 60_000;

/** An empty table of cursors. */
export function createCursors(): Cursors {
  const cursors = new Map<string, Cursor>();

  function batch(cursor: Cursor, size: number): Batch {
    const documents: Uint8Array[] = [];
    for (let bytes = 0; !cursor.next.done && documents.length < size; cursor.next = cursor.documents.next()) {
      bytes += cursor.next.value.length;
      if (bytes > MOST_BYTES && documents.length > 0) break;
      documents.push(cursor.next.value);
    }
    const { id, namespace } = cursor;
    if (cursor.next.done) return { documents, id: Long.ZERO, namespace };
    cursor.used = performance.now();
    cursors.set(id.toString(), cursor);
    return { documents, id, namespace };
  }

  function kill(id: Long): boolean {
    return cursors.delete(id.toString());
  }

  return {
    kill,
    open(namespace, owner, source, size) {
      const documents = source[Symbol.iterator]();
      return batch({ id: newId(), namespace, owner, documents, next: documents.next(), used: 0 }, size);
    },
    more(id, namespace, size) {
      const cursor = cursors.get(id.toString());
      if (cursor?.namespace !== namespace) throw new StoreError(43, `cursor id ${id} not found`);
      kill(id);
      return batch(cursor, size);
    },
    killOf(owner) {
      for (const cursor of cursors.values()) if (cursor.owner === owner) kill(cursor.id);
    },
    sweep() {
      for (const cursor of cursors.values()) if (cursor.used < performance.now() - IDLE) kill(cursor.id);
    },
  };
}

/** A cursor id cannot be guessed and is never 0. */
function newId(): Long {
  return Long.fromBigInt((randomBytes(8).readBigUInt64LE() >> 2n) + 1n);
}
