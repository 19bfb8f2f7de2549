import { type Document, deserialize, ObjectId, onDemand, serialize } from 'bson';
import { StoreError } from './errors.ts';

/** MongoDB's largest document, in bytes. */
export const MAX_DOCUMENT = 16 * 1024 * 1024;

const PLAIN = { promoteLongs: false, validation: { utf8: false } } as const;
const TYPED = { promoteValues: false, bsonRegExp: true, validation: { utf8: false } } as const;

/** A document for matching, sorting and index keys: numbers are JavaScript numbers except int64 and decimal. */
export function readPlain(raw: Uint8Array): Document {
  return deserialize(raw, PLAIN);
}

/** A document that keeps every BSON type, for updates and aggregations. */
export function readTyped(raw: Uint8Array): Document {
  return deserialize(raw, TYPED);
}

/** A command from the wire, typed; the arrays named `raw` hold documents as bytes. */
export function readCommand(raw: Uint8Array, rawArrays: Record<string, boolean>): Document {
  return deserialize(raw, { ...TYPED, fieldsAsRaw: rawArrays });
}

/** The BSON of a document to be stored; 10334 where it is larger than MongoDB allows. */
export function writeDocument(document: Document): Uint8Array {
  const raw = serialize(document, { ignoreUndefined: false });
  if (raw.length > MAX_DOCUMENT) throw tooLarge(raw.length);
  return raw;
}

function tooLarge(size: number): StoreError {
  return new StoreError(
    10334,
    `BSONObj size: ${size} is invalid. Size must be between 0 and ${MAX_DOCUMENT}`,
  );
}

/** The document as MongoDB stores an insert: `_id` first, a new ObjectId where it has none. */
export function withIdFirst(raw: Uint8Array): Uint8Array {
  if (raw.length > MAX_DOCUMENT) throw tooLarge(raw.length);
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
  const whole = Buffer.allocUnsafe(size);
  let at = whole.writeInt32LE(size, 0);
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
