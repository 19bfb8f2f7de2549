import { type Document, Double, deserialize, Int32, ObjectId, onDemand, serialize } from 'bson';
import { StoreError } from './errors.ts';
import { isDocument } from './types.ts';

/** MongoDB's largest document, in bytes. */
export const maxDocument = 16 * 1024 * 1024;

/** The most writes of one command. */
export const maxBatch = 100_000;

const typed = { promoteValues: false, bsonRegExp: true, validation: { utf8: false } } as const;

/** A document that keeps every BSON type, for updates and aggregations. */
export function readTyped(raw: Uint8Array): Document {
  return deserialize(raw, typed);
}

/** Names of fields, with their bytes. */
export type FieldNames = (readonly [name: string, bytes: Uint8Array])[];

/** Like `readTyped`, but only the top-level fields with these names: a scan that needs few fields takes a fifth of the time. */
export function readFields(raw: Uint8Array, names: FieldNames): Document {
  const document: Document = {};
  for (const [type, nameOffset, nameLength, offset, length] of onDemand.parseToElements(raw)) {
    for (const [name, bytes] of names) {
      if (nameLength !== bytes.length || !startsWith(raw, nameOffset, bytes)) continue;
      document[name] = readValue(raw, type, offset, length);
      break;
    }
  }
  return document;
}

function startsWith(raw: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (raw[at + i] !== bytes[i]) return false;
  return true;
}

/** The commonest types are read here; a value of any other type is read as a document with one field. https://bsonspec.org/spec.html */
function readValue(raw: Uint8Array, type: number, offset: number, length: number): unknown {
  switch (type) {
    case 1:
      return new Double(onDemand.NumberUtils.getFloat64LE(raw, offset));
    case 2:
      return onDemand.ByteUtils.toUTF8(raw, offset + 4, offset + length - 1, false);
    case 7:
      return new ObjectId(raw.slice(offset, offset + 12));
    case 8:
      return raw[offset] === 1;
    case 9:
      return new Date(Number(onDemand.NumberUtils.getBigInt64LE(raw, offset)));
    case 16:
      return new Int32(onDemand.NumberUtils.getInt32LE(raw, offset));
    default:
      return readTyped(joined(length + 7, Uint8Array.of(type, 0), raw.subarray(offset, offset + length)))[''];
  }
}

/** A command from the wire, typed; the arrays named `raw` hold documents as bytes. */
export function readCommand(raw: Uint8Array, rawArrays: Record<string, boolean>): Document {
  return deserialize(raw, { ...typed, fieldsAsRaw: rawArrays });
}

/** The BSON of a document to be stored; 10334 if it is larger than MongoDB allows. */
export function writeDocument(document: Document): Uint8Array {
  const raw = serialize(document, { ignoreUndefined: false });
  if (raw.length > maxDocument) throw tooLarge(raw.length);
  return raw;
}

/** How many documents and arrays may lie within each other, as in MongoDB. */
const mostLevels = 180;

/** The fewest bytes that one level takes: type, empty name, length and end. */
const leastOfLevel = 7;

/** Checks the nesting of a document to be stored; 15 if it is too deep. */
export function checkDepth(raw: Uint8Array, document: unknown): void {
  if (raw.length < mostLevels * leastOfLevel || depthOf(document, 0) <= mostLevels) return;
  throw new StoreError(15, `cannot insert document because it exceeds ${mostLevels} levels of nesting`);
}

function depthOf(value: unknown, above: number): number {
  if (above > mostLevels || !(Array.isArray(value) || isDocument(value))) return above;
  let deepest = above + 1;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner, above + 1));
  return deepest;
}

function tooLarge(size: number): StoreError {
  return new StoreError(10334, `BSONObj size: ${size} is invalid. Size must be between 0 and ${maxDocument}`);
}

/** The document as MongoDB stores an insert: `_id` first, a new ObjectId if it has none. */
export function withIdFirst(raw: Uint8Array): Uint8Array {
  if (raw.length > maxDocument) throw tooLarge(raw.length);
  if (raw[5] === 0x5f && raw[6] === 0x69 && raw[7] === 0x64 && raw[8] === 0) return raw;
  const id = idElement(raw);
  if (id === undefined) {
    const made = serialize({ _id: new ObjectId() });
    return joined(raw.length + made.length - 5, made.subarray(4, -1), raw.subarray(4));
  }
  const [from, to] = id;
  return joined(raw.length, raw.subarray(from, to), raw.subarray(4, from), raw.subarray(to));
}

function idElement(raw: Uint8Array): [from: number, to: number] | undefined {
  for (const [, nameOffset, nameLength, offset, length] of onDemand.parseToElements(raw)) {
    const named = nameLength === 3 && raw[nameOffset] === 0x5f && raw[nameOffset + 1] === 0x69;
    if (named && raw[nameOffset + 2] === 0x64) return [nameOffset - 1, offset + length];
  }
  return undefined;
}

function joined(size: number, ...parts: Uint8Array[]): Uint8Array {
  const whole = Buffer.alloc(size);
  let at = whole.writeInt32LE(size, 0);
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
