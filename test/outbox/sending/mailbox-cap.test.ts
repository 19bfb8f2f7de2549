import { expect } from 'chai';
import { transaction } from '../../../src/base/database.ts';
import { mailboxOf } from '../../../src/base/form/addresses.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { type OwedLetter, oldestUnsent, owe } from '../../../src/outbox/outbox.ts';
import { deliver } from '../../../src/outbox/sending/delivery.ts';
import { openTransport, type Transport } from '../../../src/outbox/sending/transport.ts';
import { useDatabase } from '../../support/database.ts';
import { confirmation, owedLetter } from '../../support/mail/letters.ts';
import { type Smtp, startSmtp } from '../../support/mail/smtp.ts';

const now = new Date('2026-11-21T09:00:00Z');
const hoursOn = (hours: number) => new Date(+now + hours * 3600_000);

describe('The cap on letters that nobody has proven to want', () => {
  useDatabase();
  let smtp: Smtp;
  let transport: Transport;

  beforeEach(async () => {
    smtp = await startSmtp();
    transport = openTransport({ smtpUrl: smtp.url, production: false });
  });
  afterEach(async () => {
    transport.close();
    await smtp.close();
  });

  const round = (moment = now, isCapped = true) =>
    deliver({
      clock: () => moment,
      by: 'the worker',
      compose: async () => confirmation(),
      send: transport.send,
      isCapped,
    });
  const post = (letters: Partial<OwedLetter>[]) =>
    transaction(() => owe(letters.map((one) => owedLetter(one))));
  const to = (address: string) => ({ to: { name: '', address }, mailbox: mailboxOf(address) });
  const bombs = (number: number, from = 0) =>
    Array.from({ length: number }, (_, n) => to(`victim+${from + n}@example.net`));
  const arrived = () => smtp.mails.flatMap((mail) => mail.to);

  it('lets ten a day through to a mailbox by whatever address, and the others the next day, in their order', async () => {
    await post([...bombs(13), to('somebody.else@example.net')]);
    await round();
    const first = Array.from({ length: 10 }, (_, n) => `victim+${n}@example.net`);
    expect(arrived()).to.have.members([...first, 'somebody.else@example.net']);
    const waiting = await LetterModel.find({ state: 'queued' }).lean();
    expect(waiting.map(({ waitsUntil }) => waitsUntil)).to.deep.equal(Array(3).fill(hoursOn(24)));
    expect(await oldestUnsent(hoursOn(1)), 'nobody need see to it').to.equal(undefined);
    await round(hoursOn(23.9));
    expect(arrived()).to.have.length(11);
    await round(hoursOn(24));
    expect(arrived().slice(11)).to.have.members([10, 11, 12].map((n) => `victim+${n}@example.net`));
    expect(await LetterModel.countDocuments({ waitsUntil: { $exists: true } })).to.equal(0);
  });

  it('counts over rounds, as after a restart, and never drops a letter', async () => {
    await post(bombs(6));
    await round();
    await post(bombs(25, 6));
    await round(hoursOn(1));
    expect(arrived()).to.have.length(10);
    await round(hoursOn(24));
    expect(arrived()).to.have.length(16);
    await round(hoursOn(25));
    expect(arrived()).to.have.length(20);
    for (let hour = 26; hour < 100; hour += 1) await round(hoursOn(hour));
    expect(new Set(arrived())).to.have.length(31);
  });

  it('holds back nothing that is proven, and no sign-in letter', async () => {
    await post(bombs(12));
    await round();
    const proven = { to: { name: 'Vera Victor', address: 'victim@example.net' } };
    await post([proven, { ...proven, listed: false, kind: 'sign-in' }]);
    await round();
    expect(arrived()).to.have.length(12);
  });

  it('is no cap where limits are off', async () => {
    await post(bombs(12));
    await round(now, false);
    expect(arrived()).to.have.length(12);
  });

  it('counts a letter that is tried again once', async () => {
    await post(bombs(10));
    await LetterModel.updateMany({}, { firstTriedAt: hoursOn(-1), attempts: 1 });
    await post(bombs(1, 10));
    await round();
    expect(arrived()).to.have.length(10).and.not.include('victim+10@example.net');
  });
});
