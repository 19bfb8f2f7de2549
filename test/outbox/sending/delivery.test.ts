import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { transaction } from '../../../src/base/database.ts';
import { logger } from '../../../src/base/log.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { type OwedLetter, owe } from '../../../src/outbox/outbox.ts';
import { readPause } from '../../../src/outbox/sending/backoff.ts';
import { releaseWork } from '../../../src/outbox/sending/claim.ts';
import { deliver } from '../../../src/outbox/sending/delivery.ts';
import type { Delivery } from '../../../src/outbox/sending/round.ts';
import { openTransport, type Transport } from '../../../src/outbox/sending/transport.ts';
import { startDatabase, useDatabase } from '../../support/database.ts';
import { confirmation, owedLetter } from '../../support/mail/letters.ts';
import { type Behaviour, type Smtp, startSmtp } from '../../support/mail/smtp.ts';

const now = new Date('2026-11-21T09:00:00Z');
const minutesOn = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('post/delivery', () => {
  useDatabase();
  let smtp: Smtp;
  let transport: Transport;

  before(() => {
    logger.level = 'silent';
  });
  after(() => {
    logger.level = 'info';
  });
  beforeEach(() => start({}));
  afterEach(stop);

  async function start(behaviour: Behaviour, options: { tls?: boolean } = {}) {
    smtp = await startSmtp(behaviour, options);
    transport = openTransport({ smtpUrl: options.tls ? smtp.urlWithPassword : smtp.url, production: false });
  }

  async function stop() {
    transport.close();
    await smtp.close();
  }

  function round({ now: moment = now, ...changes }: Partial<Delivery> & { now?: Date } = {}) {
    const compose = async () => confirmation();
    return deliver({ clock: () => moment, by: 'the worker', compose, send: transport.send, ...changes });
  }

  async function post(...letters: Partial<OwedLetter>[]) {
    const rows = letters.map((letter) => owedLetter(letter));
    await transaction(() => owe(rows));
    return rows;
  }

  const read = () => LetterModel.find().sort({ createdAt: 1, _id: 1 });
  const states = async () => (await read()).map((letter) => letter.state);
  /** Which letter a mail is: its Message-ID is made of the key. */
  const keyOf = (raw: Buffer) => /^Message-ID: <(.*)@/m.exec(raw.toString())?.[1];
  const keysSent = () => smtp.mails.map(({ raw }) => keyOf(raw));

  it('sends what is due and keeps the bytes as they left', async () => {
    await post({}, {}, { dueAt: minutesOn(1) });
    expect(await round()).to.include({ claimed: 2, sent: 2, failed: 0, later: 0, waits: false });
    const letters = await read();
    expect(letters.map((letter) => letter.state)).to.have.members(['sent', 'sent', 'queued']);
    for (const letter of letters.filter(({ state }) => state === 'sent')) {
      const mail = smtp.mails.find(({ raw }) => keyOf(raw) === letter.key);
      expect(mail?.raw.equals(letter.raw ?? Buffer.alloc(0))).to.equal(true);
      expect(letter).to.include({ dueAt: undefined, claimedBy: undefined, mayHaveLeft: true });
      expect(letter.sentAt).to.deep.equal(now);
    }
    expect(await round()).to.include({ claimed: 0 });
  });

  it('keeps a letter that has left or failed with its personal link hidden, and one that is to go again with it', async () => {
    const own = `https://boostdagar.example.se/anmalan/${'k'.repeat(40)}`;
    const { content, ...message } = confirmation();
    const action = { label: 'Ändra eller avboka', url: own };
    const compose = async () => ({ ...message, content: { ...content, action } });
    const to = (address: string) => ({ to: { name: '', address } });
    await post(to('a@example.se'), to('b@example.com'), to('c@example.net'));
    smtp.behave({ rcpt: (address) => ({ 'b@example.com': 550, 'c@example.net': 450 })[address] });
    await round({ compose });
    const linksIn = (raw: Buffer | undefined) =>
      String(raw)
        .replaceAll('=\r\n', '')
        .match(/anmalan\/\w+/g);
    const kept = (await read()).map(({ state, raw }) => [state, linksIn(raw)]);
    expect(kept).to.have.deep.members([
      ['sent', ['anmalan/dold', 'anmalan/dold']],
      ['failed', ['anmalan/dold', 'anmalan/dold']],
      ['queued', Array(2).fill(`anmalan/${'k'.repeat(40)}`)],
    ]);
    expect(linksIn(smtp.mails[0]?.raw)).to.deep.equal(kept.find(([state]) => state === 'queued')?.[1]);
    smtp.behave({});
    await round({ now: minutesOn(1), compose });
    expect(String(smtp.mails[1]?.raw).replaceAll('=\r\n', '')).to.include(own);
    expect((await read()).flatMap(({ raw }) => linksIn(raw))).to.deep.equal(Array(6).fill('anmalan/dold'));
  });

  it('forgets the bytes of a letter that only its receiver may see, once it has left', async () => {
    await post({ listed: false }, {});
    await round();
    const letters = await read();
    expect(smtp.mails).to.have.length(2);
    expect(letters.map(({ listed, raw }) => [listed, raw !== undefined])).to.have.deep.members([
      [false, false],
      [true, true],
    ]);
  });

  it('gives every mail to its one receiver, by the domain’s ASCII name (R7, R66)', async () => {
    await post({}, { to: { name: 'Bo Ek', address: 'bo@räksmörgås.example' } });
    const receivers: string[] = [];
    const send: Transport['send'] = (posting) => {
      receivers.push(posting.envelope.to);
      return transport.send(posting);
    };
    expect(await round({ send })).to.include({ sent: 2 });
    expect(receivers).to.have.members(['asa.oberg@example.se', 'bo@xn--rksmrgs-5wao1o.example']);
    expect(smtp.mails.map(({ to }) => to.length)).to.deep.equal([1, 1]);
  });

  it('lets no letter of a registration overtake another, and others pass (R71)', async () => {
    const registration = new Types.ObjectId();
    const mine = [1, 2, 3].map((second) => ({ registration, createdAt: new Date(now.getTime() + second) }));
    const other = { to: { name: 'Bo Ek', address: 'bo.ek@example.se' } };
    const keys = (await post(...mine.map((row) => ({ ...row, dueAt: now })), other)).map(({ key }) => key);
    smtp.behave({ rcpt: (address) => (address.startsWith('asa') ? 451 : undefined) });
    for (const seconds of [0, 10, 30]) await round({ now: minutesOn(seconds / 60) });
    expect(keysSent()).to.deep.equal(keys.slice(3));
    smtp.behave({});
    for (const seconds of [60, 61, 62]) await round({ now: minutesOn(seconds / 60) });
    expect(keysSent().slice(1)).to.deep.equal(keys.slice(0, 3));
  });

  it('lets none overtake what is on its way, whatever the clocks said when they were owed (R71)', async () => {
    const registration = new Types.ObjectId();
    await post({ registration, key: 'request' }, { registration, key: 'cancel', createdAt: minutesOn(-60) });
    const onItsWay = { $set: { state: 'sending', claimedBy: 'the worker', dueAt: minutesOn(1) } } as const;
    await LetterModel.updateOne({ key: 'request' }, onItsWay);
    await round();
    expect(keysSent()).to.deep.equal([]);
  });

  it('keeps no letter waiting for one to the address that the person had before (R39)', async () => {
    const registration = new Types.ObjectId();
    const to = { name: 'Åsa Öberg', address: 'ny@example.se' };
    const [, invitation, next] = await post(
      { registration },
      { registration, to },
      { registration, to, createdAt: new Date(now.getTime() + 1), dueAt: now },
    );
    smtp.behave({ rcpt: (address) => (address.startsWith('asa') ? 451 : undefined) });
    for (const seconds of [0, 1, 2]) await round({ now: minutesOn(seconds / 60) });
    expect(keysSent()).to.deep.equal([invitation?.key, next?.key]);
  });

  it('tries again after 1, 5, 15, 30, 60 and 60 minutes with the same bytes (R70, R72)', async () => {
    await post({});
    smtp.behave({ rcpt: 450 });
    let minutes = 0;
    const kept: (Buffer | undefined)[] = [];
    for (const pause of [1, 5, 15, 30, 60, 60]) {
      await round({ now: minutesOn(minutes) });
      const [letter] = await read();
      expect(letter).to.deep.include({ state: 'queued', dueAt: minutesOn(minutes + pause) });
      expect(letter?.error).to.include({ code: '450' });
      kept.push(letter?.raw);
      expect((await round({ now: minutesOn(minutes + pause - 0.1) })).claimed).to.equal(0);
      minutes += pause;
    }
    smtp.behave({});
    await round({ now: minutesOn(minutes) });
    expect(kept.every((raw) => raw?.equals(smtp.mails[0]?.raw ?? Buffer.alloc(0)))).to.equal(true);
    expect((await read())[0]).to.include({ state: 'sent', attempts: 6, error: undefined });
  });

  it('gives up after two days (R72)', async () => {
    await post({});
    smtp.behave({ rcpt: 450 });
    let [letter] = await read();
    let moment = now;
    while (letter?.dueAt) {
      moment = letter.dueAt;
      await round({ now: moment });
      [letter] = await read();
    }
    expect(letter?.state).to.equal('failed');
    expect((moment.getTime() - now.getTime()) / 3600_000).to.be.within(47, 49);
  });

  it('sends the same bytes again when the line is lost after the server took them (R70)', async () => {
    await post({});
    smtp.behave({ lineLost: true });
    await round();
    expect((await read())[0]).to.include({ state: 'queued', mayHaveLeft: true });
    smtp.behave({});
    await round({ now: minutesOn(1) });
    expect(smtp.mails).to.have.length(2);
    expect(smtp.mails[0]?.raw.equals(smtp.mails[1]?.raw ?? Buffer.alloc(0))).to.equal(true);
    expect(await states()).to.deep.equal(['sent']);
  });

  for (const behaviour of [{ rcpt: 550 }, { data: 554 }])
    it(`fails a letter on ${JSON.stringify(behaviour)}, and the next of the registration goes (R72)`, async () => {
      const registration = new Types.ObjectId();
      await post({ registration }, { registration, createdAt: minutesOn(1), dueAt: now });
      smtp.behave(behaviour);
      expect(await round()).to.include({ failed: 1, sent: 0 });
      smtp.behave({});
      expect(await round({ now: minutesOn(0.1) })).to.include({ failed: 0, sent: 1 });
      expect(await states()).to.deep.equal(['failed', 'sent']);
      expect((await read())[0]?.error?.code).to.match(/^55[04]$/);
    });

  it('lets everything wait, longer each time, where the server takes nothing from us (R72)', async () => {
    await stop();
    await start({ password: 535 }, { tls: true });
    await post({}, {});
    let minutes = 0;
    for (const pause of [1, 5, 15]) {
      expect(await round({ now: minutesOn(minutes) })).to.include({ waits: true, failed: 0 });
      expect(await round({ now: minutesOn(minutes + pause - 0.1) })).to.include({ waits: true, claimed: 0 });
      minutes += pause;
    }
    for (const letter of await read()) expect(letter).to.include({ state: 'queued', attempts: 0 });
    smtp.behave({});
    expect(await round({ now: minutesOn(minutes) })).to.include({ waits: false, sent: 2 });
    await post({});
    smtp.behave({ mailFrom: 550 });
    await round({ now: minutesOn(minutes) });
    smtp.behave({});
    expect(await round({ now: minutesOn(minutes + 1) })).to.include({ sent: 1 });
  });

  it('never sends a kept letter', async () => {
    await post({ state: 'kept' });
    expect(await round({ now: minutesOn(100_000) })).to.include({ claimed: 0 });
    expect(await states()).to.deep.equal(['kept']);
  });

  it('sends the bytes of a letter that was written at once', async () => {
    const raw = Buffer.from('Message-ID: <inloggning@example.se>\r\n\r\nhej\r\n');
    await post({ raw });
    await round({ compose: () => Promise.reject(new Error('Nobody was to ask for this')) });
    expect(smtp.mails[0]?.raw).to.deep.equal(raw);
  });

  it('sends the others where one cannot be written, and tries that one again', async () => {
    const [bad] = await post({ kind: 'okänt' }, {});
    const compose: Delivery['compose'] = async ({ key }) => {
      if (key === bad?.key) throw new TypeError('A fault in the program');
      return confirmation();
    };
    expect(await round({ compose })).to.include({ sent: 1, later: 1 });
    expect(await round({ now: minutesOn(1) })).to.include({ sent: 1 });
  });

  it('hands everything back where nobody answers (R72)', async () => {
    await post(...Array.from({ length: 30 }, () => ({})));
    await smtp.close();
    expect(await round()).to.include({ sent: 0, later: 0, failed: 0, waits: true });
    for (const letter of await read())
      expect(letter).to.include({ state: 'queued', claimedBy: undefined, attempts: 0, mayHaveLeft: false });
  });

  it('keeps the queue waiting no longer than a minute for a line that breaks: one letter may be the cause (R72)', async () => {
    const [bad] = await post({});
    smtp.behave({ lineLost: true });
    for (const minutes of [0, 1])
      expect(await round({ now: minutesOn(minutes) })).to.include({ waits: true });
    expect(await readPause()).to.deep.include({ times: 1, until: minutesOn(2) });
    const others = await post({}, {});
    smtp.behave({});
    expect(await round({ now: minutesOn(2) })).to.include({ sent: 2 });
    expect(keysSent().slice(2)).to.have.members(others.map(({ key }) => key));
    await round({ now: minutesOn(6) });
    expect(keysSent().filter((key) => key === bad?.key)).to.have.length(3);
  });

  it('sends no more once it has stood still and another has taken over (R70)', async () => {
    await post(...Array.from({ length: 40 }, () => ({})));
    let moment = now;
    let standstill: Promise<unknown> | undefined;
    const send: Transport['send'] = async (posting) => {
      moment = minutesOn(1);
      standstill ??= round({ by: 'another', now: moment });
      await standstill;
      return transport.send(posting);
    };
    const stuck = await round({ clock: () => moment, send });
    expect(stuck.sent).to.be.within(1, 5);
    expect(await states()).to.deep.equal(Array(40).fill('sent'));
    expect(smtp.mails).to.have.length(40 + stuck.sent);
    expect(new Set(keysSent()).size).to.equal(40);
  });

  it('takes over at once from one that died before the clock was set back', async () => {
    await post({});
    await round({ by: 'the dead worker' });
    await post({ dueAt: minutesOn(-60) });
    expect(await round({ by: 'another', now: minutesOn(-0.1) })).to.include({ sent: 0 });
    expect(await round({ by: 'another', now: minutesOn(-60) })).to.include({ sent: 1 });
  });

  it('stops when it is told to and hands back what it has not tried', async () => {
    await post(...Array.from({ length: 30 }, () => ({})));
    const stopping = new AbortController();
    const send: Transport['send'] = (posting) => {
      stopping.abort();
      return transport.send(posting);
    };
    const { sent } = await round({ send, stop: stopping.signal });
    expect(sent).to.be.within(1, 5);
    expect(await LetterModel.countDocuments({ state: 'queued', dueAt: now, mayHaveLeft: false })).to.equal(
      30 - sent,
    );
  });

  it('gives back at once what a stopping worker holds; it may have left', async () => {
    await post({}, {});
    await LetterModel.updateMany(
      {},
      { $set: { state: 'sending', claimedBy: 'the worker', dueAt: minutesOn(2) } },
    );
    await releaseWork('another');
    expect(await states()).to.deep.equal(['sending', 'sending']);
    await releaseWork('the worker');
    for (const letter of await read()) expect(letter).to.include({ state: 'queued', mayHaveLeft: true });
  });

  it('sends each letter once, with two workers at the same time', async () => {
    const rows = await post(...Array.from({ length: 120 }, () => ({ registration: new Types.ObjectId() })));
    while (await LetterModel.exists({ state: { $ne: 'sent' } }))
      await Promise.all(['one', 'two', 'three'].map((by) => round({ by })));
    expect(keysSent()).to.have.members(rows.map(({ key }) => key));
  });

  function worker(uri: string, moment: Date): ChildProcess {
    const args = [join(import.meta.dirname, 'worker.ts'), uri, smtp.url, moment.toISOString()];
    return spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  }

  it('killed between sending and noting, another worker sends the same bytes again (R70)', async () => {
    const { uri } = await startDatabase();
    await post({ registration: new Types.ObjectId() });
    smtp.behave({ hangs: 'dot' });
    const killed = worker(uri, now);
    await smtp.received(1);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    smtp.behave({});
    expect(await round({ now: minutesOn(0.4) })).to.include({ claimed: 0 });
    expect(await round({ now: minutesOn(0.6) })).to.include({ sent: 1 });
    expect(smtp.mails).to.have.length(2);
    expect(smtp.mails[0]?.raw.equals(smtp.mails[1]?.raw ?? Buffer.alloc(0))).to.equal(true);
    expect((await read())[0]).to.include({ state: 'sent', mayHaveLeft: true });
  });

  it('logs the letter and the code, and nobody’s name, address or words (R79)', async () => {
    const { uri } = await startDatabase();
    await post({});
    smtp.behave({ rcpt: 550, words: '<asa.oberg@example.se>: Åsa Öberg har slutat' });
    const process = worker(uri, now);
    const log = process.stderr ? await text(process.stderr) : '';
    const [letter] = await read();
    expect(log).to.include(String(letter?._id)).and.to.include('"code":"550"');
    expect(log).not.to.match(/@|Åsa|Öberg|slutat|Boostdag: /);
    expect(letter?.error).to.deep.include({ code: '550' });
    expect(letter?.error?.text).not.to.include('@');
  });
});
