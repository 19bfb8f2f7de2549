import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** As `npm start` runs it: its flags, and what it sets for the process. */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const words: string[] = scripts.start.split(' ');
const flags = words.filter((word) => word.startsWith('--'));
const settings = Object.fromEntries(
  words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('=')),
);

/** Starts a program of this service as a process of its own. */
export function run(script: string, environment: Record<string, string>) {
  const env = { ...process.env, ...settings, LOG_LEVEL: 'error', ...environment };
  const child = spawn(process.execPath, [...flags, script], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  };
  return { child, stop };
}

/** The first line that a program prints. @throws where it ends without one */
export async function firstLine({ child }: ReturnType<typeof run>): Promise<string> {
  const ended = once(child, 'close').then(() => {
    throw new Error(`${child.spawnargs.at(-1)} has ended without a word.`);
  });
  const [chunk] = await Promise.race([once(child.stdout, 'data'), ended]);
  return String(chunk).split('\n')[0] ?? '';
}

/** A folder that lives as long as the work needs it. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(process.cwd(), '.bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
