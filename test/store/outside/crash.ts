import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../../src/store/open.ts';
import { temporaryDirectory } from '../temporary.ts';
import { audit, differing } from './audit.ts';

/** What the writers have had acknowledged, by kind, over all rounds on one directory. */
export type Acknowledged = Record<'insert' | 'increment' | 'pair' | 'stay' | 'index', string[]>;

/** What a round has shown: all of it is to be 0, or empty. */
export type Outcome = { lost: number; half: number; missingIncrements: number; faults: string[] };

const WRITER = new URL('./crash-writer.ts', import.meta.url).pathname;

/** Nothing yet. */
export function nothing(): Acknowledged {
  return { insert: [], increment: [], pair: [], stay: [], index: [] };
}

/** Kills the writers at a random moment, opens the database again, and compares it with what was acknowledged. */
export async function crashRound(
  directory: string,
  round: number,
  acknowledged: Acknowledged,
): Promise<Outcome> {
  await writeUntilKilled(directory, round, acknowledged);
  // as the application would: the log is read, and the lock of the dead process is no hindrance
  await (await openStore({ dataDir: directory })).close();
  const { documents, faults } = audit(directory);
  const keys = (name: string) => new Set(documents[name]?.map(({ key }) => String(key)));
  const [inserted, left, right, passing] = ['inserted', 'left', 'right', 'passing'].map(keys);
  const missing = (kind: keyof Acknowledged, there = new Set<string>()) =>
    acknowledged[kind].filter((key) => !there.has(key)).length;
  const counted = Number(documents.counter?.[0]?.n ?? 0);
  return {
    lost: missing('insert', inserted) + missing('pair', left) + missing('stay', passing),
    half: differing(left ?? new Set(), right ?? new Set()),
    missingIncrements: Math.max(0, acknowledged.increment.length - counted),
    faults,
  };
}

async function writeUntilKilled(directory: string, round: number, acknowledged: Acknowledged): Promise<void> {
  const child = spawn(process.execPath, [WRITER, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const sizes = () => Object.values(acknowledged).map(({ length }) => length);
  const before = sizes();
  lines.on('line', (line) => {
    const [kind, key = ''] = line.split(' ');
    acknowledged[kind as keyof Acknowledged].push(key);
  });
  const closed = once(lines, 'close');
  // on a busy machine some kinds of writes begin late
  while (!sizes().every((size, i) => size > (before[i] ?? 0))) await once(lines, 'line');
  // the sweep of the TTL index comes every second
  await sleep(250 + Math.random() * (round % 4 ? 400 : 1400));
  if (child.exitCode !== null) throw new Error(`the writer has ended by itself (${child.exitCode})`);
  child.kill('SIGKILL');
  await closed;
}

/** `node test/store/outside/crash.ts 100`: as many rounds, and a line of what was acknowledged and lost. */
if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 100);
  const directory = temporaryDirectory();
  const acknowledged = nothing();
  for (let round = 1; round <= rounds; round++) {
    const outcome = await crashRound(directory, round, acknowledged);
    const { lost, half, missingIncrements, faults } = outcome;
    if (lost + half + missingIncrements + faults.length === 0) continue;
    process.stdout.write(`round ${round}, kept in ${directory}: ${JSON.stringify(outcome)}\n`);
    process.exit(1);
  }
  rmSync(directory, { recursive: true });
  const counts = Object.entries(acknowledged).map(([kind, { length }]) => `${length} ${kind}`);
  process.stdout.write(`${rounds} rounds, acknowledged ${counts.join(', ')}: nothing lost, nothing half\n`);
}
