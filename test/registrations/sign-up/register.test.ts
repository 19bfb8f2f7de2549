import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import { AuthorityModel } from '../../../src/authorities/authority.ts';
import type { Context } from '../../../src/base/context.ts';
import { midnightAfter } from '../../../src/base/dates.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { type Person, RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

describe('register', () => {
  useDatabase();
  beforeEach(async () => {
    await anAuthority();
  });

  const signUp = (context: Context, event: Event, facts: Partial<Person> = {}, leave = {}) =>
    register(context, event._id, aPerson(facts), leave);

  const lettersTo = async (event: Event) =>
    (await LetterModel.find({ event: event._id }).sort({ createdAt: 1 }).lean()).map(({ kind }) => kind);

  const taken = async (event: Event) => (await EventModel.findById(event._id).orFail().lean()).taken;

  it('takes the seat and writes registration, letter and log entry', async () => {
    const event = await anEvent();
    const result = await signUp(visitorAt(monday), event);
    expect(result).to.have.nested.property('registration.status', 'confirmed');
    expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 0 });
    const row = await RegistrationModel.findOne({ event: event._id }).orFail().lean();
    expect(row).to.include({ ...aPerson(), authority: '05', sequence: 0, present: null });
    expect(row.uid).to.match(/^[0-9a-f-]{36}@example\.se$/);
    const letter = await LetterModel.findOne({ event: event._id }).orFail().lean();
    expect(letter).to.include({ kind: 'confirmation', state: 'queued', calendar: 'REQUEST', language: 'sv' });
    expect(letter.to).to.deep.equal({ name: '', address: 'asa.oberg@example.se' });
    const line = await AuditModel.findOne({ event: event._id }).orFail().lean();
    expect(line).to.include({ action: 'registration.made', about: event.title });
    expect(line.by).to.equal(undefined);
  });

  it('writes nothing at all where one part cannot be written', async () => {
    const event = await anEvent();
    // The county board is read for the letter, after seat, registration and audit entry are written.
    await AuthorityModel.deleteMany();
    const failed = await register(visitorAt(monday), event._id, aPerson()).catch(({ name }: Error) => name);
    expect(failed).to.equal('DocumentNotFoundError');
    expect(await taken(event)).to.deep.equal({ plats: 0, digitalt: 0 });
    expect(await RegistrationModel.countDocuments({ event: event._id })).to.equal(0);
    expect(await lettersTo(event)).to.deep.equal([]);
    expect(await AuditModel.countDocuments({ event: event._id })).to.equal(0);
  });

  describe('the deadline', () => {
    const days = [
      { lastDay: '2027-01-31', midnight: '2027-01-31T23:00:00.000Z', start: '2027-02-11T08:00:00Z' },
      { lastDay: '2027-03-28', midnight: '2027-03-28T22:00:00.000Z', start: '2027-04-11T07:00:00Z' },
      { lastDay: '2027-10-31', midnight: '2027-10-31T23:00:00.000Z', start: '2027-11-11T08:00:00Z' },
    ];
    for (const { lastDay, midnight, start } of days) {
      it(`is the midnight in Stockholm after ${lastDay}, to the millisecond`, async () => {
        const closesAt = midnightAfter(lastDay) as Date;
        expect(closesAt.toISOString()).to.equal(midnight);
        const times = { closesAt, start: new Date(start), end: new Date(Date.parse(start) + 3600_000) };
        const event = await anEvent(times);
        const last = await signUp(visitorAt(new Date(+closesAt - 1)), event);
        expect(last).to.have.property('before', false);
        const late = await signUp(visitorAt(closesAt), event, { email: 'sen@example.se' });
        expect(late).to.have.property('refused', 'closed');
        expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 0 });
      });
    }

    it('cannot outlast the start of the event', async () => {
      const event = await anEvent({ closesAt: new Date('2027-02-11T23:00:00Z') });
      expect(await signUp(visitorAt('2027-02-11T08:00:00Z'), event)).to.have.property('refused', 'closed');
    });
  });

  it('refuses with the reason, and writes nothing', async () => {
    const cases: [string, Partial<Event>][] = [
      ['draft', { state: 'draft' }],
      ['cancelled', { state: 'cancelled' }],
      ['upcoming', { opensAt: new Date(+monday + 1) }],
      ['past', { end: monday, start: new Date(+monday - 3600_000) }],
      ['full', { seats: { plats: 3, digitalt: null }, taken: { plats: 3, digitalt: 0 } }],
      ['full', { seats: { plats: 3, digitalt: 3 }, taken: { plats: 3, digitalt: 3 } }],
      ['full', { seats: { plats: 0, digitalt: null } }],
    ];
    for (const [refused, facts] of cases) {
      const event = await anEvent(facts);
      expect(await signUp(visitorAt(monday), event), refused).to.have.property('refused', refused);
      expect(await RegistrationModel.countDocuments({ event: event._id })).to.equal(0);
      expect(await lettersTo(event)).to.deep.equal([]);
      expect(await taken(event)).to.deep.equal(event.taken);
    }
  });

  it('opens at the very moment of opensAt', async () => {
    const event = await anEvent({ opensAt: monday });
    expect(await signUp(visitorAt(monday), event)).to.have.property('before', false);
  });

  it('never fills more seats than there are, and the counter equals the rows', async () => {
    const event = await anEvent({ seats: { plats: 7, digitalt: null } });
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        signUp(visitorAt(monday), event, { email: `person${n}@example.se` }),
      ),
    );
    expect(results.filter((result) => 'registration' in result)).to.have.length(7);
    expect(results.filter((result) => 'refused' in result && result.refused === 'full')).to.have.length(33);
    expect(await taken(event)).to.deep.equal({ plats: 7, digitalt: 0 });
    expect(await RegistrationModel.countDocuments({ event: event._id })).to.equal(7);
    expect(await lettersTo(event)).to.have.length(7);
  });

  it('leaves the other way open where one is full', async () => {
    const event = await anEvent({ seats: { plats: 1, digitalt: 1 }, taken: { plats: 1, digitalt: 0 } });
    expect(await signUp(visitorAt(monday), event, { mode: 'digitalt' })).to.have.property('before', false);
  });

  describe('an address that is registered already (K3)', () => {
    const later = (minutes: number) => new Date(+monday + minutes * 60_000);

    it('gives one registration and one confirmation for many clicks at once', async () => {
      const event = await anEvent();
      const results = await Promise.all(Array.from({ length: 8 }, () => signUp(visitorAt(monday), event)));
      const ids = new Set(
        results.map((result) => 'registration' in result && String(result.registration._id)),
      );
      expect(ids.size).to.equal(1);
      expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 0 });
      expect(await lettersTo(event)).to.deep.equal(['confirmation']);
    });

    it('takes the same post within ten minutes for a second click', async () => {
      const event = await anEvent();
      await signUp(visitorAt(monday), event);
      expect(await signUp(visitorAt(later(9)), event)).to.have.property('before', true);
      expect(await lettersTo(event)).to.deep.equal(['confirmation']);
    });

    it('gets a letter that says so, at most one an hour, and changes nothing', async () => {
      const event = await anEvent();
      await signUp(visitorAt(monday), event);
      const other = { givenName: 'Någon', organisation: 'En annan' };
      for (const minute of [1, 30, 60]) await signUp(visitorAt(later(minute)), event, other);
      expect(await lettersTo(event)).to.deep.equal(['confirmation', 'already-registered']);
      await signUp(visitorAt(later(61)), event, other);
      expect(await lettersTo(event)).to.deep.equal([
        'confirmation',
        'already-registered',
        'already-registered',
      ]);
      const row = await RegistrationModel.findOne({ event: event._id }).orFail().lean();
      expect(row).to.include({ givenName: 'Åsa', organisation: 'Linköpings kommun', sequence: 0 });
      expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 0 });
    });

    it('gets the letter also for the same post after ten minutes', async () => {
      const event = await anEvent();
      await signUp(visitorAt(monday), event);
      await signUp(visitorAt(later(10)), event);
      expect(await lettersTo(event)).to.deep.equal(['confirmation', 'already-registered']);
    });

    it('gets the answer that a new one would get, and then no letter', async () => {
      const event = await anEvent({ seats: { plats: 1, digitalt: null } });
      await signUp(visitorAt(monday), event);
      const other = { organisation: 'En annan' };
      expect(await signUp(visitorAt(later(1)), event, other)).to.have.property('refused', 'full');
      const afterwards = visitorAt(event.closesAt);
      expect(await signUp(afterwards, event, other)).to.have.property('refused', 'closed');
      expect(await lettersTo(event)).to.deep.equal(['confirmation']);
    });

    it('may sign up again after cancelling, as a new registration with a calendar entry of its own', async () => {
      const event = await anEvent();
      await signUp(visitorAt(monday), event);
      await RegistrationModel.updateOne({ event: event._id }, { $set: { status: 'cancelled' } });
      expect(await signUp(visitorAt(later(1)), event)).to.have.property('before', false);
      const rows = await RegistrationModel.find({ event: event._id }).lean();
      expect(new Set(rows.map(({ uid }) => uid)).size).to.equal(2);
      expect(await lettersTo(event)).to.deep.equal(['confirmation', 'confirmation']);
    });

    it('gets an answer also where another process cancels it at that moment', async () => {
      const event = await anEvent();
      const cancelled = { $set: { status: 'cancelled' } } as const;
      for (let round = 0; round < 25; round += 1) {
        await signUp(visitorAt(monday), event);
        const answers = await Promise.all([
          signUp(visitorAt(later(round)), event, { mode: 'digitalt' }),
          // As another process does: without waiting for its turn here.
          setTimeout(round / 5).then(() => RegistrationModel.updateMany({ event: event._id }, cancelled)),
        ]);
        expect(answers[0]).to.have.property('registration');
        await RegistrationModel.updateMany({ event: event._id }, cancelled);
      }
    });

    it('may sign up to another event', async () => {
      const [one, another] = [await anEvent(), await anEvent()];
      await signUp(visitorAt(monday), one);
      expect(await signUp(visitorAt(monday), another)).to.have.property('before', false);
    });
  });

  describe("an organiser's leave", () => {
    const late = '2027-02-05T10:00:00Z';

    it('is needed past the deadline and past the seats', async () => {
      const event = await anEvent({ seats: { plats: 1, digitalt: null }, taken: { plats: 1, digitalt: 0 } });
      expect(await signUp(organiserAt(late), event)).to.have.property('refused', 'closed');
      const half = await signUp(organiserAt(late), event, {}, { late: true });
      expect(half).to.have.property('refused');
      const whole = await signUp(organiserAt(late), event, {}, { late: true, beyondSeats: true });
      expect(whole).to.have.property('before', false);
      expect(await taken(event)).to.deep.equal({ plats: 2, digitalt: 0 });
      expect(await lettersTo(event)).to.deep.equal(['confirmation']);
      const line = await AuditModel.findOne({ event: event._id }).orFail().lean();
      expect(line.by).to.equal('Maja Lindgren');
    });

    it('opens no draft, no cancelled event and no way that is not offered', async () => {
      const all = { late: true, beyondSeats: true };
      const cases: [string, Partial<Event>][] = [
        ['draft', { state: 'draft' }],
        ['cancelled', { state: 'cancelled' }],
        ['full', { seats: { plats: 0, digitalt: null } }],
      ];
      for (const [refused, facts] of cases) {
        const event = await anEvent(facts);
        expect(await signUp(organiserAt(monday), event, {}, all)).to.have.property('refused', refused);
      }
    });

    it('sends no invitation for what has ended', async () => {
      const event = await anEvent();
      expect(await signUp(organiserAt(event.end), event, {}, { late: true })).to.have.property(
        'before',
        false,
      );
      expect(await lettersTo(event)).to.deep.equal([]);
      const other = await anEvent();
      await signUp(organiserAt(new Date(+other.end - 1)), other, {}, { late: true });
      expect(await lettersTo(other)).to.deep.equal(['confirmation']);
    });

    it('sends no letter about an address that is registered already', async () => {
      const event = await anEvent();
      await signUp(organiserAt(monday), event);
      const again = await signUp(organiserAt(monday), event, { organisation: 'En annan' });
      expect(again).to.have.property('before', true);
      expect(await lettersTo(event)).to.deep.equal(['confirmation']);
    });
  });

  it('keeps the letter in a service without SMTP_URL', async () => {
    const event = await anEvent();
    await signUp(visitorAt(monday, { smtpUrl: undefined }), event);
    const letter = await LetterModel.findOne({ event: event._id }).orFail().lean();
    expect(letter).to.include({ state: 'kept' });
    expect(letter.dueAt).to.equal(undefined);
  });

  it('fails loudly for an event that does not exist', async () => {
    const failed = await register(visitorAt(monday), new Types.ObjectId(), aPerson()).catch(
      ({ name }: Error) => name,
    );
    expect(failed).to.equal('DocumentNotFoundError');
  });
});
