import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { BSON, type Db, type Document, MongoClient, ObjectId } from 'mongodb';
import { allMigrations } from '../../src/migrations/all.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { freePort, type Run, said, sentences, startMain } from '../support/processes/main-process.ts';
import { eventBeforeWaitingLists, registrationBeforeWaitingLists } from './earlier-versions.ts';

const much = 3000;

describe('A start on a backup of an earlier version', function () {
  this.timeout(60_000);
  let folder: string;
  let store: OpenStore;
  let client: MongoClient;
  let db: Db;
  const running: Run[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'boostdagar-start-'));
    store = await openStore({ dataDir: join(folder, 'data') });
    client = await new MongoClient(store.uri).connect();
    db = client.db();
    const event = eventBeforeWaitingLists(new ObjectId());
    const people = Array.from({ length: much }, (_, n) =>
      registrationBeforeWaitingLists(event._id, `deltagare${n}@example.se`),
    );
    writeBackup(join(folder, 'backup'), { events: [event], registrations: people });
    const program = ['src/programs/restore.ts', join(folder, 'backup')];
    const env = { ...process.env, MONGODB_URI: store.uri };
    await promisify(execFile)(process.execPath, program, { env });
  });

  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  });

  after(async () => {
    await client.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('migrates it once, although two processes start at once', async () => {
    const both = [await start({ LOG_LEVEL: 'info' }), await start({ LOG_LEVEL: 'info' })];
    await Promise.all(both.map((run) => said(run, /answers at/)));
    const told = both.flatMap((run) => run.said().match(/The database was migrated/g) ?? []);
    expect(told).to.have.length(allMigrations.length);
    expect(await db.collection('migrations').countDocuments()).to.equal(allMigrations.length);
    expect(
      await db.collection('registrations').countDocuments({ waitsFor: [], waitingSince: null }),
    ).to.equal(much);
  });

  it('looks at few records when it starts the next time', async () => {
    const run = await start({ MONGODB_LOG_COMMAND: 'debug', MONGODB_LOG_MAX_DOCUMENT_LENGTH: '100000' });
    await said(run, /answers at/);
    const looks = looksIn(run.said());
    expect(looks.map((command) => command.find)).to.include('migrations');
    const examined = await Promise.all(
      looks.map(async (look) => ({ look, records: await recordsSeen(look) })),
    );
    expect(examined.filter(({ records }) => records > 50)).to.deep.equal([]);

    const wasAtEveryStart = {
      update: 'registrations',
      updates: [{ q: { wishes: { $exists: false } }, u: {} }],
    };
    expect(await recordsSeen(wasAtEveryStart)).to.equal(much);
  });

  it('is refused if a newer version has migrated the database', async () => {
    await db.collection<{ _id: number }>('migrations').insertOne({ _id: 999 });
    const run = await start({});
    expect(await run.ended).to.equal(1);
    expect(sentences(run)).to.match(
      /^Boostdagar could not start. The database belongs to a newer version.*999/,
    );
  });

  async function start(environment: Record<string, string>): Promise<Run> {
    const run = startMain({
      MONGODB_URI: store.uri,
      PORT: String(await freePort()),
      DATA_DIR: join(folder, 'data'),
      EXAMPLE_DATA: 'false',
      ...environment,
    });
    running.push(run);
    return run;
  }

  /** How many records the database looks at for a command. */
  async function recordsSeen(command: Document): Promise<number> {
    const { executionStats } = await db.command({ explain: command, verbosity: 'executionStats' });
    return executionStats.totalDocsExamined;
  }
});

/** Writes collections as `npm run backup` does, in mongodump's layout. */
function writeBackup(target: string, collections: Record<string, Document[]>): void {
  const inside = join(target, 'boostdagar');
  mkdirSync(inside, { recursive: true });
  for (const [name, documents] of Object.entries(collections)) {
    const metadata = { indexes: [], collectionName: name, type: 'collection', options: {} };
    writeFileSync(join(inside, `${name}.metadata.json`), JSON.stringify(metadata));
    writeFileSync(join(inside, `${name}.bson`), Buffer.concat(documents.map((one) => BSON.serialize(one))));
  }
}

const lookingForSomething =
  /commandName: '(?:find|update|delete|aggregate|count|distinct|findAndModify)'.*'Command started', command: '(.*)' }$/gm;

/** The commands of the driver's own log that look for records, without what only concerns the connection. */
function looksIn(log: string): Document[] {
  const texts = [...log.matchAll(lookingForSomething)].map(([, text = '']) => text);
  // The county boards, found by their _id, are more than the log can print.
  const unprinted = texts.filter((text) => text.startsWith('Extended JSON serialization failed'));
  expect(unprinted.filter((text) => !text.includes('$setOnInsert -> municipalities'))).to.deep.equal([]);
  const printed = texts.filter((text) => !unprinted.includes(text));
  return printed.map((text) => {
    // It is printed as a JavaScript string.
    const command = BSON.EJSON.parse(text.replaceAll('\\\\', '\\'));
    const { lsid, $db, txnNumber, $clusterTime, $readPreference, ...rest } = command;
    return rest;
  });
}
