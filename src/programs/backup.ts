import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BSON, type ClientSession, type Db, MongoClient } from 'mongodb';
import { unfinishedRestore } from '../base/database.ts';
import { loadSettings } from '../base/settings.ts';
import { reachStore } from '../store/open.ts';
import { CONTENTS, type Contents } from './backup-folder.ts';

/** `npm run backup -- DIR`: all collections as they are at one moment, in mongodump's layout, while the application works. */
try {
  const settings = loadSettings();
  const target = targetOf(process.argv[2]);
  const store = settings.mongodbUri ? undefined : await reachStore(settings.dataDir);
  const client = await new MongoClient(settings.mongodbUri ?? store?.uri ?? '').connect();
  try {
    await backUp(client, target);
  } finally {
    await client.close();
    await store?.close();
  }
} catch (error) {
  process.stderr.write(`The backup could not be made. ${(error as Error).message}\n`);
  process.exitCode = 1;
}

function targetOf(given: string | undefined): string {
  if (!given) throw new Error('Say where to: npm run backup -- DIR');
  const target = resolve(given);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Error(`The folder ${target} is not empty. Choose a new one for each backup.`);
  return target;
}

/** Writes beside the target first: what has the target's name is whole. */
async function backUp(client: MongoClient, target: string): Promise<void> {
  const db = client.db();
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const folder = join(unfinished, db.databaseName);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const collections = await db.listCollections({ type: 'collection' }, { nameOnly: false }).toArray();
  if (collections.some(({ name }) => name === unfinishedRestore))
    throw new Error('The database holds a restore that did not come to its end.');
  const contents: Contents = { documents: {} };
  await client.withSession({ snapshot: true }, async (session) => {
    for (const { name, options = {} } of collections) {
      const file = join(folder, encodeURIComponent(name));
      const indexes = await db.collection(name).listIndexes().toArray();
      const metadata = { indexes, collectionName: name, type: 'collection', options };
      writeFileSync(`${file}.metadata.json`, BSON.EJSON.stringify(metadata, { relaxed: false }), {
        mode: 0o600,
      });
      contents.documents[name] = await writeDocuments(db, name, session, `${file}.bson`);
    }
  });
  writeFileSync(join(unfinished, CONTENTS), JSON.stringify(contents, null, 2), { mode: 0o600 });
  rmSync(target, { recursive: true, force: true });
  renameSync(unfinished, target);
  const documents = Object.values(contents.documents).reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${documents} documents of ${collections.length} collections are in ${target}\n`);
}

async function writeDocuments(db: Db, name: string, session: ClientSession, file: string): Promise<number> {
  const total = await db.collection(name).estimatedDocumentCount();
  let count = 0;
  await pipeline(
    async function* () {
      // raw: the bytes as they are stored
      for await (const raw of db.collection(name).find({}, { session, raw: true, batchSize: 1000 })) {
        if (++count % 20_000 === 0) process.stdout.write(`${name}: ${count} of about ${total} documents\n`);
        yield raw;
      }
    },
    createWriteStream(file, { mode: 0o600, flush: true }),
  );
  process.stdout.write(`${name}: ${count} documents\n`);
  return count;
}
