import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { eventAnswers } from '../src/office/event/fields.ts';
import { limit } from './store/outside/disk-full.ts';
import { aPerson, formOf, ordinaryEvent } from './support/builders.ts';
import { freePort } from './support/processes/main-process.ts';
import { openEvent } from './support/race/stop.ts';
import { type Browser, browser, cookieOf, tokenIn } from './support/requests/sign-in.ts';
import { wordsOf } from './support/requests/words.ts';

const main = join(import.meta.dirname, '../src/main.ts');

describe('A full disk', () => {
  let dataDir: string;
  let child: ChildProcess;
  let url: string;
  let maja: Browser;
  let slug: string;
  let draft: string;

  before(async function () {
    this.timeout(60_000);
    dataDir = mkdtempSync(join(tmpdir(), 'boostdagar-full-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = {
      DATA_DIR: dataDir,
      PORT: String(port),
      BASE_URL: url,
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'silent',
    };
    child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
      ...{ cwd: dataDir, env, stdio: ['ignore', 'pipe', 'inherit'] },
    });
    let link = '';
    for await (const line of createInterface(child.stdout as NodeJS.ReadableStream)) {
      link = /\S+logga-in\S+/.exec(line)?.[0] ?? '';
      if (link) break;
    }
    const cookie = cookieOf(await fetch(link, { method: 'POST', redirect: 'manual' }));
    const page = await fetch(`${url}/kontor`, { headers: { cookie } });
    maja = browser({ url }, cookie, tokenIn(await page.text()));
    slug = await openEvent(url);
    const made = await maja.post('/kontor/evenemang/nytt', eventAnswers(ordinaryEvent()));
    draft = (made.headers.get('location') ?? '').replace(/\?.*/, '');
  });
  after(async () => {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  let number = 0;
  const signUp = (lang = '') => {
    const { language: _language, ...person } = aPerson({ email: `full${++number}@example.se` });
    return fetch(`${url}${lang}/evenemang/${slug}/anmalan`, formOf(person));
  };
  /** What is left between two sizes of the file may still take somebody. */
  const firstRefused = async (lang = ''): Promise<Response> => {
    for (;;) {
      const answer = await signUp(lang);
      if (answer.status !== 303) return answer;
    }
  };
  const alarm = async () => {
    const answer = await fetch(`${url}/readyz`);
    return [answer.status, ((await answer.json()) as { alarm: unknown }).alarm];
  };
  const words = async (answer: Response) => wordsOf(await answer.text());

  it('is told in words to whoever signs up, raises the alarm, and leaves reading and deleting', async function () {
    this.timeout(60_000);
    expect(await alarm()).to.deep.equal([200, []]);
    const sizes = ['', '-wal'].map((end) => statSync(join(dataDir, `database.sqlite${end}`)).size);
    limit(child.pid, String(Math.max(...sizes) + 100_000));
    const refused = await firstRefused();
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([503, '300']);
    expect(await words(refused))
      .to.include('Inget är sparat')
      .and.not.include('felkod');
    expect(await words(await firstRefused('/en'))).to.include('Nothing has been saved');
    expect(await alarm()).to.deep.equal([200, [{ what: 'diskFull' }]]);

    expect((await fetch(`${url}/evenemang/${slug}`)).status).to.equal(200);
    for (const path of ['/kontor', '/kontor/brev', draft]) {
      const page = await maja.get(path);
      expect(page.status, path).to.equal(200);
      expect(await words(page)).to.include('Inget kan sparas: databasens disk är full');
    }
    const deleted = await maja.post(`${draft}/ta-bort`);
    expect(deleted.status).to.equal(303);
    expect((await maja.get(draft)).status).to.equal(404);
  });

  it('is over as soon as there is room', async function () {
    this.timeout(60_000);
    limit(child.pid, 'unlimited');
    expect(await alarm()).to.deep.equal([200, []]);
    expect((await signUp()).status).to.equal(303);
    expect(await words(await maja.get('/kontor'))).to.not.include('disk är full');
  });
});
