import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BSON, type Db, type Document, MongoClient } from 'mongodb';
import { loadSettings } from '../base/settings.ts';
import { openStore } from '../store/open.ts';

/** The most that one command inserts. */
const BATCH = { documents: 1000, bytes: 8 * 1024 * 1024 };

// https://bsonspec.org/spec.html
const EMBEDDED = 3;
const ARRAY = 4;

/** `npm run restore -- DIR [--replace]`: a backup into the empty database of MONGODB_URI, or the embedded one of DATA_DIR. */
try {
  const { values, positionals } = parseArgs({
    options: { replace: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const settings = loadSettings();
  const folder = folderOf(positionals[0]);
  const backup = readBackup(folder);
  // its own, not that of an application at work, which would write meanwhile
  const store = settings.mongodbUri ? undefined : await openStore({ dataDir: settings.dataDir });
  const client = await new MongoClient(settings.mongodbUri ?? store?.uri ?? '').connect();
  try {
    await restore(client.db(), backup, values.replace);
  } finally {
    await client.close();
    await store?.close();
  }
} catch (error) {
  process.stderr.write(`The backup could not be restored. ${(error as Error).message}\n`);
  process.exitCode = 1;
}

/** One collection of a backup: where its documents are, and how many bytes of them. */
type Kept = { name: string; options: Document; indexes: Document[]; file: string; size: number };

/** The folder of the one database that the backup has. */
function folderOf(given: string | undefined): string {
  if (!given) throw new Error('Say where from: npm run restore -- DIR');
  const inside = readdirSync(resolve(given), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const [database] = inside;
  if (!database || inside.length > 1)
    throw new Error(
      `${resolve(given)} must have one folder in it, of one database; it has ${inside.length}.`,
    );
  return join(resolve(given), database.name);
}

function readBackup(folder: string): Kept[] {
  const suffix = '.metadata.json';
  const files = readdirSync(folder).filter((file) => file.endsWith(suffix));
  return files.map((file) => {
    const metadata = BSON.EJSON.parse(readFileSync(join(folder, file), 'utf8'), {
      relaxed: false,
    }) as Document;
    const name = decodeURIComponent(file.slice(0, -suffix.length));
    const documents = join(folder, file.replace(suffix, '.bson'));
    const { options = {}, indexes = [] } = metadata;
    return { name, options, indexes, file: documents, size: statSync(documents).size };
  });
}

async function restore(db: Db, backup: Kept[], replace: boolean): Promise<void> {
  const there = await db.listCollections({}, { nameOnly: true }).toArray();
  if (there.length > 0 && !replace)
    throw new Error(
      `The database ${db.databaseName} is not empty (it has ${there.map(({ name }) => name).join(', ')}). With --replace everything in it is deleted first.`,
    );
  if (there.length > 0) await db.dropDatabase();
  let documents = 0;
  for (const kept of backup) {
    await db.command({ create: kept.name, ...kept.options });
    documents += await restoreDocuments(db, kept);
    const indexes = kept.indexes.filter(({ name }) => name !== '_id_').map(({ ns, ...index }) => index);
    if (indexes.length > 0) await db.command({ createIndexes: kept.name, indexes });
  }
  process.stdout.write(`${documents} documents of ${backup.length} collections are in ${db.databaseName}\n`);
}

async function restoreDocuments(db: Db, { name, file, size }: Kept): Promise<number> {
  let batch: Map<string, unknown>[] = [];
  let [count, bytes, told, inBatch] = [0, 0, 0, 0];
  const send = async () => {
    if (batch.length === 0) return;
    const { writeErrors } = await db.command({ insert: name, documents: batch });
    if (writeErrors) throw new Error(`${name}: ${writeErrors[0].errmsg}`);
    count += batch.length;
    batch = [];
    inBatch = 0;
    if (count - told < 20_000) return;
    told = count;
    process.stdout.write(`${name}: ${count} documents, ${Math.floor((100 * bytes) / size)} %\n`);
  };
  for await (const raw of documentsIn(file)) {
    batch.push(exactly(raw));
    bytes += raw.length;
    inBatch += raw.length;
    if (batch.length === BATCH.documents || inBatch > BATCH.bytes) await send();
  }
  await send();
  process.stdout.write(`${name}: ${count} documents\n`);
  return count;
}

/** The documents of a .bson file, one after the other. */
async function* documentsIn(file: string): AsyncIterable<Buffer> {
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

/** A document with every type and the order of its fields kept, which an object would change where their names are numbers. */
function exactly(raw: Uint8Array): Map<string, unknown> {
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
