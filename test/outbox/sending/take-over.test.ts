import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { transaction } from '../../../src/base/database.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { owe } from '../../../src/outbox/outbox.ts';
import { startDatabase, useDatabase } from '../../support/database.ts';
import { owedLetter } from '../../support/mail/letters.ts';
import { type Smtp, startSmtp } from '../../support/mail/smtp.ts';

const now = new Date('2026-11-21T09:00:00Z');
const secondsOn = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('post, with several processes', () => {
  useDatabase();
  let smtp: Smtp;
  let workers: ChildProcess[];
  let uri: string;

  beforeEach(async () => {
    ({ uri } = await startDatabase());
    smtp = await startSmtp();
    workers = [];
  });
  afterEach(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await smtp.close();
  });

  async function start(): Promise<ChildProcess> {
    const worker = fork(join(import.meta.dirname, 'worker-process.ts'), [uri, smtp.url, now.toISOString()]);
    workers.push(worker);
    await once(worker, 'message');
    return worker;
  }

  /** So many people with two letters each, whose bytes are written already. */
  async function post(people: number): Promise<string[]> {
    const rows = Array.from({ length: people }, () => new Types.ObjectId()).flatMap((registration) =>
      [1, 2].map((number) => {
        const key = `${registration}.${number}`;
        const raw = Buffer.from(`Message-ID: <${key}@example.se>\r\n\r\n${'hej '.repeat(200)}\r\n`);
        const createdAt = new Date(now.getTime() - 10 + number);
        return owedLetter({ registration, key, raw, createdAt, dueAt: now });
      }),
    );
    await transaction(() => owe(rows));
    return rows.map(({ key }) => key);
  }

  async function isUnderWay() {
    return (await LetterModel.exists({ state: { $ne: 'sent' } })) !== null;
  }

  const keyOf = (raw: Buffer) => /^Message-ID: <(.*)@/m.exec(raw.toString())?.[1] ?? '';
  const arrived = () => smtp.mails.map(({ raw }) => keyOf(raw));

  function expectOrder() {
    const first = [...new Set(arrived())];
    for (const key of first.filter((one) => one.endsWith('.2')))
      expect(first.indexOf(key)).to.be.above(first.indexOf(key.replace(/2$/, '1')));
  }

  it('one does the work; killed in the middle, another takes over within a minute, and nothing is lost (R70)', async () => {
    const keys = await post(150);
    const working = await start();
    await smtp.received(30);
    smtp.behave({ hangs: 'dot' });
    const waiting = await start();
    working.kill('SIGKILL');
    await once(working, 'exit');
    const before = smtp.mails.length;
    expect(before).to.be.below(keys.length);
    smtp.behave({});
    waiting.send(secondsOn(28).toISOString());
    await setTimeout(1000);
    expect(smtp.mails).to.have.length(before);
    // A letter behind one that is on its way is looked at a second later, so time must go on.
    for (let seconds = 32; waiting.connected && (await isUnderWay()); seconds += 2) {
      waiting.send(secondsOn(seconds).toISOString());
      await setTimeout(700);
    }
    expect([...new Set(arrived())]).to.have.members(keys);
    expectOrder();
    const copies = Map.groupBy(smtp.mails, ({ raw }) => keyOf(raw));
    for (const [first, ...more] of copies.values())
      for (const mail of more) expect(mail.raw.equals(first?.raw ?? Buffer.alloc(0))).to.equal(true);
    const twice = [...copies.values()].filter((mails) => mails.length > 1);
    expect(twice.length).to.be.within(1, before);
  });

  it('two at work send no letter twice', async () => {
    const both = await Promise.all([start(), start()]);
    const keys = await post(100);
    // After a timeout the workers are gone.
    for (let seconds = 0; both.every((one) => one.connected) && (await isUnderWay()); seconds += 2) {
      for (const worker of both) worker.send(secondsOn(seconds).toISOString());
      await setTimeout(200);
    }
    expect(arrived()).to.have.length(keys.length);
    expect(arrived()).to.have.members(keys);
    expectOrder();
  });
});
