import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Store } from './commands/call.ts';
import { answerFrom } from './commands/dispatch.ts';
import { expireDocuments } from './commands/expiry.ts';
import { openCatalog } from './storage/catalog.ts';
import { AlreadyOpen, lockDirectory, openStorage, unusable } from './storage/storage.ts';
import { createLocks } from './transactions/locks.ts';
import { createSessions } from './transactions/sessions.ts';
import { createSnapshots } from './transactions/snapshots.ts';
import { createCursors } from './wire/cursors.ts';
import { type Address, listen } from './wire/server.ts';

/** What the worker thread gets: where the data is and where to listen. */
export type WorkerData = { directory: string; address: Address };

/** What it tells the main thread: that it listens (on which port), or why it does not. */
export type WorkerMessage =
  | { listening: true; port: number | undefined }
  | { listening: false; reason: string; taken: boolean };

/** How often what is too old is looked for, in ms. */
const SWEEP = 1000;

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
  const { storage, catalog } = openFile();
  const cursors = createCursors();
  const locks = createLocks();
  const store: Store = {
    storage,
    locks,
    cursors,
    catalog,
    sessions: createSessions(storage, locks, catalog, (transaction) => cursors.killOf(transaction)),
    snapshots: createSnapshots(storage, locks, catalog, (moment) => cursors.killOf(moment)),
    address: 'localhost:27017',
  };
  // left by a process that was killed: the lock says that nobody listens
  if ('path' in address) rmSync(address.path, { force: true });
  const server = await listen(address, answerFrom(store, clock));
  if (server.port) store.address = `127.0.0.1:${server.port}`;
  const timer = setInterval(() => sweep(store), SWEEP);
  parentPort?.once('message', async () => {
    clearInterval(timer);
    await server.close();
    store.sessions.close();
    store.snapshots.close();
    storage.close();
    lock.close();
  });
  return server.port;
}

function openFile(): Pick<Store, 'storage' | 'catalog'> {
  try {
    const storage = openStorage(directory);
    return { storage, catalog: openCatalog(storage) };
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
