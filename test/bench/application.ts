import { setTimeout } from 'node:timers/promises';
import { paths } from '../../src/base/paths.ts';
import { freePort } from '../support/processes/main-process.ts';
import { ask } from './measure.ts';
import { run } from './processes.ts';

/** The application as `npm start` runs it, on a folder of data. `cookie` is that of an organiser of the example county. */
export type Application = { url: string; pid: number; cookie: string; stop(): Promise<void> };

/** What the bench sets: no limits, and no mail leaves. */
const environment = { EXAMPLE_DATA: 'true', RATE_LIMIT: 'off', SMTP_URL: '' };

/** Starts it and waits until it answers. @returns also how long that took, in milliseconds */
export async function startTimed(folder: string): Promise<{ milliseconds: number; stop(): Promise<void> }> {
  const port = await freePort();
  const start = performance.now();
  const program = run('src/main.ts', { ...environment, PORT: String(port), DATA_DIR: folder });
  program.child.stdout.resume();
  while (!(await ask(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))) await setTimeout(5);
  return { milliseconds: performance.now() - start, stop: program.stop };
}

/** Starts it and signs an organiser in. */
export async function startApplication(folder: string): Promise<Application> {
  const port = await freePort();
  const program = run('src/main.ts', { ...environment, PORT: String(port), DATA_DIR: folder });
  const url = `http://127.0.0.1:${port}`;
  const { pathname } = new URL(await signInLink(program.child.stdout));
  const { headers } = await ask(url + pathname, { method: 'POST' });
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  const office = await ask(url + paths.office(), { headers: { cookie } });
  if (office.status !== 200) throw new Error(`The office answered ${office.status}.`);
  return { url, pid: program.child.pid ?? 0, cookie, stop: program.stop };
}

/** The link that the application prints at its start. */
async function signInLink(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const part of output) {
    text += part;
    const [, link] = /24 hours: (\S+)\n/.exec(text) ?? [];
    if (link) return link;
  }
  throw new Error(`The application ended, saying: ${text}`);
}
