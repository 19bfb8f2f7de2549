import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BSON, type Document } from 'mongodb';

/** One collection of a backup: where its documents are, and how many. */
export type BackedUp = {
  name: string;
  options: Document;
  indexes: Document[];
  file: string;
  documents: number;
};

/** The file of a backup that says what must be in it. It lies beside the database's folder, where mongorestore passes it over. */
export const CONTENTS = 'contents.json';

/** How many documents each collection has. */
export type Contents = { documents: Record<string, number> };

const METADATA = '.metadata.json';

// https://bsonspec.org/spec.html
const EMBEDDED = 3;
const ARRAY = 4;

/**
 * Reads a backup from one end to the other.
 * @throws Error with one sentence if a file is missing or damaged, or holds fewer documents than were backed up
 */
export async function readBackup(given: string | undefined): Promise<BackedUp[]> {
  const folder = folderOf(given);
  const names = readdirSync(folder).filter((file) => file.endsWith(METADATA));
  if (names.length === 0) throw new Error(`${folder} has no files *${METADATA}, so it is no backup.`);
  const backup: BackedUp[] = [];
  for (const name of names) backup.push(await readCollection(folder, name));
  compare(backup, folder);
  return backup;
}

/** The folder of the one database that the backup has. */
function folderOf(given: string | undefined): string {
  if (!given) throw new Error('Say where from: npm run restore -- DIR');
  const folder = resolve(given);
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const [database] = inside;
  if (!database || inside.length > 1)
    throw new Error(`${folder} must have one folder in it, of one database; it has ${inside.length}.`);
  return join(folder, database.name);
}

async function readCollection(folder: string, metadata: string): Promise<BackedUp> {
  const name = decodeURIComponent(metadata.slice(0, -METADATA.length));
  const file = join(folder, metadata.replace(METADATA, '.bson'));
  const { options = {}, indexes = [] } = readJson(join(folder, metadata), typed);
  if (!existsSync(file)) throw new Error(`The backup is not whole: ${file} is missing.`);
  let documents = 0;
  for await (const raw of documentsIn(file)) {
    documents++;
    try {
      BSON.deserialize(raw);
    } catch (error) {
      throw new Error(
        `${file} is damaged: document ${documents} is unreadable (${(error as Error).message}).`,
      );
    }
  }
  return { name, options, indexes, file, documents };
}

/** A backup of mongodump has no list of contents; then there is nothing to compare with. */
function compare(backup: BackedUp[], folder: string): void {
  const list = join(folder, '..', CONTENTS);
  if (!existsSync(list)) return;
  const { documents } = readJson(list, JSON.parse) as Contents;
  for (const [name, expected] of Object.entries(documents)) {
    const found = backup.find((kept) => kept.name === name);
    if (!found) throw new Error(`The backup is not whole: ${name} is missing.`);
    if (found.documents !== expected)
      throw new Error(`The backup is not whole: ${name} has ${found.documents} of ${expected} documents.`);
  }
}

const typed = (text: string): Document => BSON.EJSON.parse(text, { relaxed: false });

function readJson(file: string, parse: (text: string) => Document): Document {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is damaged: ${(error as Error).message}.`);
  }
}

/** The documents of a .bson file, one after the other. */
export async function* documentsIn(file: string): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    rest = Buffer.concat([rest, chunk]);
    let at = 0;
    for (;;) {
      const size = rest.length - at < 4 ? Number.POSITIVE_INFINITY : rest.readInt32LE(at);
      if (size < 5) throw new Error(`${file} is damaged: it has a document of ${size} bytes.`);
      if (rest.length - at < size) break;
      yield rest.subarray(at, at + size);
      at += size;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw new Error(`${file} is damaged: it ends in the middle of a document.`);
}

/** A document with every type and the order of its fields kept, which an object would change if their names are numbers. */
export function exactly(raw: Uint8Array): Map<string, unknown> {
  const elements = [...BSON.onDemand.parseToElements(raw)];
  return new Map(
    elements.map(([type, nameOffset, nameLength, offset, length]) => {
      const name = Buffer.from(raw.buffer, raw.byteOffset + nameOffset, nameLength).toString('utf8');
      const value = raw.subarray(offset, offset + length);
      if (type === EMBEDDED) return [name, exactly(value)];
      if (type === ARRAY) return [name, [...exactly(value).values()]];
      return [name, alone(raw.subarray(nameOffset - 1, offset + length))[name]];
    }),
  );
}

/** A document of one element. */
function alone(element: Uint8Array): Document {
  const whole = Buffer.alloc(element.length + 5);
  whole.writeInt32LE(whole.length, 0);
  whole.set(element, 4);
  return BSON.deserialize(whole, { promoteValues: false, bsonRegExp: true });
}
