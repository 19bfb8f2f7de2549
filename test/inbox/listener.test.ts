import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { createTransport } from 'nodemailer';
import { openListener } from '../../src/inbox/listener.ts';
import { keepMail, largestMail, type Mail, MailModel } from '../../src/inbox/mail.ts';
import { returnAddress } from '../../src/outbox/return-address.ts';
import { anEvent, aRegistration, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { startInbox, takingMail } from '../support/mail/inbox.ts';
import { speak } from '../support/mail/smtp-line.ts';

const context = visitorAt(monday, takingMail);
const { settings } = context;
const words = 'Subject: Hej\r\n\r\nHej\r\n';

describe('The listener for mail', () => {
  useDatabase();
  let inbox: Awaited<ReturnType<typeof startInbox>>;
  before(async () => {
    inbox = await startInbox(context);
  });
  after(() => inbox.close());

  it('has kept every byte in the database when it says 250', async () => {
    const raw = Buffer.concat([
      Buffer.from('Subject: \xe5\r\n\r\n', 'latin1'),
      Buffer.from([0x80, 0xff, 0x0d, 0x0a]),
    ]);
    const line = createTransport({ host: '127.0.0.1', port: inbox.port, ignoreTLS: true });
    await line.sendMail({ envelope: { from: 'asa@example.se', to: settings.mailFrom }, raw });
    line.close();
    const mail = await MailModel.findOne().setOptions({ promoteBuffers: true }).orFail().lean<Mail>();
    expect(mail.raw.equals(raw)).to.equal(true);
    expect(mail).to.deep.include({
      ...{ state: 'received', receivedAt: monday, dueAt: monday },
      envelope: { from: 'asa@example.se', to: [settings.mailFrom] },
    });
  });

  it('takes mail to our own addresses, whatever their case, and to nobody else', async () => {
    const returned = returnAddress(
      { _id: (await aRegistration(await anEvent()))._id, from: { name: '', address: '' } },
      settings,
    );
    const answers = await speak(inbox.port, [
      'EHLO mx.example.se',
      'MAIL FROM:<>',
      'RCPT TO:<Boostdagar@EXAMPLE.se>',
      `RCPT TO:<${returned}>`,
      'RCPT TO:<maja.lindgren@example.se>',
      'RCPT TO:<studs+abc@studs.example.se>',
      `RCPT TO:<${returned.replace(/.@/, (sign) => (sign === '0@' ? '1@' : '0@'))}>`,
      'RCPT TO:<boostdagar@example.se.evil.example>',
      'RCPT TO:<@evil.example:boostdagar%evil.example@studs.example.se>',
    ]);
    expect(answers.slice(3).map((answer) => answer.slice(0, 3))).to.deep.equal([
      '250',
      '250',
      '550',
      '550',
      '550',
      '550',
      '550',
    ]);
  });

  it('offers neither sign-in nor a certificate of its own making', async () => {
    const [, hello = ''] = await speak(inbox.port, ['EHLO mx.example.se']);
    expect(hello).to.contain(`SIZE ${largestMail}`);
    expect(hello).to.not.match(/AUTH|STARTTLS/);
    const answers = await speak(inbox.port, ['EHLO a', 'AUTH PLAIN AGEAYg==', 'STARTTLS']);
    expect(answers.slice(2).map((answer) => answer[0])).to.deep.equal(['5', '5']);
  });

  it('refuses a mail that is too large, told before or found out', async () => {
    const [, , told = ''] = await speak(inbox.port, [
      'EHLO a',
      `MAIL FROM:<a@example.se> SIZE=${largestMail + 1}`,
    ]);
    expect(told).to.match(/^552/);
    const big = `Subject: Stort\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(largestMail / 1000 + 100)}`;
    const lines = ['EHLO a', 'MAIL FROM:<a@example.se>', `RCPT TO:<${settings.mailFrom}>`, 'DATA', `${big}.`];
    expect((await speak(inbox.port, lines)).at(-1)).to.match(/^552/);
    expect(await MailModel.countDocuments()).to.equal(0);
  });

  it('takes the largest that there may be, and no more than ten receivers', async () => {
    const head = 'Subject: Stort\r\n\r\n';
    const mail = head + `${'x'.repeat(998)}\r\n`.repeat(Math.floor((largestMail - 1000) / 1000));
    expect((await inbox.take(mail)).state).to.equal('people');
    const many = Array.from({ length: 11 }, () => {
      const letter = { _id: new Types.ObjectId(), from: { name: '', address: '' } };
      return `RCPT TO:<${returnAddress(letter, settings)}>`;
    });
    const answers = await speak(inbox.port, ['EHLO a', 'MAIL FROM:<a@example.se>', ...many]);
    expect(answers.slice(-2).map((answer) => answer.slice(0, 3))).to.deep.equal(['250', '452']);
  });

  it('keeps nothing where the line breaks before the final dot', async () => {
    const lines = [
      'EHLO a',
      'MAIL FROM:<a@example.se>',
      `RCPT TO:<${settings.mailFrom}>`,
      'DATA',
      { cut: 'Subject: Halvt\r\n\r\nHej' },
    ];
    await speak(inbox.port, lines);
    await inbox.take(words);
    expect((await MailModel.find().lean()).map(({ subject }) => subject)).to.deep.equal(['Hej']);
  });

  it('lets so many in at once, and asks the next to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => speak(inbox.port, [{ wait: 300 }])));
    const codes = answers.map(([greeting = '']) => greeting.slice(0, 3));
    expect(codes).to.include('220');
    expect(codes).to.include('421');
  });

  it('asks a sender to wait that has sent too much in a day, takes others, and loses nothing', async () => {
    const limited = visitorAt(monday, { ...takingMail, rateLimit: true });
    const raw = Buffer.alloc(5 * 1024 * 1024, 'x');
    const keep = (from: string) => keepMail(limited, raw, { from, to: [] });
    for (let number = 0; number < 10; number++) expect(await keep('A@example.se')).to.equal(true);
    await MailModel.updateMany({}, { $set: { state: 'done' }, $unset: { dueAt: 1 } });
    const line = await startInbox(limited);
    const send = (from: string) => line.take(words, { from });
    const refused = await send('a@example.se').catch(({ responseCode }) => responseCode);
    expect(refused).to.equal(452);
    await send('b@example.se');
    await send('');
    expect(await MailModel.countDocuments()).to.equal(12);
    const nextDay = { ...limited, now: new Date(+monday + 25 * 3600_000) };
    expect(await keepMail(nextDay, raw, { from: 'a@example.se', to: [] })).to.equal(true);
    await line.close();
  });

  it('ends a line that says nothing', async () => {
    const quick = await openListener({ host: '127.0.0.1', port: 0 }, { settings, clock: () => monday }, 200);
    const silent = connect(quick.port, '127.0.0.1').resume();
    await once(silent, 'close');
    await quick.close();
  });

  it('says which address it cannot listen on', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const failed = await openListener({ host: '127.0.0.1', port }, { settings, clock: () => monday }).catch(
      (error: Error) => error.message,
    );
    taken.close();
    expect(failed).to.match(
      new RegExp(`^INBOUND_LISTEN: cannot listen on 127.0.0.1:${port} .*Example: INBOUND_LISTEN=`),
    );
  });

  it('asks the sender to keep a mail while the database does not answer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'boostdagar-inbox-'));
    const child = fork(join(import.meta.dirname, 'listener-process.ts'), [folder], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    try {
      const [port] = (await once(child, 'message')) as [number];
      const lines = [
        'EHLO a',
        'MAIL FROM:<a@example.se>',
        `RCPT TO:<${settings.mailFrom}>`,
        'DATA',
        `${words}.`,
      ];
      expect((await speak(port, lines)).at(-1)).to.match(/^250/);
      child.send('close');
      await once(child, 'message');
      expect((await speak(port, lines)).at(-1)).to.match(/^451/);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    }
  });
});
