import type { Document } from 'bson';
import { readTyped } from '../values/documents.ts';
import type { Collection } from './collection.ts';
import type { Connection } from './connection.ts';
import { entriesOf, type Index, noEntries, sameKey, type Traits } from './indexes.ts';

/** A stored document: its row id, its BSON and, once somebody has read it, the document. */
export type Row = { rid: number; raw: Uint8Array; document?: Document };

/** Where in an index to look: from a key up to but not including another. */
export type KeyRange = [from: Uint8Array, to: Uint8Array];

/** What to read: ranges of an index or, without an index, the whole collection in order of insertion. */
export type Scan = { index?: Index | undefined; ranges: KeyRange[]; reverse: boolean };

/** What a scan has looked at, for explain. */
export type Examined = { keys: number; documents: number };

/** The document of a row, read once. */
export function documentOf(row: Row): Document {
  row.document ??= readTyped(row.raw);
  return row.document;
}

const firstChunk = 16;
const largestChunk = 1024;

/** Where the rows of a collection are read: directly or in a snapshot. What is looked at is counted in `seen`. */
export type Source = { from: Connection; collection: Collection; seen: Examined };

const wholeCollection: Scan = { ranges: [], reverse: false };

/** The rows of a scan, each once, fetched in growing chunks: no SQLite statement is open between two chunks. */
export function scanRows(source: Source, { index, ranges, reverse }: Scan = wholeCollection): Iterable<Row> {
  return index ? rangesRows(source, index, ranges, reverse) : tableRows(source, reverse);
}

function* rangesRows(source: Source, index: Index, ranges: KeyRange[], reverse: boolean): Iterable<Row> {
  const met = index.multikey ? new Set<number>() : undefined;
  for (const range of ranges) {
    for (const row of indexRows(source, index, range, reverse)) {
      if (met?.has(row.rid)) continue;
      met?.add(row.rid);
      source.seen.documents++;
      yield row;
    }
  }
}

function* tableRows({ from, collection, seen }: Source, reverse: boolean): Iterable<Row> {
  const select = `SELECT rid, bson FROM d${collection.id}`;
  const sql = reverse
    ? `${select} WHERE rid < ? ORDER BY rid DESC LIMIT ?`
    : `${select} WHERE rid > ? LIMIT ?`;
  let last = reverse ? Number.MAX_SAFE_INTEGER : 0;
  for (let size = firstChunk; ; size = Math.min(size * 4, largestChunk)) {
    const chunk = from.all<[number, Uint8Array]>(sql, last, size);
    for (const [rid, raw] of chunk) {
      seen.documents++;
      last = rid;
      yield { rid, raw };
    }
    if (chunk.length < size) return;
  }
}

function* indexRows(
  { from, collection, seen }: Source,
  index: Index,
  range: KeyRange,
  reverse: boolean,
): Iterable<Row> {
  const select = `SELECT key, x.rid, bson FROM x${index.id} x CROSS JOIN d${collection.id} d ON d.rid = x.rid`;
  const sql = reverse
    ? `${select} WHERE (key, x.rid) < (?, ?) AND key >= ? ORDER BY key DESC, x.rid DESC LIMIT ?`
    : `${select} WHERE (key, x.rid) > (?, ?) AND key < ? ORDER BY key, x.rid LIMIT ?`;
  const [start, end] = reverse ? [range[1], range[0]] : range;
  let last: [key: Uint8Array, rid: number] = [start, -1];
  for (let size = firstChunk; ; size = Math.min(size * 4, largestChunk)) {
    const chunk = from.all<[Uint8Array, number, Uint8Array]>(sql, ...last, end, size);
    for (const [key, rid, raw] of chunk) {
      seen.keys++;
      last = [key, rid];
      yield { rid, raw };
    }
    if (chunk.length < size) return;
  }
}

/** The row with this id, if there is one. */
export function rowAt(from: Connection, collection: Collection, rid: number): Row | undefined {
  const found = from.get<[Uint8Array]>(`SELECT bson FROM d${collection.id} WHERE rid = ?`, rid);
  return found && { rid, raw: found[0] };
}

/** The row id of the document with this key in a unique index, if there is one. */
export function ridOf(from: Connection, index: Index, key: Uint8Array): number | undefined {
  return from.get<[number]>(`SELECT rid FROM x${index.id} WHERE key = ?`, key)?.[0];
}

/** How many documents the collection has. */
export function countRows(from: Connection, collection: Collection): number {
  return from.get<[number]>(`SELECT count(*) FROM d${collection.id}`)?.[0] ?? 0;
}

/** A document before and after a write; without `before` it is inserted, without `after` deleted. */
export type Change = { rid: number; before: Row | undefined; after: Row | undefined };

/** What a change takes out of an index and puts into it. */
export type IndexChange = { index: Index; removed: Uint8Array[]; added: Uint8Array[]; traits: Traits };

/** What a change means for each index of the collection. */
export function indexChanges(collection: Collection, { before, after }: Change): IndexChange[] {
  return collection.indexes.map((index) => {
    const old = before ? entriesOf(index, documentOf(before)).keys : [];
    const { keys, ...traits } = after ? entriesOf(index, documentOf(after)) : noEntries;
    const without = (some: Uint8Array[], others: Uint8Array[]) =>
      others.length === 0 ? some : some.filter((key) => !others.some((other) => sameKey(key, other)));
    return { index, removed: without(old, keys), added: without(keys, old), traits };
  });
}

/** Writes a change that has been checked, inside Storage.write. */
export function store(
  main: Connection,
  collection: Collection,
  change: Change,
  changes: IndexChange[],
): void {
  const { rid, before, after } = change;
  if (!after) main.run(`DELETE FROM d${collection.id} WHERE rid = ?`, rid);
  else if (before) main.run(`UPDATE d${collection.id} SET bson = ? WHERE rid = ?`, after.raw, rid);
  else main.run(`INSERT INTO d${collection.id} VALUES (?, ?)`, rid, after.raw);
  for (const { index, removed, added, traits } of changes) {
    for (const key of removed) main.run(`DELETE FROM x${index.id} WHERE key = ? AND rid = ?`, key, rid);
    for (const key of added) main.run(`INSERT INTO x${index.id} VALUES (?, ?)`, key, rid);
    noteTraits(main, index, traits);
  }
}

/** Remembers what a document shows of an index, inside Storage.write. */
export function noteTraits(main: Connection, index: Index, { multikey, unordered }: Traits): void {
  if ((!multikey || index.multikey) && (!unordered || index.unordered)) return;
  index.multikey ||= multikey;
  index.unordered ||= unordered;
  const update = 'UPDATE indexes SET multikey = ?, unordered = ? WHERE id = ?';
  main.run(update, Number(index.multikey), Number(index.unordered), index.id);
}
