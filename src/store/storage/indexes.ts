import { type Document, EJSON, ObjectId } from 'bson';
import { compileFilter, type Filter } from '../query/filter.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { encodeKey, isOrdered, type KeyPattern } from '../values/encoding.ts';
import { StoreError } from '../values/errors.ts';
import { keyValues } from './keys.ts';

/** What documents have shown of an index, now or before. */
export type Traits = {
  /** Some had several keys in it. */
  multikey: boolean;
  /** Some had a text whose place in the order of its collation is not known. */
  unordered: boolean;
};

/** An index of a collection; its entries stand in the SQLite table `x<id>` as (key, rid). */
export type Index = Traits & {
  id: number;
  name: string;
  pattern: KeyPattern;
  /** What listIndexes shows. */
  spec: Document;
  unique: boolean;
  sparse: boolean;
  partial: Filter | undefined;
  collation: Collation | undefined;
  /** The group of writes that made it; older snapshots do not have it. */
  since: number;
};

/** The index of a normal specification. */
export function indexOf(id: number, spec: Document, traits: Traits, since: number): Index {
  const collation = collationOf(spec.collation);
  const partial = spec.partialFilterExpression;
  return {
    id,
    name: spec.name,
    pattern: Object.entries(spec.key).map(([path, direction]) => [path, Number(direction) < 0 ? -1 : 1]),
    spec,
    unique: Boolean(spec.unique) || spec.name === '_id_',
    sparse: Boolean(spec.sparse),
    partial: partial && compileFilter(partial, { collation }),
    collation,
    ...traits,
    since,
  };
}

/** What a document has in an index. */
export type Entries = Traits & { keys: Uint8Array[] };

/** What an index without documents shows. */
export const noTraits: Traits = { multikey: false, unordered: false };

/** Nothing in an index. */
export const noEntries: Entries = { keys: [], ...noTraits };

/** The keys of `document` in `index`. A sparse index has no key whose values are all missing, a partial one no key of a document that its filter does not match. */
export function entriesOf(index: Index, document: Document): Entries {
  if (index.partial && !index.partial.matches(document)) return noEntries;
  const { tuples: all, multikey } = keyValues(document, index.pattern);
  const tuples = index.sparse ? all.filter((tuple) => tuple.some((value) => value !== undefined)) : all;
  const { pattern, collation } = index;
  const keys = tuples.map((tuple) => encodeKey(tuple, pattern, collation));
  const unordered = collation !== undefined && !tuples.every((tuple) => isOrdered(tuple, collation));
  return { keys: multikey ? distinct(keys) : keys, multikey, unordered };
}

function distinct(keys: Uint8Array[]): Uint8Array[] {
  return keys.sort(Buffer.compare).filter((key, i) => i === 0 || !sameKey(key, keys[i - 1]));
}

/** Whether two keys are the same bytes. */
export function sameKey(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}

/** DuplicateKey (11000): `document` would have the key that another document has in a unique index. */
export function duplicateKey(
  namespace: string,
  index: Index,
  document: Document,
  key: Uint8Array,
): StoreError {
  const { tuples } = keyValues(document, index.pattern);
  const tuple = tuples.find((t) => sameKey(encodeKey(t, index.pattern, index.collation), key)) ?? [];
  const keyValue = Object.fromEntries(index.pattern.map(([path], i) => [path, tuple[i] ?? null]));
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${inShell(value)}`);
  const message = `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`;
  return new StoreError(11000, message, { keyPattern: index.spec.key, keyValue });
}

function inShell(value: unknown): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  return EJSON.stringify(value);
}
