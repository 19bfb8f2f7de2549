import type { Binary, BSONRegExp, Document, ObjectId, Timestamp } from 'bson';
import { type Collation, foldKey } from './collation.ts';
import { refuse, StoreError } from './errors.ts';
import { compareNumbers, numberKey, toNumber } from './numbers.ts';
import { field, isDocument, typeName, types } from './types.ts';

/** The rank of a value's type in MongoDB's order between types; numbers of all types share one. */
export function typeRank(value: unknown): number {
  return types[typeName(value)]?.rank ?? 5;
}

/** MongoDB's order of BSON values: by type, then by value. `undefined` (missing) sorts below null. */
export function compareValues(a: unknown, b: unknown, collation?: Collation): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b, collation);
  const rank = typeRank(a);
  return rank - typeRank(b) || compareOfRank(rank, a, b, collation);
}

/** Equal by value: numbers across types, documents with their keys in the same order. */
export function equalValues(a: unknown, b: unknown, collation?: Collation): boolean {
  return a === b || compareValues(a, b, collation) === 0;
}

/** A text that is the same exactly for values that are equal; for groups, sets and distinct. */
export function valueKey(value: unknown, collation?: Collation): string {
  if (typeof value === 'string') return textKey(collation ? foldKey(value, collation) : value);
  const rank = typeRank(value);
  switch (rank) {
    case 3:
      return numberKey(value);
    case 4:
      return valueKey(String(value), collation);
    case 5:
      return documentKey(value, collation);
    case 6:
      return `[${(value as unknown[]).map((v) => valueKey(v, collation))}]`;
    case 7:
      return `b${subtypeOf(value)}.${Buffer.from(bytesOf(value)).toString('base64')}`;
    case 8:
      return `o${(value as ObjectId).toHexString()}`;
    case 10:
      return `d${(value as Date).getTime()}`;
    case 12:
      return `r${JSON.stringify(regexParts(value))}`;
    default:
      return `#${rank} ${String(value)}`;
  }
}

function documentKey(value: unknown, collation?: Collation): string {
  let key = '{';
  for (const [name, v] of entriesOf(value)) key += `${textKey(name)}:${valueKey(v, collation)},`;
  return `${key}}`;
}

/** With its length before it, no text can be taken for the end of itself and something more. */
function textKey(text: string): string {
  return `${text.length}'${text}`;
}

/**
 * Sorts documents by `spec`, keeping the order of equals. An array sorts by its least element, descending by its
 * greatest; missing sorts as null, an empty array below.
 * @param options.limit how many are wanted: only so many are ever held (twice as many between clean-ups)
 */
export function sortDocuments(
  documents: Iterable<Document>,
  spec: Document,
  options: { collation?: Collation | undefined; limit?: number | undefined } = {},
): Document[] {
  const { collation, limit } = options;
  const key = compileSortKey(spec, collation);
  let kept: { document: Document; key: unknown[] }[] = [];
  const sort = () => kept.sort((a, b) => key.compare(a.key, b.key));
  for (const document of documents) {
    kept.push({ document, key: key.of(document) });
    if (limit && kept.length >= 2 * limit + 100) kept = sort().slice(0, limit);
  }
  return sort()
    .slice(0, limit || undefined)
    .map((entry) => entry.document);
}

/** Sorts values by direction (1 or -1) or, documents, by a sort specification; `$sortArray` and the `$sort` of `$push`. */
export function sortValues(values: unknown[], by: unknown, collation?: Collation): unknown[] {
  if (!isDocument(by)) return values.toSorted((a, b) => compareValues(a, b, collation) * toNumber(by));
  const wrapped = values.map((value) => ({ value }));
  const spec = Object.fromEntries(Object.entries(by).map(([path, sign]) => [`value.${path}`, sign]));
  return sortDocuments(wrapped, spec, { collation }).map(({ value }) => value);
}

/** The keys of one sort specification: `of` a document, and how two of them compare. */
export function compileSortKey(spec: Document, collation: Collation | undefined) {
  const parts = Object.entries(spec).map(([path, direction]) => {
    const sign = toNumber(direction);
    if (isDocument(direction)) refuse(`sorting by ${JSON.stringify(direction)}`);
    if (sign !== 1 && sign !== -1)
      throw new StoreError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { segments: path.split('.'), sign };
  });
  return {
    of(document: Document): unknown[] {
      let spread = 0;
      const keys = parts.map(({ segments, sign }) => {
        const values = valuesAt(document, segments, 0);
        if (values.length > 1) spread += 1;
        return extreme(values, sign, collation);
      });
      if (spread > 1) refuse('sorting by several fields that are arrays in the same document');
      return keys;
    },
    compare(a: unknown[], b: unknown[]): number {
      for (let i = 0; i < parts.length; i++) {
        const order = compareValues(a[i], b[i], collation);
        if (order !== 0) return order * (parts[i]?.sign ?? 1);
      }
      return 0;
    },
  };
}

/** The values that an index on the path would hold: missing is null, an empty array at the end `undefined`. */
function valuesAt(node: unknown, segments: string[], at: number): unknown[] {
  const name = segments[at];
  if (name === undefined) {
    if (!Array.isArray(node)) return [node ?? null];
    return node.length > 0 ? node : [undefined];
  }
  if (!Array.isArray(node))
    return valuesAt(isDocument(node) ? field(node, name) : undefined, segments, at + 1);
  if (/^\d+$/.test(name) && Number(name) < node.length) return valuesAt(node[Number(name)], segments, at + 1);
  return node.length > 0 ? node.flatMap((element) => valuesAt(element, segments, at)) : [null];
}

function extreme(values: unknown[], sign: number, collation: Collation | undefined): unknown {
  let best = values[0];
  for (let i = 1; i < values.length; i++) {
    if (compareValues(values[i], best, collation) * sign < 0) best = values[i];
  }
  return best;
}

function compareOfRank(rank: number, a: unknown, b: unknown, collation?: Collation): number {
  switch (rank) {
    case 3:
      return compareNumbers(a, b);
    case 4:
      return compareTexts(String(a), String(b), collation);
    case 5:
      return compareDocuments(a, b, collation);
    case 6:
      return compareArrays(a as unknown[], b as unknown[], collation);
    case 7:
      return compareBinary(a, b);
    case 8:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case 9:
      return Number(a) - Number(b);
    case 10:
      return (a as Date).getTime() - (b as Date).getTime();
    case 11:
      return (a as Timestamp).compare(b as Timestamp);
    case 12:
      return compareArrays(regexParts(a), regexParts(b));
    case 13:
      return compareTexts(String((a as { code: unknown }).code), String((b as { code: unknown }).code));
    default:
      return 0;
  }
}

function compareTexts(a: string, b: string, collation?: Collation): number {
  if (a === b) return 0;
  return collation ? collation.compare(a, b) : compareCodePoints(a, b);
}

/** UTF-16 puts the surrogates (characters beyond U+FFFF) before U+E000–U+FFFF; code points and UTF-8 after. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xSurrogate = x >= 0xd800 && x <= 0xdfff;
    const ySurrogate = y >= 0xd800 && y <= 0xdfff;
    return xSurrogate === ySurrogate ? x - y : Number(xSurrogate) - Number(ySurrogate) || x - y;
  }
  return a.length - b.length;
}

function compareDocuments(a: unknown, b: unknown, collation?: Collation): number {
  const [left, right] = [entriesOf(a), entriesOf(b)];
  for (const [i, [name, value]] of left.entries()) {
    const other = right[i];
    if (!other) return 1;
    const order =
      typeRank(value) - typeRank(other[1]) ||
      compareCodePoints(name, other[0]) ||
      compareValues(value, other[1], collation);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(a: unknown[], b: unknown[], collation?: Collation): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i], collation);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinary(a: unknown, b: unknown): number {
  const [x, y] = [bytesOf(a), bytesOf(b)];
  return x.length - y.length || subtypeOf(a) - subtypeOf(b) || Buffer.compare(x, y);
}

/** A DBRef is a document of `$ref`, `$id` and what else it holds. */
function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(isDocument(value) ? value : (value as { toJSON(): Document }).toJSON());
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : (value as Binary).value();
}

function subtypeOf(value: unknown): number {
  return value instanceof Uint8Array ? 0 : (value as Binary).sub_type;
}

function regexParts(value: unknown): string[] {
  if (value instanceof RegExp) return [value.source, value.flags.replace('g', 's')];
  const { pattern, options } = value as BSONRegExp;
  return [pattern, options];
}
