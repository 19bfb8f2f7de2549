import { expect } from 'chai';
import { Types } from 'mongoose';
import { transaction } from '../../../src/base/database.ts';
import { logger } from '../../../src/base/log.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { type OwedLetter, owe } from '../../../src/outbox/outbox.ts';
import { readDomainPauses, readPause } from '../../../src/outbox/sending/backoff.ts';
import { deliver } from '../../../src/outbox/sending/delivery.ts';
import { openTransport, type Transport } from '../../../src/outbox/sending/transport.ts';
import { useDatabase } from '../../support/database.ts';
import { ofAnotherName } from '../../support/mail/certificates.ts';
import { confirmation, owedLetter } from '../../support/mail/letters.ts';
import { type Behaviour, type Smtp, startSmtp } from '../../support/mail/smtp.ts';

const start = new Date('2026-11-21T09:00:00Z');
const minutesOn = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const impatience = { connection: 10_000, greeting: 700, answer: 1500 };

/** Refuses each address the first time, as greylisting does. */
function greylisting(): Behaviour {
  const seen = new Set<string>();
  return {
    rcpt(address) {
      if (seen.has(address)) return undefined;
      seen.add(address);
      return 450;
    },
  };
}

const only =
  (domain: string, code: number): Behaviour['rcpt'] =>
  (address) =>
    address.endsWith(domain) ? code : undefined;

type Case = {
  behaviour: Behaviour;
  /** Behaves well again after so many minutes. */
  mendedAfter?: number;
  /** The line breaks when the server has the mail: it may come twice. */
  twice?: boolean;
  /** Not even an attempt was in vain. */
  harmless?: boolean;
};

const cases: Record<string, Case> = {
  '421 at the greeting': { behaviour: { greeting: 421 }, mendedAfter: 3 },
  '450 as greylisting has it': { behaviour: greylisting() },
  '452 after two letters over one connection': { behaviour: { lettersALine: 2 }, harmless: true },
  'refusing MAIL for a time': { behaviour: { mailFrom: 451 }, mendedAfter: 3 },
  'refusing DATA for a time': { behaviour: { data: 451 }, mendedAfter: 3 },
  '421 to everybody': { behaviour: { rcpt: 421 }, mendedAfter: 3 },
  'hanging before the greeting': { behaviour: { hangs: 'greeting' }, mendedAfter: 3 },
  'hanging at EHLO': { behaviour: { hangs: 'EHLO' }, mendedAfter: 3 },
  'hanging at MAIL': { behaviour: { hangs: 'MAIL' }, mendedAfter: 3 },
  'hanging at RCPT': { behaviour: { hangs: 'RCPT' }, mendedAfter: 3 },
  'hanging at DATA': { behaviour: { hangs: 'DATA' }, mendedAfter: 3 },
  'hanging after the final dot': { behaviour: { hangs: 'dot' }, mendedAfter: 3, twice: true },
  'dropping the line after the final dot': { behaviour: { lineLost: true }, mendedAfter: 3, twice: true },
  'closing after each letter': { behaviour: { closes: true }, harmless: true },
};

describe('post, on a mail server that misbehaves', () => {
  useDatabase();
  let smtp: Smtp;
  let transport: Transport;
  let moment: Date;

  before(() => {
    logger.level = 'silent';
  });
  after(() => {
    logger.level = 'info';
  });
  beforeEach(async () => {
    moment = start;
    await open();
  });
  afterEach(close);

  async function open(options: Parameters<typeof startSmtp>[1] = {}, production = false) {
    smtp = await startSmtp({}, options);
    transport = openTransport({ smtpUrl: smtp.url, production }, impatience);
  }

  async function close() {
    transport.close();
    await smtp.close();
  }

  /** Everything that can leave at this minute. */
  async function minute(number: number) {
    moment = minutesOn(number);
    const compose = async () => confirmation();
    const delivery = { clock: () => moment, by: 'the worker', compose, send: transport.send };
    while ((await deliver(delivery)).claimed > 0);
  }

  async function minutes(from: number, to: number) {
    for (let number = from; number <= to; number += 1) await minute(number);
  }

  async function post(letters: Partial<OwedLetter>[]): Promise<OwedLetter[]> {
    const rows = letters.map((letter) => owedLetter(letter));
    await transaction(() => owe(rows));
    return rows;
  }

  /** So many people at a domain, with so many letters each. */
  function people(domain: string, many: number, letters = 1): Partial<OwedLetter>[] {
    return Array.from({ length: many }, (_, person) => {
      const row = {
        registration: new Types.ObjectId(),
        to: { name: 'Bo Ek', address: `bo.${person}@${domain}` },
      };
      return Array.from({ length: letters }, (_, number) => {
        const createdAt = new Date(start.getTime() - 1000 + number);
        return { ...row, createdAt, dueAt: start };
      });
    }).flat();
  }

  const keyOf = (raw: Buffer) => /^Message-ID: <(.*)@/m.exec(raw.toString())?.[1] ?? '';
  const arrived = () => smtp.mails.map(({ raw }) => keyOf(raw));
  const letters = () => LetterModel.find().lean<Letter[]>();
  const states = async () => [...new Set((await letters()).map(({ state }) => state))];

  /** What came, in the order in which it came first: nothing lost, and nobody's letters in another order (R71). */
  function expectAll(owed: OwedLetter[]) {
    const first = [...new Set(arrived())];
    expect(first).to.have.members(owed.map(({ key }) => key));
    const lines = (keys: string[]) => Map.groupBy(keys, (key) => personOf(owed, key));
    for (const [person, keys] of lines(owed.map(({ key }) => key)))
      expect(lines(first).get(person)).to.deep.equal(keys);
  }

  function personOf(owed: OwedLetter[], key: string) {
    return String(owed.find((letter) => letter.key === key)?.registration);
  }

  /** What came more than once came byte for byte (R70). */
  function expectTwins() {
    const copies = Map.groupBy(smtp.mails, ({ raw }) => keyOf(raw));
    for (const [first, ...more] of copies.values())
      for (const mail of more) expect(mail.raw.equals(first?.raw ?? Buffer.alloc(0))).to.equal(true);
  }

  for (const [name, { behaviour, mendedAfter, twice, harmless }] of Object.entries(cases))
    it(`${name}: nothing lost, nothing twice${twice ? ' but byte for byte' : ''}, in order (R70–R74)`, async () => {
      const owed = await post([...people('motala.example.se', 4, 2), ...people('kinda.example.se', 4, 2)]);
      smtp.behave(behaviour);
      if (mendedAfter) {
        await minutes(0, mendedAfter);
        expect(await states()).to.deep.equal(['queued']);
        smtp.behave({});
      }
      await minutes((mendedAfter ?? -1) + 1, 40);
      expect(await states()).to.deep.equal(['sent']);
      expectAll(owed);
      expectTwins();
      if (twice) expect(arrived().length).to.be.above(owed.length);
      else expect(arrived()).to.have.length(owed.length);
      if (harmless) expect((await letters()).every(({ attempts }) => attempts === 0)).to.equal(true);
      expect(smtp.lines.most).to.be.at.most(10);
    });

  it('550 for one: that one fails, everybody else has the letters', async () => {
    const [bad = [], good = []] = [people('motala.example.se', 1, 2), people('kinda.example.se', 5, 2)];
    const owed = await post([...bad, ...good]);
    smtp.behave({ rcpt: only('motala.example.se', 550) });
    await minutes(0, 2);
    expectAll(owed.slice(2));
    expect((await letters()).filter(({ state }) => state === 'failed')).to.have.length(2);
  });

  for (const code of [421, 451, 452])
    it(`${code} for one domain slows that one down, and nobody else (R73)`, async () => {
      const [slow, quick] = [people('motala.example.se', 60, 2), people('kinda.example.se', 30)];
      let knocks = 0;
      const owed = await post([...slow, ...quick]);
      smtp.behave({
        rcpt(address) {
          if (!address.endsWith('@motala.example.se')) return undefined;
          knocks += 1;
          return code;
        },
      });
      await minute(0);
      expect(arrived()).to.have.members(owed.slice(120).map(({ key }) => key));
      // At the minutes 0, 1, 6 and 21, at most once for each connection, and again on fresh ones.
      await minutes(1, 30);
      expect(knocks).to.be.within(4, 60);
      expect(await LetterModel.countDocuments({ state: 'queued' })).to.equal(120);
      smtp.behave({});
      await minutes(31, 60);
      expect(await states()).to.deep.equal(['sent']);
      expectAll(owed);
      expect(arrived()).to.have.length(owed.length);
    });

  it('gives a domain up that answers 451 for two days, with all letters to it (R72)', async () => {
    await post(people('motala.example.se', 12));
    smtp.behave({ rcpt: 451 });
    for (let hour = 0; hour < 60; hour += 0.5) await minute(hour * 60);
    expect(await states()).to.deep.equal(['failed']);
    await post(people('motala.example.se', 1));
    smtp.behave({});
    await minute(61 * 60);
    expect(arrived()).to.have.length(1);
  });

  it('a letter that hangs keeps nobody else’s from leaving, nor one that is owed meanwhile', async () => {
    const patient = openTransport(
      { smtpUrl: smtp.url, production: false },
      { ...impatience, greeting: 10_000, answer: 10_000 },
    );
    const [hanging] = await post([...people('motala.example.se', 1), ...people('kinda.example.se', 8)]);
    smtp.behave({ rcpt: (address) => (address.endsWith('@motala.example.se') ? 'silence' : undefined) });
    const compose = async () => confirmation();
    let isOver = false;
    const round = deliver({
      clock: () => start,
      by: 'the worker',
      compose,
      send: patient.send,
    });
    void round.then(() => {
      isOver = true;
    });
    await smtp.received(8);
    const [late] = await post([{}]);
    await smtp.received(9);
    expect(isOver).to.equal(false);
    expect(arrived().at(-1)).to.equal(late?.key);
    expect(arrived()).not.to.include(hanging?.key);
    await smtp.close();
    await round;
    patient.close();
  });

  it('a domain that says nothing holds its own letters only, however many they are, and pauses when it has', async () => {
    const waits = { ...impatience, answer: 2000 };
    const patient = openTransport({ smtpUrl: smtp.url, production: false }, waits);
    const [silent, others] = [people('motala.example.se', 120), people('kinda.example.se', 30)];
    const owed = await post([...silent, ...others.map((one) => ({ ...one, dueAt: new Date(+start + 1) }))]);
    let knocks = 0;
    smtp.behave({
      rcpt(address) {
        if (!address.endsWith('@motala.example.se')) return undefined;
        knocks += 1;
        return 'silence';
      },
    });
    moment = minutesOn(1);
    const compose = async () => confirmation();
    const delivery = { clock: () => moment, by: 'the worker', compose, send: patient.send };
    const delivered = await deliver(delivery);
    expect(arrived()).to.have.members(owed.slice(120).map(({ key }) => key));
    expect(knocks).to.equal(3);
    expect(delivered).to.include({ sent: 30, waits: false });
    expect(await LetterModel.countDocuments({ state: 'queued' })).to.equal(120);
    expect(await readPause()).to.equal(null);
    expect([...(await readDomainPauses()).keys()]).to.deep.equal(['@motala.example.se']);
    patient.close();
    smtp.behave({});
    await minutes(2, 3);
    expectAll(owed);
    expect(arrived()).to.have.length(owed.length);
  });

  it('down for an hour: everything waits, with an alarm, and leaves at the next knock (R72)', async () => {
    const owed = await post(people('motala.example.se', 8, 2));
    const port = Number(new URL(smtp.url).port);
    await smtp.close();
    const knocks: number[] = [];
    const knocking: Transport['send'] = (posting) => {
      knocks.push((moment.getTime() - start.getTime()) / 60_000);
      return send(posting);
    };
    const { send } = transport;
    transport = { ...transport, send: knocking };
    await minutes(0, 60);
    expect([...new Set(knocks)]).to.deep.equal([0, 1, 6, 21, 51]);
    expect(await readPause()).to.deep.include({ until: minutesOn(111), code: 'ESOCKET' });
    expect((await letters()).every(({ state, attempts }) => state === 'queued' && attempts === 0)).to.equal(
      true,
    );
    smtp = await startSmtp({}, { port });
    await minutes(61, 112);
    expectAll(owed);
    expect(arrived()).to.have.length(owed.length);
    expect(await readPause()).to.equal(null);
  });

  /** What the operator must mend: the server as it is found, and whether the service runs in production. */
  const unfit: Record<string, [options: Parameters<typeof startSmtp>[1], behaviour: Behaviour]> = {
    'TLS is missing': [{}, {}],
    'TLS is wrong': [{ tls: ofAnotherName }, {}],
    'the password is wrong': [{ tls: true }, { password: 535 }],
  };
  for (const [what, [options, behaviour]] of Object.entries(unfit))
    it(`where ${what} everything waits, with an alarm, and leaves when it is mended (R72, R75)`, async () => {
      await close();
      await open(options, true);
      const withPassword = behaviour.password !== undefined;
      if (withPassword)
        transport = openTransport({ smtpUrl: smtp.urlWithPassword, production: true }, impatience);
      smtp.behave(behaviour);
      const owed = await post(people('motala.example.se', 8, 2));
      await minutes(0, 5);
      expect(smtp.mails).to.have.length(0);
      expect((await readPause())?.times).to.equal(2);
      expect((await letters()).every(({ state, attempts }) => state === 'queued' && attempts === 0)).to.equal(
        true,
      );
      await close();
      await open({ tls: true }, true);
      transport = openTransport({ smtpUrl: smtp.urlWithPassword, production: true }, impatience);
      await minutes(6, 8);
      expectAll(owed);
      expect(arrived()).to.have.length(owed.length);
    });
});
