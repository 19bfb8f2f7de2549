import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { LongReads, Store } from './commands/call.ts';
import { answerFrom } from './commands/dispatch.ts';
import { expireDocuments } from './commands/expiry.ts';
import { ReaderThread } from './commands/long-reads.ts';
import { Catalog } from './storage/catalog.ts';
import { AlreadyOpen, lockDirectory, unusable } from './storage/file.ts';
import { Storage } from './storage/storage.ts';
import { Locks } from './transactions/locks.ts';
import { Sessions } from './transactions/sessions.ts';
import { Snapshots } from './transactions/snapshots.ts';
import type { Data } from './transactions/view.ts';
import { Cursors } from './wire/cursors.ts';
import { type Address, listen } from './wire/server.ts';

/** What the worker thread gets: where the data is and where to listen. */
export type WorkerData = { directory: string; address: Address };

/** What it tells the main thread: that it listens (on which port), or why it does not. */
export type WorkerMessage =
  | { listening: true; port: number | undefined }
  | { listening: false; reason: string; taken: boolean };

/** How often expired documents, transactions and cursors are looked for, in ms. */
const sweepInterval = 1000;

/** The database's own clock, as a MongoDB server has one: for TTL indexes, $$NOW and $currentDate. */
const clock = () => new Date();

const { directory, address }: WorkerData = workerData;
start().then(
  (port) => tell({ listening: true, port }),
  (error: Error) => tell({ listening: false, reason: error.message, taken: error instanceof AlreadyOpen }),
);

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

async function start(): Promise<number | undefined> {
  const lock = lockDirectory(directory);
  const data = openData();
  const longReads = new ReaderThread(directory, data.storage);
  const store = openAll(data, longReads);
  // left by a process that was killed: the lock says that nobody listens
  if ('path' in address) rmSync(address.path, { force: true });
  const server = await listen(address, answerFrom(store, clock));
  if (server.port) store.address = `127.0.0.1:${server.port}`;
  const timer = setInterval(() => sweep(store), sweepInterval);
  parentPort?.once('message', async () => {
    clearInterval(timer);
    await server.close();
    store.sessions.close();
    store.snapshots.close();
    await longReads.close();
    store.storage.close();
    lock.close();
  });
  return server.port;
}

function openAll(data: Data, longReads: LongReads): Store {
  const cursors = new Cursors();
  const ended = (reading: object) => cursors.killOf(reading);
  return {
    ...{ ...data, cursors, longReads },
    sessions: new Sessions(data, ended),
    snapshots: new Snapshots(data, ended),
    address: 'localhost:27017',
  };
}

function openData(): Data {
  try {
    const storage = new Storage(directory);
    return { storage, catalog: new Catalog(storage), locks: new Locks() };
  } catch (error) {
    throw unusable(directory, error);
  }
}

function sweep(store: Store): void {
  store.sessions.sweep();
  store.snapshots.sweep();
  store.cursors.sweep();
  store.storage.checkpoint();
  expireDocuments(store, clock());
}
