import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { type Collation, foldKey } from './collation.ts';
import { decimalOf } from './decimal.ts';
import { refuse } from './errors.ts';
import { compareNumbers, toInteger, toNumber } from './numbers.ts';
import { sortKey } from './sort-keys.ts';
import { typeName } from './types.ts';

// One byte per BSON type in MongoDB's order; every encoded value begins with it and no value is the beginning
// of another, so that the bytes of several fields can stand after each other and be compared as one.
const minKeyTag = 0x02;
const emptyArrayTag = 0x03;
const nullTag = 0x05;
const numberTag = 0x0a;
const stringTag = 0x0f;
const objectTag = 0x14;
const arrayTag = 0x19;
const binaryTag = 0x1e;
const objectIdTag = 0x23;
const booleanTag = 0x28;
const dateTag = 0x2d;
const timestampTag = 0x2f;
const regexTag = 0x32;
const codeTag = 0x3c;
const maxKeyTag = 0xf0;

/** Represents an empty array in an index. It sorts below null, as MongoDB's `undefined`. */
export const emptyArray = Symbol('empty array');

/** The fields of an index in order: path and direction. */
export type KeyPattern = [path: string, direction: 1 | -1][];

/**
 * The key under which `values`, the first fields of an index, stand in it: comparing the bytes of keys compares the values as
 * MongoDB does, with a collation if they are `isOrdered`.
 */
export function encodeKey(values: unknown[], pattern: KeyPattern, collation?: Collation): Uint8Array {
  length = 0;
  for (let i = 0; i < values.length; i++) {
    const from = length;
    putValue(values[i], collation);
    if (pattern[i]?.[1] === -1) for (let at = from; at < length; at++) bytes[at] = ~(bytes[at] ?? 0);
  }
  return new Uint8Array(bytes.subarray(0, length));
}

/**
 * What the keys of all values near `value` begin with: a number's last bytes tell neighbours beyond 2^53 apart, and a range
 * does without them and rather includes too much.
 */
export function encodeEdge(value: unknown): Uint8Array {
  const key = encodeKey([value], []);
  return key[0] === numberTag ? key.subarray(0, 9) : key;
}

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
const escaped = /[\0\x01]/g;

/** UTF-8 keeps code point order; 0 ends the text, so 0 and 1 within it are escaped. */
function putText(text: string): void {
  const safe = text.replace(escaped, (c) => (c === '\0' ? '\x01\x01' : '\x01\x02'));
  room(safe.length * 3 + 1);
  length += bytes.write(safe, length);
  bytes[length++] = 0;
}

function putNumber(value: number, beyond = 0): void {
  room(11);
  bytes[length] = numberTag;
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

/** Stands with the long of the same value, or right beside the double that is nearest. */
function putDecimal(value: Decimal128): void {
  if (!isExact(value)) refuse('an index key of Decimal128 with more than 15 digits or beyond a double');
  const whole = toInteger(value);
  const nearest = toNumber(value);
  if (whole !== undefined && BigInt.asIntN(64, whole) === whole) putLong(Long.fromBigInt(whole));
  else putNumber(nearest, compareNumbers(value, nearest));
}

/** Whether a decimal is told apart from all others by its nearest double: it has at most 15 digits and is in its range. */
function isExact(value: Decimal128): boolean {
  const exact = decimalOf(value);
  if (typeof exact === 'number' || exact.coefficient === 0n) return true;
  const nearest = toNumber(value);
  const digits = String(exact.coefficient).replace(/^-|0+$/g, '');
  return digits.length <= 15 && Number.isFinite(nearest) && nearest !== 0;
}

/** Whether an index can find `value`; arrays are compared as a whole and decimals of more than 15 digits exactly. */
export function isIndexable(value: unknown): boolean {
  return value instanceof Decimal128 ? isExact(value) : !Array.isArray(value);
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
  bytes[length] = binaryTag;
  bytes.writeUInt32BE(content.length, length + 1);
  bytes[length + 5] = value.sub_type;
  length += 6;
  putBytes(content);
}

function putValue(value: unknown, collation?: Collation): void {
  if (value === undefined || value === null) putByte(nullTag);
  else if (typeof value === 'string') putString(value, collation);
  else if (typeof value === 'number') putNumber(value);
  else if (typeof value === 'bigint') putLong(Long.fromBigInt(value));
  else if (typeof value === 'boolean') putBytes(Uint8Array.of(booleanTag, value ? 2 : 1));
  else if (value === emptyArray) putByte(emptyArrayTag);
  else if (Array.isArray(value)) putElements(value, collation);
  else if (value instanceof Date) putInt64(dateTag, BigInt(value.getTime()) ^ (1n << 63n));
  else putBsonValue(value, collation);
}

function putBsonValue(value: object, collation?: Collation): void {
  if (value instanceof Int32 || value instanceof Double) putNumber(value.value);
  else if (value instanceof ObjectId) putObjectId(value);
  // a Timestamp is a Long too
  else if (value instanceof Timestamp) putInt64(timestampTag, value.toBigInt());
  else if (value instanceof Long) putLong(value);
  else if (value instanceof Decimal128) putDecimal(value);
  else if (value instanceof Binary) putBinary(value);
  else if (value instanceof BSONSymbol) putString(value.value, collation);
  else if (value instanceof RegExp) putTexts(regexTag, value.source, value.flags);
  else if (value instanceof BSONRegExp) putTexts(regexTag, value.pattern, value.options);
  else if (value instanceof Code) putTexts(codeTag, String(value.code));
  else if (value instanceof MinKey) putByte(minKeyTag);
  else if (value instanceof MaxKey) putByte(maxKeyTag);
  else putFieldsOf(value, collation);
}

function putString(text: string, collation?: Collation): void {
  putByte(stringTag);
  putText(collation ? (sortKey(text, collation) ?? unordered + foldKey(text, collation)) : text);
}

/** Begins the texts that a collation only tells apart; no sort key begins with it. */
const unordered = '\x7f';

/** Whether the bytes of keys compare as the collation compares these values. */
export function isOrdered(values: unknown[], collation: Collation): boolean {
  return values.every((value) => {
    if (typeof value === 'string') return sortKey(value, collation) !== undefined;
    return !['object', 'array', 'symbol'].includes(typeName(value));
  });
}

function putTexts(type: number, ...texts: string[]): void {
  putByte(type);
  for (const text of texts) putText(text);
}

function putObjectId({ id }: ObjectId): void {
  putByte(objectIdTag);
  putBytes(id);
}

function putElements(array: unknown[], collation?: Collation): void {
  putByte(arrayTag);
  for (const element of array) putValue(element, collation);
  putByte(0);
}

/** Field by field: type, name, value, as MongoDB compares documents. */
function putFieldsOf(document: object, collation?: Collation): void {
  putByte(objectTag);
  for (const [name, value] of Object.entries(document)) {
    const at = length;
    putByte(0);
    putText(name);
    const typeAt = length;
    putValue(value, collation);
    bytes[at] = bytes[typeAt] ?? 0;
  }
  putByte(0);
}
