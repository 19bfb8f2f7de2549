import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';

/** What happened on a disk without room: codes of the refused writes, what could be read and deleted meanwhile, and how much there was afterwards. */
export type Fullness = {
  refused: number[];
  kept: number;
  readWhileFull: number;
  deleted: number;
  afterwards: number;
};

const DATABASE = new URL('../../../src/programs/database.ts', import.meta.url).pathname;

/** A database process whose files the kernel lets grow no further than `room` bytes beyond what they are, until there is room again. */
export async function fillDisk(directory: string, room: number): Promise<Fullness> {
  const child = spawn(process.execPath, [DATABASE], {
    env: { ...process.env, DATA_DIR: directory, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [uri] = await once(child.stdout, 'data');
  const client = await new MongoClient(String(uri).trim(), { retryWrites: false }).connect();
  const collection = client.db().collection('c');
  await collection.createIndex({ n: 1 }, { unique: true });
  const log = statSync(join(directory, 'database.sqlite-wal')).size;
  limit(child.pid, String(log + room));
  const kept = 20;
  await collection.insertMany(Array.from({ length: kept }, (_, n) => ({ n, text: 'x'.repeat(10_000) })));
  const refused: number[] = [];
  const attempt = (writing: Promise<unknown>) => writing.catch((error) => refused.push(error.code));
  // the file proper stays small, so that the log, which is moved into it each second, is what fills the disk
  for (let n = 0; refused.length === 0; n++)
    await attempt(collection.updateMany({}, { $set: { text: String(n % 10).repeat(10_000) } }));
  for (let n = kept; n < kept + 4; n++) await attempt(collection.insertOne({ n, text: 'x'.repeat(100_000) }));
  const readWhileFull = await collection.countDocuments({ n: { $gte: 0 } });
  let deleted = 0;
  for (let n = 0; n < 10; n++) deleted += (await collection.deleteOne({})).deletedCount;
  limit(child.pid, 'unlimited');
  await collection.insertMany(Array.from({ length: 10 }, (_, i) => ({ n: -1 - i })));
  const afterwards = await collection.countDocuments();
  await client.close();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { refused, kept, readWhileFull, deleted, afterwards };
}

/** Files of the process may grow to so many bytes, until told otherwise. */
export function limit(pid: number | undefined, bytes: string): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
  if (status !== 0) throw new Error(`prlimit: ${stderr}`);
}
