import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AlreadyOpen } from './storage/file.ts';
import type { Address } from './wire/server.ts';
import type { WorkerData, WorkerMessage } from './worker.ts';

/**
 * Where the data is; `port`: loopback TCP instead of a Unix socket (0: any free). `onDeath` hears of a database that has
 * crashed; without it that is an uncaught exception.
 */
export type StoreOptions = { dataDir: string; port?: number; onDeath?: (error: Error) => void };

/** A running database: its `mongodb://` address, for the database `boostdagar`. */
export type OpenStore = { uri: string; close(): Promise<void> };

/** The longest path of a Unix socket that all systems take, in bytes. */
const longestPath = 100;

/** The file in the directory by which other processes find the database that is open. */
const addressFile = 'address';

/**
 * Opens the database in `dataDir` (made if it is missing) in a thread of its own and listens for MongoDB clients.
 * Rejects with a sentence for the operator if the directory cannot be used or another process has it.
 */
export async function openStore({ dataDir, port, onDeath = fail }: StoreOptions): Promise<OpenStore> {
  const directory = resolve(dataDir);
  makeWritable(directory);
  const { address, remove, uriOf } = port === undefined ? socketIn(directory) : portOf(port);
  const thread = startThread({ directory, address });
  const uri = uriOf(await thread.boundPort);
  let closing = false;
  thread.ended.then((error) => closing || onDeath(error));
  const end = async () => {
    closing = true;
    thread.close();
    await thread.ended;
    remove();
  };
  const file = join(directory, addressFile);
  try {
    writeFileSync(file, `${uri}\n`, { mode: 0o600 });
  } catch (error) {
    await end();
    throw notWritable(directory, error);
  }
  return {
    uri,
    async close() {
      rmSync(file, { force: true });
      await end();
    },
  };
}

/** The database in `dataDir`: if another process has it open, by that process's socket, else opened here. */
export async function reachStore(dataDir: string): Promise<OpenStore> {
  try {
    return await openStore({ dataDir });
  } catch (error) {
    if (!(error instanceof AlreadyOpen)) throw error;
    const uri = readFileSync(join(dataDir, addressFile), 'utf8').trim();
    return { uri, close: async () => {} };
  }
}

/** The database's thread. `ended` says why it is no longer there, `boundPort` where it listens. */
type Thread = { boundPort: Promise<number | undefined>; ended: Promise<Error>; close(): void };

function startThread(data: WorkerData): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: data,
    // Node's own arguments, for example --eval, are not meant for this thread
    execArgv: [],
  });
  let reason = new Error('The database has ended by itself.');
  worker.once('error', (error: Error) => {
    reason = error;
  });
  // not at the error, when the thread has not yet let go of its files
  const ended = new Promise<Error>((resolve) => worker.once('exit', () => resolve(reason)));
  return { ended, boundPort: listening(worker, ended), close: () => worker.postMessage('close') };
}

function makeWritable(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(directory, error);
  }
}

function notWritable(directory: string, cause: unknown): Error {
  return new Error(`The data directory ${directory} cannot be written to (${(cause as Error).message}).`, {
    cause,
  });
}

/** Where the thread listens, and what it leaves behind. */
type Place = { address: Address; uriOf(port: number | undefined): string; remove(): void };

/** A socket in a folder that only this user can enter: there is no other authentication. */
function socketIn(directory: string): Place {
  const folder = join(directory, 'socket');
  const path = join(folder, 'mongodb.sock');
  if (Buffer.byteLength(path) <= longestPath) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
    return { address: { path }, uriOf: () => uriAt(encodeURIComponent(path)), remove: () => {} };
  }
  const temporary = mkdtempSync(join(tmpdir(), 'boostdagar-'));
  const short = join(temporary, 'mongodb.sock');
  return {
    address: { path: short },
    uriOf: () => uriAt(encodeURIComponent(short)),
    remove: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

function portOf(port: number): Place {
  const host = '127.0.0.1';
  return { address: { port, host }, uriOf: (bound) => uriAt(`${host}:${bound}`), remove: () => {} };
}

function uriAt(host: string): string {
  return `mongodb://${host}/boostdagar?directConnection=true`;
}

function listening(worker: Worker, ended: Promise<Error>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    ended.then(reject);
    worker.once('message', (message: WorkerMessage) => {
      if (message.listening) resolve(message.port);
      else reject(new (message.taken ? AlreadyOpen : Error)(message.reason));
    });
  });
}

function fail(error: Error): void {
  queueMicrotask(() => {
    throw error;
  });
}
