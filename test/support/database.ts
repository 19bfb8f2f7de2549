import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { buildIndexes, connectDatabase, disconnectDatabase } from '../../src/base/database.ts';
import { openStore } from '../../src/store/open.ts';

type TestDatabase = { uri: string; close(): Promise<void> };

/** One database for the whole run: opened by the first test that needs one, empty for each. */
let opened: Promise<TestDatabase> | undefined;

// Imported while mocha loads the tests, so this is the root suite's hook: after all tests of all files.
after(async () => {
  const database = await opened;
  await database?.close();
});

/** For a suite: a real database with all indexes, empty before each test. The embedded one, or that of TEST_MONGODB_URI. */
export function useDatabase(): void {
  before(async () => {
    await startDatabase();
  });
  beforeEach(emptyDatabase);
}

/** Opens the database where nobody has, and empties it. It stays open until the end of the run, so `close` has nothing to do. */
export async function startDatabase(): Promise<TestDatabase> {
  opened ??= open();
  const { uri } = await opened;
  await emptyDatabase();
  return { uri, close: async () => {} };
}

/** Takes everything out of all collections; their indexes stay. */
async function emptyDatabase(): Promise<void> {
  const collections = (await mongoose.connection.db?.collections()) ?? [];
  await Promise.all(collections.map((collection) => collection.deleteMany({})));
}

async function open(): Promise<TestDatabase> {
  const source = process.env.TEST_MONGODB_URI ? servers(process.env.TEST_MONGODB_URI) : await embedded();
  // Tests may look at the commands (support/processes/commands.ts).
  await connectDatabase(withOption(source.uri, 'monitorCommands=true'));
  await buildIndexes();
  return {
    uri: source.uri,
    async close() {
      await source.beforeClosing();
      await disconnectDatabase();
      await source.afterClosing();
    },
  };
}

function withOption(uri: string, option: string): string {
  return `${uri}${uri.includes('?') ? '&' : '?'}${option}`;
}

async function embedded() {
  const dataDir = await mkdtemp(join(tmpdir(), 'boostdagar-test-'));
  const store = await openStore({ dataDir });
  return {
    uri: store.uri,
    beforeClosing: async () => {},
    async afterClosing() {
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** A database of this run's own on the given servers, dropped at the end. */
function servers(uri: string) {
  const [, hosts, options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  return {
    uri: `${hosts}/boostdagar-test-${process.pid}${options}`,
    beforeClosing: async () => {
      await mongoose.connection.dropDatabase();
    },
    afterClosing: async () => {},
  };
}
