import { type Document, deserialize, serialize, type Timestamp } from 'bson';
import { readCommand, readTyped } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import type { Batch } from './cursors.ts';

// https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;
/** The BSON type of an embedded document. */
const embeddedType = 3;

/** The largest message, in bytes. */
export const maxMessage = 48_000_000;

/** How many pieces of a message are kept before they are put together. */
const mostPieces = 1000;

/** A command from the wire. `silent`: the sender wants no answer; `legacy`: in the format of the first handshake. */
export type Request = { id: number; command: Document; silent: boolean; legacy: boolean };

/** The answer to a command: a document, or a batch of a cursor whose documents go out as they are. */
export type Reply =
  | { document: Document }
  | { name: 'firstBatch' | 'nextBatch'; batch: Batch; operationTime?: Timestamp };

/** Takes the first whole message out of the pieces that have arrived; undefined if it has not all arrived. */
export function takeMessage(arrived: Buffer[]): Buffer | undefined {
  // a client that sends byte by byte must not cost more than others
  if (arrived.length > mostPieces) arrived.push(Buffer.concat(arrived.splice(0)));
  const there = arrived.reduce((sum, piece) => sum + piece.length, 0);
  if (there < 4) return undefined;
  const size = Buffer.concat(arrived, 4).readInt32LE(0);
  if (size < 16 || size > maxMessage) throw new StoreError(17, `a message of ${size} bytes`);
  if (there < size) return undefined;
  const pieces = arrived.splice(0);
  const all = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  if (there > size) arrived.push(all.subarray(size));
  return all.subarray(0, size);
}

/** Reads a message; the documents of an insert stay BSON (Uint8Array), everything else keeps its types. */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === opMsg) return { id, ...readMessage(message), legacy: false };
  if (operation !== opQuery) throw new StoreError(352, `Unsupported OP code: ${operation}`);
  const collectionEnd = message.indexOf(0, 20);
  const command = deserialize(documentAt(message, collectionEnd + 9));
  return { id, command: { ...command, $db: 'admin' }, silent: false, legacy: true };
}

function readMessage(message: Buffer): { command: Document; silent: boolean } {
  const flags = message.readUInt32LE(16);
  const end = message.length - (flags & checksumPresent ? 4 : 0);
  let command: Document = {};
  const sequences: Document = {};
  for (let at = 20; at < end; ) {
    const section = documentAt(message.subarray(0, end), at + 1);
    if (message[at] === 0) command = readCommand(section, rawArraysOf(section));
    else readSequence(section, sequences);
    at += 1 + section.length;
  }
  return { command: Object.assign(command, sequences), silent: (flags & moreToCome) !== 0 };
}

/** Of an insert, whose name is the first field, the documents stay bytes. Elsewhere a field of that name may be anybody's. */
function rawArraysOf(command: Buffer): Record<string, boolean> {
  const name = command.toString('utf8', 5, command.indexOf(0, 5));
  return name === 'insert' ? { documents: true } : {};
}

/** An array of the command that comes as documents after each other. */
function readSequence(section: Buffer, into: Document): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new StoreError(22, 'a sequence of documents without a name');
  const name = section.toString('utf8', 4, nameEnd);
  const items: unknown[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const item = documentAt(section, at);
    items.push(name === 'documents' ? item : readTyped(item));
    at += item.length;
  }
  into[name] = items;
}

/** The document at `at`, which begins with its own length, at least 5 bytes; 22 if it does not end within `bytes`. */
function documentAt(bytes: Buffer, at: number): Buffer {
  const size = bytes.length < at + 5 ? 0 : bytes.readInt32LE(at);
  if (size < 5 || at + size > bytes.length) throw new StoreError(22, `a length of ${size} bytes`);
  return bytes.subarray(at, at + size);
}

/** The message that answers `request`. */
export function writeReply(request: Request, reply: Reply): Buffer {
  const body =
    'batch' in reply
      ? cursorReply(reply.name, reply.batch, reply.operationTime)
      : serialize(reply.document, { ignoreUndefined: true });
  const head = Buffer.alloc(request.legacy ? 36 : 21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  if (request.legacy) head.writeInt32LE(1, 32);
  return Buffer.concat([head, body]);
}

/** { ok: 1, cursor: { id, ns, <name>: documents } }: made with an empty array at the very end, which is then filled. */
function cursorReply(
  name: string,
  { documents, id, namespace, at: moment }: Batch,
  operationTime: Timestamp | undefined,
): Uint8Array {
  const frame = Buffer.from(
    serialize({
      ok: 1,
      ...(operationTime && { operationTime }),
      cursor: { ...(moment && { atClusterTime: moment }), id, ns: namespace, [name]: [] },
    }),
  );
  // what ends here: the empty array (5 bytes), the cursor, the reply
  const start = frame.length - 7;
  const sizes = documents.map((document, i) => document.length + 2 + String(i).length);
  const growth = sizes.reduce((sum, size) => sum + size, 0);
  const body = Buffer.alloc(frame.length + growth);
  frame.copy(body, 0, 0, start);
  const cursor = frame.indexOf('cursor\0') + 7;
  body.writeInt32LE(body.length, 0);
  body.writeInt32LE(body.length - cursor - 1, cursor);
  body.writeInt32LE(growth + 5, start);
  let at = start + 4;
  for (const [i, document] of documents.entries()) {
    body[at] = embeddedType;
    body.write(String(i), at + 1, 'latin1');
    body.set(document, at + (sizes[i] ?? 0) - document.length);
    at += sizes[i] ?? 0;
  }
  return body;
}
