import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, serialize } from 'bson';
import { insert } from '../../../src/store/commands/writes.ts';
import { openStore } from '../../../src/store/open.ts';
import { Catalog } from '../../../src/store/storage/catalog.ts';
import { Storage } from '../../../src/store/storage/storage.ts';
import { Locks } from '../../../src/store/transactions/locks.ts';
import { DirectView } from '../../../src/store/transactions/view.ts';
import { newSeed, seeded, temporaryDirectory } from '../temporary.ts';
import { audit } from './audit.ts';

/** A database as the disk has it at one moment; `ends`: how long the log was when commit n had been fsynced, in bytes. */
type Disk = { directory: string; ends: number[] };

const FILE = 'database.sqlite';
const LOG = 'database.sqlite-wal';
/** SQLite's: the header of the log, and a page with its own header. */
const LOG_HEADER = 32;
const FRAME = 4096 + 24;

/** Makes commits of two documents in two collections each, half of them moved from the log into the file. */
export async function writeDisk(commits: number): Promise<Disk> {
  const directory = temporaryDirectory();
  const live = join(directory, 'live');
  mkdirSync(live);
  const storage = new Storage(live);
  const catalog = new Catalog(storage);
  const collections = ['left', 'right'].map((name) => catalog.create('db', name));
  for (const collection of collections) catalog.createIndex(collection, { key: { n: 1 }, unique: true });
  const view = new DirectView({ storage, catalog, locks: new Locks() });
  const ends: number[] = [];
  for (let n = 0; n < commits; n++) {
    for (const collection of collections)
      await insert(view, collection, serialize({ n, text: 'å'.repeat(n % 900) }));
    await storage.settled();
    ends.push(statSync(join(live, LOG)).size);
  }
  copyFileSync(join(live, LOG), join(directory, LOG));
  copyFileSync(join(live, FILE), join(directory, FILE));
  storage.checkpoint();
  copyFileSync(join(live, FILE), join(directory, 'after'));
  storage.close();
  return { directory, ends };
}

/** What the power left: how many commits must be there (undefined: all), and what was done to the disk. */
type Loss = { must: number; what: string };

/** Cuts the log somewhere, tears a page of it, or leaves the file half written while the log was being moved into it. */
function lose({ directory, ends }: Disk, into: string, random: (below: number) => number): Loss {
  const log = readFileSync(join(directory, LOG));
  const file = readFileSync(join(directory, FILE));
  const kind = random(3);
  const at = random(log.length);
  const must = ends.filter((end) => end <= at).length;
  if (kind === 2) {
    const pages = mixed(file, readFileSync(join(directory, 'after')), random);
    writeFileSync(join(into, FILE), pages);
    writeFileSync(join(into, LOG), log);
    return { must: ends.length, what: 'the file half written' };
  }
  writeFileSync(join(into, FILE), file);
  if (kind === 0) {
    writeFileSync(join(into, LOG), log.subarray(0, at));
    return { must, what: `the log cut at ${at}` };
  }
  // the last page arrived in part: the rest of it is what was on the disk before, and nothing after it
  const end = LOG_HEADER + Math.ceil((at - LOG_HEADER) / FRAME) * FRAME;
  const torn = Buffer.alloc(Math.max(at, end), random(256));
  log.copy(torn, 0, 0, at);
  writeFileSync(join(into, LOG), torn);
  return { must, what: `a page torn at ${at}` };
}

function mixed(before: Buffer, after: Buffer, random: (below: number) => number): Buffer {
  const pages = Buffer.from(after);
  for (let at = 0; at < before.length; at += 4096) if (random(2)) before.copy(pages, at, at, at + 4096);
  return pages;
}

/** Loses power once and opens what is left. @returns what is wrong with it; nothing where all is as promised */
export async function powerLoss(disk: Disk, random: (below: number) => number): Promise<string[]> {
  const into = join(disk.directory, 'left');
  mkdirSync(into);
  const { must, what } = lose(disk, into, random);
  await (await openStore({ dataDir: into })).close();
  const { documents, faults } = audit(into);
  rmSync(into, { recursive: true });
  const { left = [], right = [] } = documents;
  if (left.length < must) faults.push(`${left.length} of ${must} commits`);
  const inOrder = ({ n }: Document, i: number) => Number(n) === i;
  if (left.length !== right.length || ![left, right].every((all) => all.every(inOrder)))
    faults.push(`${left.length} on the left, ${right.length} on the right`);
  return faults.map((fault) => `${what}: ${fault}`);
}

/** `node test/store/outside/power-loss.ts 200`: so many random losses of power. */
if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 200);
  const seed = newSeed();
  const random = seeded(seed);
  const disk = await writeDisk(300);
  const faults: string[] = [];
  for (let round = 0; round < rounds; round++) faults.push(...(await powerLoss(disk, random)));
  rmSync(disk.directory, { recursive: true });
  process.stdout.write(`${rounds} losses of power, SEED=${seed}: ${faults.length} faults\n`);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
