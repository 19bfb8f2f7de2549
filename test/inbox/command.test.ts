import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { type Document, MongoClient } from 'mongodb';
import { createTransport } from 'nodemailer';

const root = join(import.meta.dirname, '../..');
const words = 'From: asa.oberg@example.se\r\nSubject: Hej\r\nMessage-ID: <1@example.se>\r\n\r\nHej\r\n';

/** A process of the service, with the environment that is given and no other. */
function start(file: string, env: Record<string, string>, args: string[] = []): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `src/${file}.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', EXAMPLE_DATA: 'false', ...env },
  });
}

/** Pipes a mail into the command. @returns its exit code and what it said */
async function pipe(mail: string | Buffer, env: Record<string, string>, args?: string[]) {
  const child = start('programs/inbox', env, args);
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  child.stdin?.on('error', () => {}).end(mail);
  const [code] = await once(child, 'close');
  return { code, complaint };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe('Mail and the service as processes', () => {
  let DATA_DIR: string;
  const running: ChildProcess[] = [];
  beforeEach(() => {
    DATA_DIR = mkdtempSync(join(tmpdir(), 'boostdagar-command-'));
  });
  afterEach(async () => {
    for (const child of running.splice(0)) {
      child.kill('SIGKILL');
      if (child.exitCode === null) await once(child, 'close');
    }
    rmSync(DATA_DIR, { recursive: true, force: true });
  });

  const openService = async (env: Record<string, string> = {}) => {
    const child = start('main', { DATA_DIR, PORT: String(await freePort()), ...env });
    running.push(child);
    // Its first line may be that there is no organiser yet.
    for await (const line of createInterface({ input: child.stdout as Readable }))
      if (line.startsWith('Boostdagar answers')) return;
  };

  /** The mails that the service has read, as its database has them. */
  const mailsRead = async (count: number): Promise<Document[]> => {
    const uri = readFileSync(join(DATA_DIR, 'address'), 'utf8').trim();
    const client = await new MongoClient(uri).connect();
    try {
      for (;;) {
        const mails = await client.db().collection('inbound').find({ state: 'people' }).toArray();
        if (mails.length >= count) return mails;
        await setTimeout(50);
      }
    } finally {
      await client.close();
    }
  };

  it('take a mail from a pipe while the service is open, and read it', async () => {
    await openService();
    expect(await pipe(words, { DATA_DIR }, ['boostdagar@example.se', 'asa@example.se'])).to.deep.equal({
      code: 0,
      complaint: '',
    });
    const [mail] = await mailsRead(1);
    expect(mail).to.deep.include({
      ...{ outcome: 'letter', subject: 'Hej' },
      envelope: { from: 'asa@example.se', to: ['boostdagar@example.se'] },
    });
    expect(mail?.raw.buffer.toString()).to.equal(words);
  });

  it('keep a mail that comes while the service is closed, until it opens', async () => {
    expect((await pipe(words, { DATA_DIR })).code).to.equal(0);
    await openService();
    expect(await mailsRead(1)).to.have.length(1);
  });

  it('take it by SMTP where INBOUND_LISTEN says', async () => {
    const port = await freePort();
    await openService({ INBOUND_LISTEN: `127.0.0.1:${port}` });
    const line = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    await line.sendMail({ envelope: { from: 'asa@example.se', to: 'boostdagar@example.se' }, raw: words });
    line.close();
    expect(await mailsRead(1)).to.have.length(1);
  });

  it('tell the mail server to try again where the database does not answer, and to give up where nothing came', async () => {
    const MONGODB_URI = `mongodb://127.0.0.1:${await freePort()}/boostdagar`;
    const failed = await pipe(words, { DATA_DIR, MONGODB_URI });
    expect(failed.code).to.equal(75);
    expect(failed.complaint).to.match(/^The mail could not be kept; try again later\. MONGODB_URI: /);
    expect((await pipe('', { DATA_DIR })).code).to.equal(65);
    expect((await pipe(Buffer.alloc(6 * 1024 * 1024, 'x\n'), { DATA_DIR })).code).to.equal(65);
    expect((await pipe(words, { DATA_DIR, INBOUND_LISTEN: 'nej' })).code).to.equal(75);
  });
});
