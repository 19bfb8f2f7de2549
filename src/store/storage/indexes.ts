import { type Document, EJSON, ObjectId } from 'bson';
import { compileFilter, type Filter } from '../query/filter.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { encodeKey, type KeyPattern } from '../values/encoding.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { toNumber } from '../values/numbers.ts';
import { keyValues } from './keys.ts';

/** An index of a collection; its entries stand in the SQLite table `x<id>` as (key, rid). */
export type Index = {
  id: number;
  name: string;
  pattern: KeyPattern;
  /** What listIndexes shows. */
  spec: Document;
  unique: boolean;
  sparse: boolean;
  partial: Filter | undefined;
  collation: Collation | undefined;
  /** Whether any document has or had several keys in it. */
  multikey: boolean;
  /** The group of writes that made it; older snapshots do not have it. */
  since: number;
};

const knownOptions = new Set(
  'key name v unique sparse partialFilterExpression expireAfterSeconds collation background ns'.split(' '),
);

/** The specification as it is stored and listed. Kinds and options of indexes that are not supported are refused. */
export function normalSpec(asked: Document): Document {
  const unknown = Object.keys(asked).find((option) => !knownOptions.has(option));
  if (unknown) refuse(`the index option ${unknown}`);
  const key = asked.key;
  if (!key || Object.keys(key).length === 0) throw new StoreError(67, 'Index keys cannot be empty.');
  for (const [path, kind] of Object.entries(key)) {
    if (typeof kind === 'string') refuse(`the index kind ${kind}`);
    if (path.includes('$**')) refuse('the wildcard index');
    if (!Number(kind)) throw new StoreError(67, `Values in the index key pattern must be numbers: ${path}`);
  }
  if (asked.expireAfterSeconds !== undefined) checkExpiry(asked);
  const spec: Document = { v: 2, key: numbers(key), name: asked.name ?? defaultName(key) };
  if (asked.unique) spec.unique = true;
  if (asked.sparse) spec.sparse = true;
  if (asked.partialFilterExpression) spec.partialFilterExpression = asked.partialFilterExpression;
  if (asked.expireAfterSeconds !== undefined) spec.expireAfterSeconds = Number(asked.expireAfterSeconds);
  const collation = collationOf(asked.collation);
  if (collation) spec.collation = collation.spec;
  return spec;
}

/** A TTL index has one field, which is not `_id`. */
function checkExpiry({ key, expireAfterSeconds }: Document): void {
  const seconds = toNumber(expireAfterSeconds);
  if (!(seconds >= 0 && seconds < 2 ** 31))
    throw new StoreError(67, `TTL index 'expireAfterSeconds' must be within 0 and ${2 ** 31 - 1}`);
  if (Object.keys(key).length > 1 || '_id' in key)
    throw new StoreError(67, 'TTL indexes are indexes of one single field other than _id');
}

function numbers(key: Document): Document {
  return Object.fromEntries(Object.entries(key).map(([path, direction]) => [path, Number(direction)]));
}

function defaultName(key: Document): string {
  return Object.entries(key).flat().map(String).join('_');
}

/** The index of a normal specification. */
export function indexOf(id: number, spec: Document, multikey: boolean, since: number): Index {
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
    multikey,
    since,
  };
}

/** What a document has in an index. */
export type Entries = { keys: Uint8Array[]; multikey: boolean };

const none: Entries = { keys: [], multikey: false };

/** The keys of `document` in `index`; none if it is sparse or partial and leaves the document out. */
export function entriesOf(index: Index, document: Document): Entries {
  if (index.partial && !index.partial.matches(document)) return none;
  const { tuples, found, multikey } = keyValues(document, index.pattern);
  if (index.sparse && !found) return none;
  const keys = tuples.map((tuple) => encodeKey(tuple, index.pattern, index.collation));
  return { keys: multikey ? distinct(keys) : keys, multikey };
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
