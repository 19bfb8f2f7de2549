import { parseArgs } from 'node:util';
import { type Db, MongoClient } from 'mongodb';
import { unfinishedRestore } from '../base/database.ts';
import { loadSettings } from '../base/settings.ts';
import { holdRestored } from '../outbox/held.ts';
import { openStore } from '../store/open.ts';
import { type BackedUp, documentsIn, exactly, readBackup } from './backup-folder.ts';

/** The most that one command inserts. */
const BATCH = { documents: 1000, bytes: 8 * 1024 * 1024 };

/** `npm run restore -- DIR [--replace]`: a backup into the empty database of MONGODB_URI, or the embedded one of DATA_DIR. */
try {
  const { values, positionals } = parseArgs({
    options: { replace: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const settings = loadSettings();
  // All of it is read before the first write.
  const backup = await readBackup(positionals[0]);
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

/** From the first write to the last the database has a mark with which nothing starts. */
async function restore(db: Db, backup: BackedUp[], replace: boolean): Promise<void> {
  const there = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  if (there.length > 0 && !replace)
    throw new Error(
      `The database ${db.databaseName} is not empty (it has ${there.join(', ')}). With --replace everything in it is deleted first.`,
    );
  if (!there.includes(unfinishedRestore)) await db.createCollection(unfinishedRestore);
  for (const name of there) if (name !== unfinishedRestore) await db.dropCollection(name);
  let documents = 0;
  for (const kept of backup) {
    await db.command({ create: kept.name, ...kept.options });
    documents += await restoreDocuments(db, kept);
    const indexes = kept.indexes.filter(({ name }) => name !== '_id_').map(({ ns, ...index }) => index);
    if (indexes.length > 0) await db.command({ createIndexes: kept.name, indexes });
  }
  const { held, dropped } = await holdRestored(db);
  await db.dropCollection(unfinishedRestore);
  process.stdout.write(`${documents} documents of ${backup.length} collections are in ${db.databaseName}\n`);
  if (held > 0) process.stdout.write(`${held} letters wait until an organiser says yes, under Mejl.\n`);
  if (dropped > 0) process.stdout.write(`${dropped} sign-in letters are dropped: ask for new ones.\n`);
}

async function restoreDocuments(db: Db, { name, file, documents }: BackedUp): Promise<number> {
  let batch: Map<string, unknown>[] = [];
  let [count, told, inBatch] = [0, 0, 0];
  const send = async () => {
    if (batch.length === 0) return;
    const { writeErrors } = await db.command({ insert: name, documents: batch });
    if (writeErrors) throw new Error(`${name}: ${writeErrors[0].errmsg}`);
    count += batch.length;
    batch = [];
    inBatch = 0;
    if (count - told < 20_000) return;
    told = count;
    process.stdout.write(`${name}: ${count} of ${documents} documents\n`);
  };
  for await (const raw of documentsIn(file)) {
    batch.push(exactly(raw));
    inBatch += raw.length;
    if (batch.length === BATCH.documents || inBatch > BATCH.bytes) await send();
  }
  await send();
  process.stdout.write(`${name}: ${count} documents\n`);
  return count;
}
