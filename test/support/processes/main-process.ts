import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';

/** The application as a process: what it has printed so far, and the status with which it ends. */
export type Run = { child: ChildProcess; said: () => string; ended: Promise<number | null> };

const root = join(import.meta.dirname, '../../..');

/** Starts the application with nothing but this environment. Whoever starts it must end it. */
export function startMain(environment: Record<string, string>): Run {
  const env = { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, LOG_LEVEL: 'error', ...environment };
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, 'src/main.ts'], { cwd: root, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said: () => output, ended };
}

/** Waits until it has said these words. @throws Error if it ends before */
export async function said(run: Run, words: RegExp): Promise<void> {
  const given = setTimeout(() => run.child.kill('SIGKILL'), 30_000);
  while (!words.test(run.said())) {
    const over = await Promise.race([
      run.ended.then(() => true),
      new Promise((next) => setTimeout(next, 25)),
    ]);
    if (over === true) throw new Error(`It ended, saying: ${run.said()}`);
  }
  clearTimeout(given);
}

/** What it said, which must be one line and no stack. */
export function sentences(run: Run): string {
  expect(run.said()).not.to.match(/^\s+at /m);
  expect(run.said().trim().split('\n')).to.have.length(1);
  return run.said();
}

/** A port that nobody uses just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The port on which a server listens. */
export async function portOf(server: Server): Promise<number> {
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
