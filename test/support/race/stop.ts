import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../processes/main-process.ts';
import { signUp } from './sign-ups.ts';

/** What became of a rush in which the process was told to stop: sign-ups answered, cut off, and the exit status. */
export type Stopped = { answered: number; cut: number; status: number | null };

/**
 * Sends `people` sign-ups at once to a process of its own, and SIGTERM when the first of them is answered.
 * @param careless with a web server that stops at once, for the control
 */
export async function stopInARush(people: number, { careless = false } = {}): Promise<Stopped> {
  const dataDir = mkdtempSync(join(tmpdir(), 'boostdagar-stop-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const control = careless ? ['--import', import.meta.resolve('./abruptly.ts')] : [];
  const main = join(import.meta.dirname, '../../../src/main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...control, main], {
    cwd: dataDir,
    env: { DATA_DIR: dataDir, PORT: String(port), RATE_LIMIT: 'off', EXAMPLE_DATA: 'true' },
    stdio: ['ignore', 'pipe', careless ? 'ignore' : 'inherit'],
  });
  try {
    for await (const line of createInterface(child.stdout)) if (line.includes('answers at')) break;
    const slug = await openEvent(url);
    const rush = Array.from({ length: people }, (_, number) => signUp(url, slug, `stop${number}`));
    const ended = once(child, 'exit');
    await Promise.any(rush);
    child.kill('SIGTERM');
    const answers = await Promise.allSettled(rush);
    const answered = answers.filter(({ status }) => status === 'fulfilled').length;
    const [status] = await ended;
    return { answered, cut: people - answered, status };
  } finally {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true });
  }
}

/** The address of an event of the example county that one can sign up for. */
export async function openEvent(url: string): Promise<string> {
  const home = await (await fetch(url)).text();
  for (const [, slug = ''] of home.matchAll(/href="\/evenemang\/([\w-]+)"/g)) {
    const page = await (await fetch(`${url}/evenemang/${slug}`)).text();
    if (page.includes(`action="/evenemang/${slug}/anmalan`)) return slug;
  }
  throw new Error('No event of the example county is open for sign-up.');
}

// As a program: so many rounds of 300 (6 where none is told). Ends with 1 where anybody was cut off.
if (import.meta.main) {
  for (let round = 0; round < Number(process.argv[2] ?? 6); round++) {
    const stopped = await stopInARush(300);
    process.stdout.write(`stop in a rush of 300: ${JSON.stringify(stopped)}\n`);
    if (stopped.cut > 0 || stopped.status !== 0) process.exitCode = 1;
  }
}
