import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { type Collation, foldKey } from './collation.ts';
import { refuse, StoreError } from './errors.ts';
import { field, isDocument } from './types.ts';

// One byte per BSON type in MongoDB's order; every encoded value begins with it and no value is the beginning
// of another, so that the bytes of several fields can stand after each other and be compared as one.
const MIN_KEY = 0x02;
const EMPTY_ARRAY = 0x03;
const NULL = 0x05;
const NUMBER = 0x0a;
const STRING = 0x0f;
const OBJECT = 0x14;
const ARRAY = 0x19;
const BINARY = 0x1e;
const OBJECT_ID = 0x23;
const BOOLEAN = 0x28;
const DATE = 0x2d;
const TIMESTAMP = 0x2f;
const REGEX = 0x32;
const CODE = 0x3c;
const MAX_KEY = 0xf0;

/** What stands in an index for an array without elements: below null, as MongoDB's `undefined`. */
export const emptyArray = Symbol('empty array');

let bytes = Buffer.allocUnsafe(4096);
let length = 0;

function room(more: number): void {
  if (length + more <= bytes.length) return;
  const larger = Buffer.allocUnsafe((length + more) * 2);
  bytes.copy(larger, 0, 0, length);
  bytes = larger;
}

function putByte(byte: number): void {
  room(1);
  bytes[length++] = byte;
}

function putBytes(source: Uint8Array): void {
  room(source.length);
  bytes.set(source, length);
  length += source.length;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the two bytes that the terminator needs escaped
const ESCAPED = /[\0\x01]/g;

/** UTF-8 keeps code point order; 0 ends the text, so 0 and 1 within it are escaped. */
function putText(text: string): void {
  const safe = text.replace(ESCAPED, (c) => (c === '\0' ? '\x01\x01' : '\x01\x02'));
  room(safe.length * 3 + 1);
  length += bytes.write(safe, length);
  bytes[length++] = 0;
}

function putNumber(value: number, beyond = 0): void {
  room(11);
  bytes[length] = NUMBER;
  if (Number.isNaN(value)) bytes.fill(0, length + 1, length + 9);
  else {
    bytes.writeDoubleBE(value === 0 ? 0 : value, length + 1);
    const negative = (bytes[length + 1] ?? 0) & 0x80;
    if (negative) for (let i = 1; i <= 8; i++) bytes[length + i] = ~(bytes[length + i] ?? 0);
    else bytes[length + 1] = (bytes[length + 1] ?? 0) | 0x80;
  }
  bytes.writeUInt16BE(beyond + 0x8000, length + 9);
  length += 11;
}

function putLong(value: Long): void {
  const nearest = value.toNumber();
  if (Number.isSafeInteger(nearest)) putNumber(nearest);
  else putNumber(nearest, Number(value.toBigInt() - BigInt(nearest)));
}

function putDecimal(value: Decimal128): void {
  const text = value.toString();
  if (!isExact(text)) refuse('an index key of Decimal128 with more than 15 digits');
  putNumber(Number(text));
}

/** Whether a decimal is told apart from all others by its nearest double: it has at most 15 digits. */
function isExact(decimal: string): boolean {
  const digits = decimal
    .replace(/E.*$/i, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+|0+$/g, '');
  return digits.length <= 15;
}

/** Whether an index can find `value`; arrays are compared as a whole and decimals of more than 15 digits exactly. */
export function isIndexable(value: unknown): boolean {
  return value instanceof Decimal128 ? isExact(value.toString()) : !Array.isArray(value);
}

function putInt64(type: number, value: bigint): void {
  room(9);
  bytes[length] = type;
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value), length + 1);
  length += 9;
}

function putBinary(value: Binary): void {
  const content = value.buffer.subarray(0, value.position);
  room(6);
  bytes[length] = BINARY;
  bytes.writeUInt32BE(content.length, length + 1);
  bytes[length + 5] = value.sub_type;
  length += 6;
  putBytes(content);
}

/** Element by element: type, name, value, as MongoDB compares objects; the type stands twice so that it sorts first. */
function putObject(type: number, entries: Iterable<[string, unknown]>, collation?: Collation): void {
  putByte(type);
  for (const [name, value] of entries) {
    const at = length;
    putByte(0);
    if (type === OBJECT) putText(name);
    const typeAt = length;
    putValue(value, collation);
    bytes[at] = bytes[typeAt] ?? 0;
  }
  putByte(0);
}

function putValue(value: unknown, collation?: Collation): void {
  if (value === undefined || value === null) return putByte(NULL);
  if (typeof value === 'string') {
    putByte(STRING);
    return putText(collation ? foldKey(value, collation) : value);
  }
  if (typeof value === 'number') return putNumber(value);
  if (typeof value === 'bigint') return putLong(Long.fromBigInt(value));
  if (typeof value === 'boolean') {
    putByte(BOOLEAN);
    return putByte(value ? 2 : 1);
  }
  if (value instanceof ObjectId) {
    putByte(OBJECT_ID);
    return putBytes(value.id);
  }
  if (value instanceof Date) return putInt64(DATE, BigInt(value.getTime()) ^ (1n << 63n));
  if (value === emptyArray) return putByte(EMPTY_ARRAY);
  if (Array.isArray(value))
    return putObject(
      ARRAY,
      value.map((v, i) => [`${i}`, v] as [string, unknown]),
      collation,
    );
  return putBsonValue(value, collation);
}

function putBsonValue(value: object, collation?: Collation): void {
  if (value instanceof Int32 || value instanceof Double) return putNumber(value.value);
  // Timestamp is a Long, so it comes first
  if (value instanceof Timestamp) return putInt64(TIMESTAMP, value.toBigInt());
  if (value instanceof Long) return putLong(value);
  if (value instanceof Decimal128) return putDecimal(value);
  if (value instanceof Binary) return putBinary(value);
  if (value instanceof BSONSymbol) return putValue(value.value, collation);
  if (value instanceof MinKey) return putByte(MIN_KEY);
  if (value instanceof MaxKey) return putByte(MAX_KEY);
  if (value instanceof RegExp) return putRegex(value.source, value.flags);
  if (value instanceof BSONRegExp) return putRegex(value.pattern, value.options);
  if (value instanceof Code) {
    putByte(CODE);
    return putText(String(value.code));
  }
  putObject(OBJECT, Object.entries(value), collation);
}

function putRegex(pattern: string, flags: string): void {
  putByte(REGEX);
  putText(pattern);
  putText(flags);
}

/** The fields of an index in order: path and direction. */
export type KeyPattern = [path: string, direction: 1 | -1][];

function putFields(values: unknown[], pattern: KeyPattern, collation?: Collation): void {
  for (let i = 0; i < values.length; i++) {
    const from = length;
    putValue(values[i], collation);
    if (pattern[i]?.[1] === -1) for (let at = from; at < length; at++) bytes[at] = ~(bytes[at] ?? 0);
  }
}

/** The bytes under which `values`, the first fields of an index, stand in it: comparing bytes compares as MongoDB does. */
export function encodeKey(values: unknown[], pattern: KeyPattern, collation?: Collation): Uint8Array {
  length = 0;
  putFields(values, pattern, collation);
  return new Uint8Array(bytes.subarray(0, length));
}

/** The values from `low` to `high` of one BSON type, both ends included; without one end, to the end of the type. */
export type ValueRange = { low?: unknown; high?: unknown };

/** Where the keys lie that begin with `values` and go on, where `range` is given, with a value in it: [from, to). */
export function keyRange(
  values: unknown[],
  range: ValueRange | undefined,
  pattern: KeyPattern,
  collation?: Collation,
): [from: Uint8Array, to: Uint8Array] {
  const prefix = encodeKey(values, pattern, collation);
  if (!range) return [prefix, successor(prefix)];
  const low = range.low === undefined ? undefined : edge(range.low);
  const high = range.high === undefined ? undefined : edge(range.high);
  const type = (low ?? high ?? prefix).subarray(0, 1);
  const ends = [low ?? type, high && high[0] === type[0] ? high : type];
  const [from = type, to = type] = pattern[values.length]?.[1] === -1 ? ends.reverse().map(inverted) : ends;
  return [Buffer.concat([prefix, from]), successor(Buffer.concat([prefix, to]))];
}

/** A number's last bytes tell neighbours beyond 2^53 apart; a range does without them and rather includes too much. */
function edge(value: unknown): Uint8Array {
  const key = encodeKey([value], [['', 1]]);
  return key[0] === NUMBER ? key.subarray(0, 9) : key;
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

/** What one document puts into an index: a tuple of values per key; `found` is false where every path is missing. */
export type KeyValues = { tuples: unknown[][]; found: boolean; multikey: boolean };

/** The values of the paths of `pattern` in `document`, one tuple for each element of the array they meet (171: of two arrays). */
export function keyValues(document: Document, pattern: KeyPattern): KeyValues {
  const walks = pattern.map(([path]) => walk(document, path.includes('.') ? path.split('.') : [path]));
  return {
    tuples: expand(walks),
    found: walks.some((w) => w.value !== undefined),
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

/** An element that ends its path is a value even where it is an array itself; only objects are entered. */
function inside(element: unknown, rest: string[]): Walk {
  if (rest.length === 0) return { value: element, rest };
  return isDocument(element) ? walk(element, rest) : { value: undefined, rest: [] };
}
