import type { Document } from 'bson';
import type { Collation } from '../values/collation.ts';
import { emptyArray, encodeEdge, encodeKey, type KeyPattern } from '../values/encoding.ts';
import { StoreError } from '../values/errors.ts';
import { field, isDocument } from '../values/types.ts';

/** The values from `low` to `high` of one BSON type, both ends included; without one end, to the end of the type. Or the texts with a prefix. */
export type ValueRange = { low?: unknown; high?: unknown; prefix?: string };

/** The range [from, to) of the keys that begin with `values` and, if `range` is given, continue with a value in it. */
export function keyRange(
  values: unknown[],
  range: ValueRange | undefined,
  pattern: KeyPattern,
  collation?: Collation,
): [from: Uint8Array, to: Uint8Array] {
  const prefix = encodeKey(values, pattern, collation);
  if (!range) return [prefix, successor(prefix)];
  const { prefix: text } = range;
  // without the byte that ends a text
  const edge = text === undefined ? undefined : encodeEdge(text).subarray(0, -1);
  const low = range.low === undefined ? edge : encodeEdge(range.low);
  const high = range.high === undefined ? edge : encodeEdge(range.high);
  const type = (low ?? high ?? prefix).subarray(0, 1);
  const ends = [low ?? type, high && high[0] === type[0] ? high : type];
  const [from = type, to = type] = pattern[values.length]?.[1] === -1 ? ends.reverse().map(inverted) : ends;
  return [Buffer.concat([prefix, from]), successor(Buffer.concat([prefix, to]))];
}

function inverted(key: Uint8Array): Uint8Array {
  return key.map((byte) => ~byte);
}

/** The least bytes above everything that begins with `prefix`. */
function successor(prefix: Uint8Array): Uint8Array {
  const last = prefix.findLastIndex((byte) => byte !== 0xff);
  if (last < 0) return Uint8Array.of(0xff);
  const next = prefix.slice(0, last + 1);
  next[last] = (next[last] ?? 0) + 1;
  return next;
}

/** Where a path has come to in a document: `open` is an array whose elements each give a key, `rest` the path inside them. */
type Walk = { value: unknown; open?: unknown[]; rest: string[] };

/** What one document puts into an index: a tuple of values for each key. */
export type KeyValues = { tuples: unknown[][]; multikey: boolean };

/** The values of the paths of `pattern` in `document`, one tuple for each element of the array they meet (171: of two arrays). */
export function keyValues(document: Document, pattern: KeyPattern): KeyValues {
  const walks = pattern.map(([path]) => walk(document, path.includes('.') ? path.split('.') : [path]));
  return {
    tuples: expand(walks),
    multikey: walks.some((w) => w.open),
  };
}

function walk(from: unknown, path: string[]): Walk {
  let value = from;
  for (let i = 0; i < path.length; i++) {
    const name = path[i] ?? '';
    if (Array.isArray(value) && !/^\d+$/.test(name)) return { value, open: value, rest: path.slice(i) };
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isDocument(value) ? field(value, name) : undefined;
  }
  return Array.isArray(value) ? { value, open: value, rest: [] } : { value, rest: [] };
}

function expand(walks: Walk[]): unknown[][] {
  const array = walks.find((w) => w.open)?.open;
  if (!array) return [walks.map((w) => w.value)];
  if (walks.some((w) => w.open && w.open !== array))
    throw new StoreError(171, 'cannot index parallel arrays');
  const elements = array.length > 0 ? array : [emptyArray];
  return elements.flatMap((element) => expand(walks.map((w) => (w.open ? inside(element, w.rest) : w))));
}

/** An element at the end of its path is a value, even if it is an array itself. Only objects are entered. */
function inside(element: unknown, rest: string[]): Walk {
  if (rest.length === 0) return { value: element, rest };
  return isDocument(element) ? walk(element, rest) : { value: undefined, rest: [] };
}
