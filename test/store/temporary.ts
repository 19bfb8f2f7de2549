import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { openStore } from '../../src/store/open.ts';

/** A database in a directory of its own, a client of it, and how to end both. */
export type Temporary = { client: MongoClient; uri: string; directory: string; close(): Promise<void> };

/** Opens an empty database that goes away when it is closed. */
export async function temporaryStore(options: MongoClientOptions = {}): Promise<Temporary> {
  const directory = temporaryDirectory();
  const store = await openStore({ dataDir: directory });
  const client = await new MongoClient(store.uri, options).connect();
  return {
    client,
    uri: store.uri,
    directory,
    async close() {
      await client.close();
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** A new empty directory. */
export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'store-'));
}

/** Random numbers that come again with the same seed. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A seed that a failing test can be repeated with: `SEED=…`. */
export function newSeed(): number {
  return Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
}

/** The code of the error that a promise rejects with, 0 where it does not. */
export function codeOf(promise: Promise<unknown>): Promise<number> {
  return promise.then(
    () => 0,
    (error) => error.code,
  );
}
