import { expect } from 'chai';
import { Types } from 'mongoose';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { oweByPlan } from '../../../src/letters/plan/owe.ts';
import { planChoices, scheduleOf } from '../../../src/letters/plan/schedule.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { toBytes } from '../../../src/outbox/message.ts';
import { readLetter } from '../../../src/outbox/parse.ts';
import { changeEvent } from '../../../src/registrations/changes/change-event.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, aRegistration } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

/** The event is on 11 February 2027, 9–12: these are the moments of its letters. */
const week = '2027-02-04T08:00:00Z';
const day = '2027-02-10T08:00:00Z';
const link = '2027-02-10T12:00:00Z';
const after = '2027-02-12T09:00:00Z';
const minutesAfter = (moment: string, minutes: number) => new Date(+new Date(moment) + minutes * 60_000);

describe('letters by plan', () => {
  let event: Event;

  useDatabase();
  beforeEach(async () => {
    await anAuthority();
    event = await anEvent();
  });

  const look = (moment: string | Date) => oweByPlan(visitorAt(moment));
  let people = 0;
  const one = (facts: Partial<Registration> = {}, at = event) => {
    people += 1;
    return aRegistration(at, { email: `p${people}@example.se`, ...facts });
  };
  const change = (changes: Partial<Event>) => EventModel.updateOne({ _id: event._id }, { $set: changes });
  /** All letters, "kind to address", the oldest first; none leave here. */
  const owed = async (filter = {}) => {
    const letters = await LetterModel.find(filter).sort({ createdAt: 1, _id: 1 }).lean<Letter[]>();
    return letters.map(({ kind, to }) => `${kind} ${to.address}`);
  };
  const only = async (kind: string) => LetterModel.findOne({ kind }).orFail().lean<Letter<LetterFacts>>();
  const read = async (letter: Letter<LetterFacts>) =>
    readLetter(letter, await toBytes(letter, await compose(letter, visitorAt(day).settings)));
  const missed = async () => (await EventModel.findById(event._id).orFail().lean()).missedLetters ?? [];

  it('go when they are due and not a minute before, each once', async () => {
    const { email } = await one({ present: true });
    await look(minutesAfter(week, -1));
    expect(await owed()).to.deep.equal([]);
    for (const moment of [week, week, minutesAfter(week, 1), day, day, link, after, after])
      await look(moment);
    expect(await owed()).to.deep.equal([`reminder ${email}`, `reminder ${email}`, `thanks ${email}`]);
  });

  for (const { step, kind, optional } of planChoices)
    it(`go when they are due, in both languages, as ${step} does`, async () => {
      await change({ letterPlan: [step] });
      for (const language of ['sv', 'en'] as const)
        for (const present of [true, false]) await one({ language, present, mode: 'digitalt' });
      const [planned] = scheduleOf({ ...event, letterPlan: [step] });
      if (!planned) throw new Error('It is not in the schedule');
      await look(new Date(+planned.dueAt - 60_000));
      expect(await owed()).to.deep.equal([]);
      await look(planned.dueAt);
      const letters = await LetterModel.find().lean<Letter<LetterFacts>[]>();
      expect(new Set(letters.map(({ language }) => language))).to.deep.equal(new Set(['sv', 'en']));
      for (const letter of letters) {
        expect(letter.kind).to.equal(kind);
        const { subject, text, unsubscribe } = await read(letter);
        expect(subject).to.include('Skolan som skydd');
        expect(subject + text).not.to.match(/undefined|\[object|mejl\.|\{\w+\}/);
        expect(unsubscribe !== undefined).to.equal(optional === true);
      }
    });

  it('go to those who have a seat, and to nobody else', async () => {
    const { email } = await one();
    await one({ status: 'cancelled' });
    await one({ status: 'waiting', waitsFor: ['plats'], waitingSince: new Date('2027-01-04T09:00Z') });
    await one({ bouncedAt: new Date('2027-01-05T09:00Z') });
    await one({ noReminders: true });
    await look(week);
    expect(await owed()).to.deep.equal([`reminder ${email}`]);
  });

  it('carry no calendar object, and say how to cancel and where the programme is (R40, R8)', async () => {
    await one();
    await look(week);
    const letter = await only('reminder');
    const { subject, text, calendar } = await read(letter);
    expect([letter.calendar, calendar]).to.deep.equal([undefined, undefined]);
    expect(subject).to.equal('Påminnelse: ”Skolan som skydd: så når fler barn målen”, 11 februari 2027');
    expect(text)
      .to.include('Snart är det dags för ”Skolan som skydd: så når fler barn målen”.')
      .and.include('När: torsdag 11 februari 2027, klockan 9.00–12.00')
      .and.include('Var: Residenset, Borggården 1, Linköping')
      .and.include(`Program: https://boostdagar.example.se/evenemang/${event.slug}`)
      .and.match(/Avboka: https:\/\/boostdagar\.example\.se\/anmalan\/[\w-]{40}/);
  });

  it('do not go to who has just signed up: the confirmation says the same', async () => {
    const signUp = async (at: Date, email: string) => register(visitorAt(at), event._id, aPerson({ email }));
    await change({ closesAt: new Date('2027-02-10T23:00Z') });
    await signUp(minutesAfter(week, -61), 'fore@example.se');
    await signUp(minutesAfter(week, -59), 'nyss@example.se');
    await signUp(minutesAfter(week, 1), 'efter@example.se');
    await look(minutesAfter(week, 2));
    expect(await owed({ kind: 'reminder' })).to.deep.equal(['reminder fore@example.se']);
    await signUp(minutesAfter(day, -1), 'sent@example.se');
    await look(day);
    expect(await owed({ kind: 'reminder', createdAt: new Date(day) })).to.have.members([
      'reminder fore@example.se',
      'reminder nyss@example.se',
      'reminder efter@example.se',
    ]);
  });

  describe('with the meeting link', () => {
    it('are the reminder itself: one letter, not two', async () => {
      const { email } = await one({ mode: 'digitalt' });
      for (const moment of [day, link, minutesAfter(link, 60)]) await look(moment);
      expect(await owed()).to.deep.equal([`reminder ${email}`]);
      expect((await read(await only('reminder'))).text).to.match(
        /Var: Digitalt, https:\/\/boostdagar\.example\.se\/delta\/[\w-]{40}/,
      );
    });

    it('go by themselves to who wants no reminders, and where no reminder is planned', async () => {
      const { email } = await one({ mode: 'digitalt', noReminders: true });
      await one();
      await look(link);
      expect(await owed({ kind: 'meeting-link' })).to.deep.equal([`meeting-link ${email}`]);
      const { text, html } = await read(await only('meeting-link'));
      expect(text)
        .to.match(/Anslut till mötet: https:\/\/boostdagar\.example\.se\/delta\/[\w-]{40}/)
        .and.match(/Avboka: https:\/\/boostdagar\.example\.se\/anmalan\/[\w-]{40}/);
      expect(html).to.match(/<a href="[^"]*\/delta\/[\w-]{40}">Anslut till mötet<\/a>/);
      await change({ letterPlan: ['meeting-link'] });
      const other = await one({ mode: 'digitalt' });
      await look(minutesAfter(link, 1));
      expect(await owed({ kind: 'meeting-link' })).to.deep.equal([
        `meeting-link ${email}`,
        `meeting-link ${other.email}`,
      ]);
    });

    it('wait for the link, until it starts', async () => {
      await change({ meetingLink: '' });
      const { email } = await one({ mode: 'digitalt' });
      for (const moment of [day, link]) await look(moment);
      expect(await owed()).to.deep.equal([`reminder ${email}`]);
      expect((await read(await only('reminder'))).text).to.include(
        'Var: Digitalt. Du får länken i ett mejl före evenemanget.',
      );
      await change({ meetingLink: 'https://moten.example.se/ny' });
      await look('2027-02-11T07:59:00Z');
      expect(await owed({ kind: 'meeting-link' })).to.deep.equal([`meeting-link ${email}`]);
    });

    it('are not on top of the letter that tells of the new link', async () => {
      await change({ meetingLink: '' });
      const { email } = await one({ mode: 'digitalt' });
      await look(link);
      const stands = await EventModel.findById(event._id).orFail().lean<Event>();
      const context = organiserAt(minutesAfter(link, 5));
      const plan = { ...stands, meetingLink: 'https://moten.example.se/ny' };
      await changeEvent(context, event._id, { version: 1, letters: true }, plan);
      await look(minutesAfter(link, 6));
      const { _id } = await only('reminder');
      const tells = await LetterModel.find({ _id: { $ne: _id }, 'to.address': email }).lean();
      expect(tells.map(({ kind }) => kind)).not.to.include('meeting-link');
      expect(tells.some(({ facts }) => facts.place === 'https://moten.example.se/ny')).to.equal(true);
    });
  });

  describe('after the event', () => {
    it('thank those who came, also those who are marked later, for fourteen days', async () => {
      const [came, late, much] = [await one({ present: true }), await one(), await one()];
      await one({ present: false });
      await one({ present: true, noReminders: true });
      await look(minutesAfter(after, -1));
      expect(await owed({ kind: 'thanks' })).to.deep.equal([]);
      await look(after);
      const mark = ({ _id }: Registration) => RegistrationModel.updateOne({ _id }, { present: true });
      await mark(late);
      await look('2027-02-26T08:59:00Z');
      await mark(much);
      await look('2027-02-26T09:00:00Z');
      expect(await owed({ kind: 'thanks' })).to.deep.equal([`thanks ${came.email}`, `thanks ${late.email}`]);
      expect(await owed({ kind: 'missed-you' })).to.deep.equal([]);
    });

    it('link to the documentation, in the language that was chosen', async () => {
      const documentation = [{ title: 'Elins bilder', url: 'https://example.se/elin.pdf' }];
      const file = {
        hash: 'a'.repeat(64),
        title: 'Program',
        name: 'Program.pdf',
        type: 'application/pdf',
        size: 9,
      };
      await change({ documentation, downloads: [file] });
      await one({ present: true, language: 'en' });
      await look(after);
      const { subject, text, html } = await read(await only('thanks'));
      expect(subject).to.equal('Thank you for coming: “Skolan som skydd: så når fler barn målen”');
      expect(text)
        .to.include('Thank you for taking part in “Skolan som skydd: så når fler barn målen”.')
        .and.include(`https://boostdagar.example.se/en/evenemang/${event.slug}`)
        .and.include('Elins bilder: https://example.se/elin.pdf')
        .and.include(`Program: https://boostdagar.example.se/fil/${file.hash}/Program.pdf`)
        .and.not.include('/anmalan/');
      expect(html).to.include('<a href="https://example.se/elin.pdf">https://example.se/elin.pdf</a>');
    });

    it('tell those who did not come that they were missed, where that is chosen', async () => {
      await change({ letterPlan: ['missed-you'] });
      const { email } = await one({ present: false });
      await one({ present: true });
      await one();
      await look(after);
      expect(await owed()).to.deep.equal([`missed-you ${email}`]);
      expect((await read(await only('missed-you'))).subject).to.equal(
        'Vi saknade dig: ”Skolan som skydd: så når fler barn målen”',
      );
    });
  });

  describe('of an event that is changed', () => {
    const move = async (start: string, at: Date) => {
      const stands = await EventModel.findById(event._id).orFail().lean<Event>();
      const moved = { start: new Date(start), end: new Date(+new Date(start) + 3 * 3600_000) };
      const seen = { version: stands.version, letters: true };
      await changeEvent(organiserAt(at), event._id, seen, { ...stands, ...moved });
    };

    it('go anew for another day', async () => {
      const { _id } = await one();
      const reminders = () => LetterModel.distinct('key', { kind: 'reminder' });
      await look(week);
      await move('2027-03-11T08:00:00Z', minutesAfter(week, 60));
      for (const moment of [day, '2027-03-04T08:00:00Z', '2027-03-10T08:00:00Z']) await look(moment);
      expect(await reminders()).to.have.members([
        `${_id}.paminnelse.vecka.2027-02-11`,
        `${_id}.paminnelse.vecka.2027-03-11`,
        `${_id}.paminnelse.dag.2027-03-11`,
      ]);
    });

    it('take back a reminder that waits and says the old time', async () => {
      await one();
      await look(week);
      await move('2027-02-11T09:00:00Z', minutesAfter(week, 1));
      await look(minutesAfter(week, 2));
      expect(await LetterModel.countDocuments({ kind: 'reminder', state: 'dropped' })).to.equal(1);
      expect(await owed({ kind: 'reminder', state: 'queued' })).to.deep.equal([]);
    });

    it('do not remind at once of what people have just been told', async () => {
      await one();
      // The week before the new day has begun when it is moved.
      await move('2027-02-12T08:00:00Z', minutesAfter('2027-02-05T08:00:00Z', 30));
      await look(minutesAfter('2027-02-05T08:00:00Z', 31));
      expect(await owed({ kind: 'reminder' })).to.deep.equal([]);
    });

    it('never go once it is cancelled', async () => {
      await one({ present: true });
      await change({ state: 'cancelled' });
      for (const moment of [week, day, link, after]) await look(moment);
      expect(await owed()).to.deep.equal([]);
    });
  });

  describe('where the service stood still', () => {
    it('go afterwards while they are of use', async () => {
      const { email } = await one();
      await look('2027-02-03T08:00:00Z');
      await look('2027-02-08T12:00:00Z');
      expect(await owed()).to.deep.equal([`reminder ${email}`]);
      expect(await missed()).to.deep.equal([]);
    });

    it('are noted as missed once they are of no use, and the next goes alone', async () => {
      const { email } = await one({ present: true });
      await look('2027-02-03T08:00:00Z');
      await look('2027-02-10T10:00:00Z');
      expect(await owed()).to.deep.equal([`reminder ${email}`]);
      expect(await missed()).to.deep.equal([{ step: 'week-before', dueAt: new Date(week) }]);
      await look('2027-02-10T10:01:00Z');
      expect(await missed()).to.have.length(1);
      await look('2027-03-20T10:00:00Z');
      expect(await missed()).to.deep.include({ step: 'thanks', dueAt: new Date(after) });
      expect(await owed()).to.have.length(1);
    });

    it('are not missed by an event that nobody was to hear of, nor by a service that is new', async () => {
      await look('2027-02-03T08:00:00Z');
      await look('2027-02-10T10:00:00Z');
      expect(await missed()).to.deep.equal([]);
      await one();
      await look('2027-02-20T10:00:00Z');
      expect(await missed()).to.deep.equal([]);
    });

    it('do not remind of what has begun when the mail server comes back', async () => {
      await one();
      await look(day);
      await look(event.start);
      expect(await LetterModel.countDocuments({ kind: 'reminder', state: 'dropped' })).to.equal(1);
      expect(await LetterModel.countDocuments({ dueAt: { $exists: true } })).to.equal(0);
    });
  });

  describe('written by several, or interrupted', () => {
    const many = 1100;
    beforeEach(async () => {
      const { _id: _first, ...like } = await one();
      const rows = Array.from({ length: many - 1 }, (_, index) => ({
        ...like,
        _id: new Types.ObjectId(),
        email: `m${index}@example.se`,
        uid: `m${index}@example.se`,
      }));
      await RegistrationModel.insertMany(rows, { lean: true });
    });
    const addresses = async () => (await LetterModel.distinct('to.address', { kind: 'reminder' })).length;

    it('are one for each of a thousand, by two workers at once', async () => {
      await Promise.all([look(week), look(week)]);
      expect(await LetterModel.countDocuments({ kind: 'reminder' })).to.equal(many);
      expect(await addresses()).to.equal(many);
    });

    it('go on where they stopped after a crash in the middle', async () => {
      // The letter of one in the middle exists already: the second batch fails as a whole.
      const [, ...rest] = await RegistrationModel.find().sort({ _id: 1 }).lean();
      const victim = rest[700];
      if (!victim) throw new Error('Nobody is there');
      const before = await one();
      await look(week);
      const reminder = await LetterModel.findOne({ registration: before._id }).orFail().lean();
      await LetterModel.deleteMany({});
      await RegistrationModel.updateMany({}, { $unset: { planned: 1 } });
      const key = `${victim._id}.paminnelse.vecka.2027-02-11`;
      await LetterModel.insertMany([{ ...reminder, _id: new Types.ObjectId(), key }], { lean: true });
      await look(minutesAfter(week, 1));
      expect(await LetterModel.countDocuments()).to.equal(501);
      await LetterModel.deleteOne({ key });
      await look(minutesAfter(week, 2));
      expect(await addresses()).to.equal(many + 1);
      expect(await LetterModel.countDocuments()).to.equal(many + 1);
    });
  });
});
