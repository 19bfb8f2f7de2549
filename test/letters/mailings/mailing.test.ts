import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Authority } from '../../../src/authorities/authority.ts';
import type { Event } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { changeDraft, writeDraft } from '../../../src/letters/mailings/drafts.ts';
import type { Mailing, MailingFilter, MailingWords } from '../../../src/letters/mailings/mailing.ts';
import { MailingModel } from '../../../src/letters/mailings/mailing.ts';
import { countMailingReceivers, listMailingReceivers } from '../../../src/letters/mailings/receivers.ts';
import {
  finishMailing,
  finishMailings,
  mailingRow,
  sendMailing,
  tryMailing,
} from '../../../src/letters/mailings/send.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { toBytes } from '../../../src/outbox/message.ts';
import { readLetter } from '../../../src/outbox/parse.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { findByToken, tokenOf } from '../../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { startDatabase } from '../../support/database.ts';

const words: MailingWords = {
  subject: 'Program till {titel}',
  text: 'Vi ses {datum}, {tid}: {plats}.\n\nÄndra här: {lank}\nHälsningar till {fornamn} {efternamn}.',
  subjectEn: '',
  textEn: '',
};

describe('a letter by hand', () => {
  let authority: Authority;
  let event: Event;

  let uri: string;
  beforeEach(async () => {
    ({ uri } = await startDatabase());
    authority = await anAuthority();
    event = await anEvent();
  });

  const context = organiserAt(monday);
  const toMaja = { name: 'Maja Lindgren', address: 'maja.lindgren@example.se' };
  const draft = (filter: Partial<MailingFilter> = {}, changes: Partial<MailingWords> = {}) =>
    writeDraft(context, event, {
      words: { ...words, ...changes },
      filter: { status: 'confirmed', ...filter },
    });
  const one = (email: string, facts: Partial<Registration> = {}) =>
    aRegistration(event, { email: `${email}@example.se`, ...facts });
  const trial = async (mailing: Mailing) => {
    const registration = await RegistrationModel.findOne().orFail().lean<Registration>();
    await tryMailing(context, mailing, { receiver: registration, event, authority }, toMaja);
  };
  const confirm = async (mailing: Mailing) => {
    const seen = { version: mailing.version, count: await countMailingReceivers(mailing) };
    return sendMailing(context, mailing, event, seen);
  };
  const receivers = async () => {
    const letters = await LetterModel.find({ key: /\.utskick\./ }).lean();
    return letters.map(({ to }) => to.address.split('@')[0]).sort();
  };
  const read = async (letter: Letter<LetterFacts>) =>
    readLetter(letter, await toBytes(letter, await compose(letter, context.settings)));

  it('gives the meeting link to nobody without a seat', async () => {
    const online = { mode: 'digitalt' } as const;
    await one('a', online);
    await one('b', { ...online, status: 'cancelled' });
    await one('c', { ...online, status: 'waiting', waitsFor: ['digitalt'], waitingSince: monday });
    for (const status of ['confirmed', 'cancelled', 'waiting'] as const) {
      const registration = await RegistrationModel.findOne({ status }).orFail().lean<Registration>();
      const row = mailingRow(context, await draft({ status }), { receiver: registration, event, authority });
      expect(row.facts.place).to.equal(status === 'confirmed' ? event.meetingLink : '');
    }
  });

  it('goes to those who were chosen, one copy for each address', async () => {
    await one('a', { municipality: '0583', role: 'chef', mode: 'digitalt' });
    await one('b', { municipality: '0583', role: 'chef' });
    await one('c', { municipality: '0583' });
    await one('d');
    for (const email of ['e', 'e', 'f']) await one(email, { status: 'cancelled' });
    const whom = async (filter: Partial<MailingFilter>) => {
      await Promise.all([LetterModel.deleteMany({}), MailingModel.deleteMany({})]);
      const mailing = await draft(filter);
      await trial(mailing);
      const listed = await listMailingReceivers(mailing);
      await confirm(mailing);
      await finishMailing(context, mailing._id, event._id);
      const got = await receivers();
      expect(listed, JSON.stringify(filter)).to.have.length(got.length);
      return got.join('');
    };
    expect(await whom({})).to.equal('abcd');
    expect(await whom({ municipality: '0583' })).to.equal('abc');
    expect(await whom({ municipality: '0583', role: 'chef' })).to.equal('ab');
    expect(await whom({ mode: 'digitalt' })).to.equal('a');
    expect(await whom({ status: 'cancelled' })).to.equal('ef');
  });

  it('counts for the mailboxes of those whom it goes to, and a trial for nobody’s', async () => {
    const receiver = await one('omar');
    const mailing = await draft();
    const limited = organiserAt(monday, { rateLimit: true });
    expect(mailingRow(limited, mailing, { receiver, event, authority }).mailbox).to.equal('omar@example.se');
    await tryMailing(limited, mailing, { receiver, event, authority }, toMaja);
    expect((await LetterModel.findOne().orFail().lean()).mailbox).to.equal(undefined);
  });

  it('puts in each one’s own words, and a link that is theirs alone', async () => {
    const { _id, email } = await one('omar', {
      givenName: 'Omar',
      familyName: 'Lindell',
      mode: 'digitalt',
    });
    const mailing = await draft();
    await trial(mailing);
    await confirm(mailing);
    await finishMailing(context, mailing._id, event._id);
    const letter = await LetterModel.findOne({ registration: _id }).orFail().lean<Letter<LetterFacts>>();
    const { subject, text, html, calendar } = await read(letter);
    const link = `https://boostdagar.example.se/anmalan/${tokenOf({ _id, email }, context.settings.secret)}`;
    const door = tokenOf({ _id, email }, context.settings.secret, 'digital door');
    expect(subject).to.equal('Program till Skolan som skydd: så når fler barn målen');
    expect(text.trim()).to.equal(`Länsstyrelsen Östergötland

Hej Omar!

Vi ses 11 februari 2027, klockan 9.00–12.00: https://boostdagar.example.se/delta/${door}.

Ändra här: ${link}
Hälsningar till Omar Lindell.

Frågor: Maja Lindgren, maja.lindgren@example.se, 010-000 00 00

Enheten för social hållbarhet, Länsstyrelsen Östergötland

Så behandlar vi dina personuppgifter: https://boostdagar.example.se/personuppgifter`);
    expect(html).to.include(`<a href="${link}">`);
    expect(calendar).to.equal(undefined);
    expect(JSON.stringify(letter.facts)).not.to.include('anmalan/');
  });

  it('is in English where that was written and chosen, and else all in Swedish', async () => {
    await one('karin', { language: 'en' });
    const english = { subjectEn: 'Programme: {titel}', textEn: 'See you {datum}.' };
    for (const [changes, language, says] of [
      [{}, 'sv', 'Vi ses 11 februari 2027'],
      [english, 'en', 'See you 11 February 2027.'],
    ] as const) {
      await LetterModel.deleteMany({});
      const mailing = await draft({}, changes);
      await trial(mailing);
      await confirm(mailing);
      await finishMailing(context, mailing._id, event._id);
      const { text, html } = await read(
        await LetterModel.findOne({ key: /utskick/ })
          .orFail()
          .lean<Letter<LetterFacts>>(),
      );
      expect(text).to.include(says);
      expect(html).to.include(`<html lang="${language}">`);
    }
  });

  it('is tried on oneself with a link that opens nothing, and in nobody’s name', async () => {
    await one('karin', { givenName: 'Karin' });
    await trial(await draft());
    const letter = await LetterModel.findOne().orFail().lean<Letter<LetterFacts>>();
    expect(letter).to.deep.include({ to: toMaja, kind: 'mailing', state: 'queued' });
    expect(letter.registration).to.equal(undefined);
    const { text } = await read(letter);
    const [, token = ''] = /anmalan\/([\w-]{40})/.exec(text) ?? [];
    expect(text).to.include('Hej Karin!');
    expect(await findByToken(token, context.settings)).to.equal(null);
  });

  it('is sent only as it was tried and seen', async () => {
    await one('a');
    const mailing = await draft();
    const conflict = { refused: 'conflict' };
    expect(await confirm(mailing)).to.deep.equal(conflict);
    await trial(mailing);
    expect(await sendMailing(context, mailing, event, { version: 1, count: 2 })).to.deep.equal(conflict);
    await one('b');
    expect(await sendMailing(context, mailing, event, { version: 1, count: 1 })).to.deep.equal(conflict);
    await changeDraft(
      context,
      { ...mailing, tested: 1 },
      { words: { ...words, text: 'Nytt' }, filter: mailing.filter },
    );
    expect(await sendMailing(context, mailing, event, { version: 1, count: 2 })).to.deep.equal(conflict);
    expect(await sendMailing(context, mailing, event, { version: 2, count: 2 })).to.deep.equal(conflict);
    expect(await receivers()).to.deep.equal([]);
    expect(await AuditModel.countDocuments()).to.equal(0);
  });

  it('needs no new trial for other receivers of the same words', async () => {
    await one('a', { role: 'chef' });
    await one('b');
    const mailing = await draft();
    await trial(mailing);
    const tried = await MailingModel.findById(mailing._id).orFail().lean<Mailing>();
    await changeDraft(context, tried, { words, filter: { status: 'confirmed', role: 'chef' } });
    const sent = await sendMailing(context, mailing, event, { version: 2, count: 1 });
    expect(sent).to.deep.include({ state: 'sent', count: 1 });
  });

  it('goes once, however often the button is pressed', async () => {
    await one('a');
    const mailing = await draft();
    await trial(mailing);
    for (let click = 0; click < 3; click += 1) {
      await confirm(mailing);
      await finishMailing(context, mailing._id, event._id);
    }
    expect(await receivers()).to.deep.equal(['a']);
    const [entry, ...more] = await AuditModel.find({ action: 'mailing.sent' }).lean();
    expect(entry).to.deep.include({ by: 'Maja Lindgren', about: `${event.title} (1 mottagare)` });
    expect(more).to.deep.equal([]);
  });

  describe('to a thousand', () => {
    const many = 1200;
    let mailing: Mailing;
    beforeEach(async () => {
      const { _id: _first, ...like } = await one('m0');
      const rows = Array.from({ length: many - 1 }, (_, index) => ({
        ...like,
        _id: new Types.ObjectId(),
        email: `m${index + 1}@example.se`,
        uid: `m${index + 1}@example.se`,
      }));
      await RegistrationModel.insertMany(rows, { lean: true });
      mailing = await draft();
      await trial(mailing);
    });
    const isWhole = async () => {
      const got = await receivers();
      expect([got.length, new Set(got).size]).to.deep.equal([many, many]);
    };

    it('is finished by the worker where the process died after the button', async () => {
      await confirm(mailing);
      expect(await receivers()).to.deep.equal([]);
      await finishMailings(visitorAt(monday));
      await isWhole();
    });

    it('is finished where it was interrupted between two batches', async () => {
      await confirm(mailing);
      // A letter that is there already makes the second batch fail as a whole, as a crash would.
      const rows = await RegistrationModel.find().sort({ email: 1 }).lean<Registration[]>();
      await finishMailing(context, mailing._id, event._id);
      const letters = await LetterModel.find({ key: /utskick/ })
        .sort({ 'to.address': 1 })
        .lean<Letter[]>();
      await LetterModel.deleteMany({ key: /utskick/ });
      const blocking = letters[700];
      if (!blocking) throw new Error('No letter 700');
      await LetterModel.insertMany([blocking], { lean: true });
      await MailingModel.updateOne({ _id: mailing._id }, { $unset: { after: 1, doneAt: 1 } });
      const failed = await finishMailing(context, mailing._id, event._id).catch((error: Error) => error.name);
      expect(failed).to.match(/Mongo/);
      expect(await MailingModel.findById(mailing._id).lean()).to.deep.include({ after: rows[499]?.email });
      await LetterModel.deleteOne({ _id: blocking._id });
      await finishMailings(visitorAt(monday));
      await isWhole();
    });

    it('is finished after kill -9 in the middle', async () => {
      await confirm(mailing);
      const child = fork(
        join(import.meta.dirname, 'sender.ts'),
        [uri, String(mailing._id), String(event._id)],
        {
          execArgv: ['--disable-warning=ExperimentalWarning'],
        },
      );
      const ended = once(child, 'exit');
      while ((await receivers()).length === 0) await setTimeout(5);
      child.kill('SIGKILL');
      await ended;
      await finishMailings(visitorAt(monday));
      await isWhole();
    });

    it('is one for each by two workers at once', async () => {
      await confirm(mailing);
      await Promise.all([finishMailings(visitorAt(monday)), finishMailings(visitorAt(monday))]);
      await isWhole();
    });
  });
});
