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
import { AlreadyOpen } from './storage/storage.ts';
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
const LONGEST_PATH = 100;

/**
 * Opens the database in `dataDir` (made where it is missing) in a thread of its own and listens for MongoDB clients.
 * Rejects with a sentence for the operator where the directory cannot be used or another process has it.
 */
export async function openStore({ dataDir, port, onDeath = fail }: StoreOptions): Promise<OpenStore> {
  const directory = resolve(dataDir);
  makeWritable(directory);
  const socket = port === undefined ? socketIn(directory) : undefined;
  const address: Address = socket ? { path: socket.path } : { port: port ?? 0, host: '127.0.0.1' };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { directory, address } satisfies WorkerData,
    // what node was started with, for example --eval, is not meant for this thread
    execArgv: [],
  });
  const ended = new Promise<Error>((resolve) => {
    worker.once('error', resolve).once('exit', () => resolve(new Error('The database has ended by itself.')));
  });
  const boundPort = await listening(worker, ended);
  let closing = false;
  ended.then((error) => closing || onDeath(error));
  const host = socket ? encodeURIComponent(socket.path) : `127.0.0.1:${boundPort}`;
  const uri = `mongodb://${host}/boostdagar?directConnection=true`;
  const end = async () => {
    closing = true;
    worker.postMessage('close');
    await ended;
    socket?.remove();
  };
  const file = join(directory, ADDRESS);
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

/** The file in the directory by which other processes find the database that is open. */
const ADDRESS = 'address';

/** The database in `dataDir`: the one that another process has open, by its socket, else opened here. */
export async function reachStore(dataDir: string): Promise<OpenStore> {
  try {
    return await openStore({ dataDir });
  } catch (error) {
    if (!(error instanceof AlreadyOpen)) throw error;
    const uri = readFileSync(join(dataDir, ADDRESS), 'utf8').trim();
    return { uri, close: async () => {} };
  }
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

/** The socket's path, in a folder that only this user can enter: there is no other authentication. */
function socketIn(directory: string): { path: string; remove(): void } {
  const folder = join(directory, 'socket');
  const path = join(folder, 'mongodb.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
    return { path, remove: () => {} };
  }
  const temporary = mkdtempSync(join(tmpdir(), 'boostdagar-'));
  return {
    path: join(temporary, 'mongodb.sock'),
    remove: () => rmSync(temporary, { recursive: true, force: true }),
  };
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
