import { execFile } from 'node:child_process';
import { join } from 'node:path';

const src = join(import.meta.dirname, '../../../src');

/** What a program printed, on which of both, and how it ended. */
export type Ended = { stdout: string; stderr: string; status: number };

/** Runs a program of ours (`programs/restore.ts`) to its end on a data directory. */
export async function runProgram(name: string, dataDir: string, ...words: string[]): Promise<Ended> {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(src, name), ...words],
      { env, timeout: 30_000 },
      (_error, stdout, stderr) => resolve({ stdout, stderr, status: child.exitCode ?? -1 }),
    );
  });
}
