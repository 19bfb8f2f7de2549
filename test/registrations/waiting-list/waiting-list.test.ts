import { expect } from 'chai';
import type { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel, type Mode } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { cancelEvent } from '../../../src/registrations/changes/cancel-event.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import { changeEvent } from '../../../src/registrations/changes/change-event.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import type { Options } from '../../../src/registrations/sign-up/admission.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { giveSeat } from '../../../src/registrations/waiting-list/promote.ts';
import { closeDueLists, positionsOf } from '../../../src/registrations/waiting-list/waiting-list.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

describe('The waiting list', () => {
  let minute = 0;

  useDatabase();
  beforeEach(async () => {
    await anAuthority();
    minute = 0;
  });

  /** Everybody signs up a minute after the one before. */
  const next = () => {
    minute += 1;
    return visitorAt(new Date(+monday + minute * 60_000));
  };
  const organiser = () => organiserAt(next().now);

  const signUp = async (
    event: Event,
    name: string,
    ways: Mode[] = ['plats'],
    leave: Options = { wait: true },
  ) => {
    const [mode = 'plats'] = ways;
    const person = aPerson({ givenName: name, email: `${name.toLowerCase()}@example.se`, mode });
    return register(next(), event._id, person, { modes: ways, ...leave });
  };

  const idOf = async (name: string): Promise<Types.ObjectId> =>
    (await RegistrationModel.findOne({ givenName: name }).sort({ createdAt: -1 }).orFail().lean())._id;
  const one = async (name: string): Promise<Registration> =>
    RegistrationModel.findById(await idOf(name))
      .orFail()
      .lean<Registration>();
  const read = async ({ _id }: Event) => EventModel.findById(_id).orFail().lean<Event>();

  /** Everybody's state: the way of a seat, or the numbers in the queues. */
  const states = async (event: Event) => {
    const rows = await RegistrationModel.find({ event: event._id })
      .sort({ createdAt: 1 })
      .lean<Registration[]>();
    const words = await Promise.all(
      rows.map(async (row) => {
        if (row.status !== 'waiting') return row.status === 'confirmed' ? row.mode : 'cancelled';
        return (await positionsOf(row)).map(({ mode, number }) => `${mode} ${number}`).join(', ');
      }),
    );
    return Object.fromEntries(rows.map((row, index) => [row.givenName, words[index]]));
  };

  const lettersTo = async (name: string) =>
    (
      await LetterModel.find({ registration: await idOf(name) })
        .sort({ createdAt: 1, _id: 1 })
        .lean()
    ).map(({ kind, calendar }) => (calendar ? `${kind} ${calendar}` : kind));

  const seats = (plats: number | null, digitalt: number | null = 0) => ({ seats: { plats, digitalt } });

  it('takes who asks for it when the seats are gone, with a number and no invitation (R19)', async () => {
    const event = await anEvent(seats(1));
    expect(await signUp(event, 'Ada')).to.have.property('waits', false);
    expect(await signUp(event, 'Bo', ['plats'], {})).to.have.property('refused', 'full');
    expect(await signUp(event, 'Bo')).to.have.property('waits', true);
    await signUp(event, 'Cai');
    expect(await states(event)).to.deep.equal({ Ada: 'plats', Bo: 'plats 1', Cai: 'plats 2' });
    expect(await read(event)).to.deep.include({
      taken: { plats: 1, digitalt: 0 },
      waiting: { plats: 2, digitalt: 0 },
    });
    expect(await lettersTo('Cai')).to.deep.equal(['waiting-list']);
    const letter = await LetterModel.findOne({ registration: await idOf('Cai') })
      .orFail()
      .lean();
    expect((letter.facts as LetterFacts).queue).to.deep.equal([{ mode: 'plats', number: 2 }]);
    expect(await AuditModel.countDocuments({ action: 'registration.queued' })).to.equal(2);
  });

  it('takes nobody who might have a seat, and none where there is no limit', async () => {
    const event = await anEvent(seats(1, null));
    await signUp(event, 'Ada');
    expect(await signUp(event, 'Bo', ['plats', 'digitalt'])).to.have.property('waits', false);
    expect(await states(event)).to.deep.equal({ Ada: 'plats', Bo: 'digitalt' });
  });

  it('gives a seat that is cancelled to the first, with the first invitation (R40)', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo', 'Cai']) await signUp(event, name);
    await cancelRegistration(next(), await idOf('Ada'));
    expect(await states(event)).to.deep.equal({ Ada: 'cancelled', Bo: 'plats', Cai: 'plats 1' });
    expect(await lettersTo('Bo')).to.deep.equal(['waiting-list', 'promoted REQUEST']);
    expect(await one('Bo')).to.deep.include({ sequence: 0, waitsFor: [], waitingSince: null });
    expect(await read(event)).to.deep.include({
      taken: { plats: 1, digitalt: 0 },
      waiting: { plats: 1, digitalt: 0 },
    });
  });

  it('lets no newcomer pass, also where a seat is free and the list has stopped', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo']) await signUp(event, name);
    await EventModel.updateOne({ _id: event._id }, { $set: { 'seats.plats': 2 } });
    expect(await signUp(event, 'Cai', ['plats'], {})).to.have.property('refused', 'full');
    expect(await signUp(event, 'Cai')).to.have.property('waits', true);
  });

  it('leaves a free seat in the other way to a newcomer', async () => {
    const event = await anEvent(seats(1, 1));
    for (const name of ['Ada', 'Bo']) await signUp(event, name);
    expect(await signUp(event, 'Cai', ['digitalt'])).to.have.property('waits', false);
    expect(await states(event)).to.deep.equal({ Ada: 'plats', Bo: 'plats 1', Cai: 'digitalt' });
  });

  it('takes who would attend either way out of both queues (N7)', async () => {
    const event = await anEvent(seats(1, 1));
    await signUp(event, 'Ada');
    await signUp(event, 'Bo', ['digitalt']);
    await signUp(event, 'Cai', ['plats', 'digitalt']);
    await signUp(event, 'Dan', ['digitalt']);
    expect(await states(event)).to.include({ Cai: 'plats 1, digitalt 1', Dan: 'digitalt 2' });
    await cancelRegistration(next(), await idOf('Bo'));
    expect(await states(event)).to.include({ Cai: 'digitalt', Dan: 'digitalt 1' });
    expect((await read(event)).waiting).to.deep.equal({ plats: 0, digitalt: 1 });
  });

  it('moves when somebody changes the way, and when there are more seats or no limit', async () => {
    const event = await anEvent(seats(1, 3));
    for (const name of ['Ada', 'Bo', 'Cai', 'Dan', 'Eva']) await signUp(event, name);
    const ada = await one('Ada');
    await changeRegistration(next(), ada._id, { ...ada, mode: 'digitalt' });
    expect(await states(event)).to.include({ Ada: 'digitalt', Bo: 'plats', Cai: 'plats 1' });
    const more = async (plats: number | null) => {
      const before = await read(event);
      const seen = { version: before.version, letters: true };
      return changeEvent(organiser(), event._id, seen, {
        ...before,
        seats: { plats, digitalt: 3 },
      });
    };
    await more(2);
    expect(await states(event)).to.include({ Cai: 'plats', Dan: 'plats 1' });
    await more(null);
    expect(await states(event)).to.include({ Dan: 'plats', Eva: 'plats' });
    expect(await lettersTo('Eva')).to.deep.equal(['waiting-list', 'promoted REQUEST']);
  });

  it('keeps the place through changes, and gives a seat at once where the new wish has one', async () => {
    const event = await anEvent(seats(1, 5));
    for (const name of ['Ada', 'Bo', 'Cai']) await signUp(event, name);
    const bo = await one('Bo');
    await changeRegistration(next(), bo._id, { ...bo, familyName: 'Ny', modes: ['plats'] });
    expect(await states(event)).to.include({ Bo: 'plats 1', Cai: 'plats 2' });
    const changed = await changeRegistration(next(), bo._id, {
      ...bo,
      modes: ['plats', 'digitalt'],
    });
    expect(changed).to.have.property('registration').that.includes({ status: 'confirmed', mode: 'digitalt' });
    expect(await states(event)).to.include({ Bo: 'digitalt', Cai: 'plats 1' });
    expect(await lettersTo('Bo')).to.deep.equal(['waiting-list', 'promoted REQUEST']);
  });

  it('is left without a calendar object, and nobody is promoted by it', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo', 'Cai']) await signUp(event, name);
    await cancelRegistration(next(), await idOf('Bo'));
    expect(await states(event)).to.deep.equal({ Ada: 'plats', Bo: 'cancelled', Cai: 'plats 1' });
    expect(await lettersTo('Bo')).to.deep.equal(['waiting-list', 'left-waiting-list']);
    expect(await read(event)).to.deep.include({ taken: { plats: 1, digitalt: 0 } });
  });

  it('stops a day before the start, and then tells those who wait, once', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo']) await signUp(event, name);
    const end = new Date(+event.start - 24 * 3600_000);
    await closeDueLists(visitorAt(new Date(+end - 1)));
    expect(await states(event)).to.include({ Bo: 'plats 1' });
    await cancelRegistration(visitorAt(end), await idOf('Ada'));
    expect(await states(event), 'no seat after the list has closed').to.include({ Bo: 'plats 1' });
    await closeDueLists(visitorAt(end));
    await closeDueLists(visitorAt(end));
    expect(await states(event)).to.include({ Bo: 'cancelled' });
    expect(await lettersTo('Bo')).to.deep.equal(['waiting-list', 'no-seat']);
    expect((await read(event)).waiting).to.deep.equal({ plats: 0, digitalt: 0 });
  });

  it('counts what is free of all ways, not of the first', async () => {
    const event = await anEvent(seats(1, 1));
    await signUp(event, 'Ada');
    await signUp(event, 'Bo', ['digitalt']);
    for (const name of ['Cai', 'Dan', 'Eva']) await signUp(event, name, ['plats', 'digitalt']);
    await signUp(event, 'Fia', ['digitalt']);
    const before = await read(event);
    const more = { ...before, seats: { plats: 2, digitalt: 4 } };
    await changeEvent(organiser(), event._id, { version: before.version, letters: true }, more);
    expect(await states(event)).to.include({
      Cai: 'plats',
      Dan: 'digitalt',
      Eva: 'digitalt',
      Fia: 'digitalt',
    });
  });

  describe('fewer seats than people (F4)', () => {
    const fewer = async (event: Event, plats: number, unseated?: Types.ObjectId[]) => {
      const before = await read(event);
      const seen = { version: before.version, letters: false, unseated };
      return changeEvent(organiser(), event._id, seen, {
        ...before,
        seats: { plats, digitalt: 0 },
      });
    };

    it('throw nobody out: the organiser decides, by name', async () => {
      const event = await anEvent(seats(3));
      for (const name of ['Ada', 'Bo', 'Cai', 'Dan']) await signUp(event, name);
      expect(await fewer(event, 1)).to.deep.include({ refused: 'tooFewSeats', modes: ['plats'] });
      expect(await read(event)).to.deep.include({ version: 1, seats: { plats: 3, digitalt: 0 } });
      await fewer(event, 1, [await idOf('Bo')]);
      expect(await states(event)).to.deep.equal({
        Ada: 'plats',
        Bo: 'plats 1',
        Cai: 'plats',
        Dan: 'plats 2',
      });
      expect(await lettersTo('Ada')).to.deep.equal(['confirmation REQUEST']);
    });

    it('take the entry out of the calendar of who goes to the list; a later seat is a new entry (R38)', async () => {
      const event = await anEvent(seats(2));
      for (const name of ['Ada', 'Bo']) await signUp(event, name);
      const before = await one('Bo');
      await LetterModel.updateMany({}, { $set: { state: 'sent' } });
      await fewer(event, 1, [before._id]);
      await cancelRegistration(next(), await idOf('Ada'));
      expect(await lettersTo('Bo')).to.deep.equal([
        'confirmation REQUEST',
        'moved-to-waiting-list CANCEL',
        'promoted REQUEST',
      ]);
      const letters = await LetterModel.find({ registration: before._id })
        .sort({ createdAt: 1, _id: 1 })
        .lean();
      const [first, gone, again] = letters.map(({ facts }) => facts as LetterFacts);
      expect(gone).to.deep.include({ uid: first?.uid, sequence: 1, queue: [{ mode: 'plats', number: 1 }] });
      expect(again?.uid).not.to.equal(first?.uid);
    });

    it('move no more people than seats are lacking', async () => {
      const event = await anEvent(seats(2));
      for (const name of ['Ada', 'Bo']) await signUp(event, name);
      const both = [await idOf('Ada'), await idOf('Bo')];
      expect(await fewer(event, 1, both)).to.have.property('refused', 'tooFewSeats');
    });

    it('close the queue of a way that is no longer offered', async () => {
      const event = await anEvent(seats(1, 1));
      await signUp(event, 'Ada');
      await signUp(event, 'Bo', ['digitalt']);
      await signUp(event, 'Cai', ['digitalt']);
      await signUp(event, 'Dan', ['digitalt', 'plats']);
      await fewer(event, 1, []);
      expect(await states(event)).to.deep.equal({
        Ada: 'plats',
        Bo: 'digitalt',
        Cai: 'cancelled',
        Dan: 'plats 1',
      });
      expect(await lettersTo('Cai')).to.deep.equal(['waiting-list', 'no-seat']);
    });
  });

  it('lets an organiser give a seat past the queue', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo', 'Cai']) await signUp(event, name);
    await giveSeat(organiser(), await idOf('Cai'), 'plats');
    expect(await states(event)).to.include({ Bo: 'plats 1', Cai: 'plats' });
    await cancelRegistration(next(), await idOf('Ada'));
    expect(await states(event), 'there is still one too many').to.include({ Bo: 'plats 1' });
  });

  it('hears of a move and of a cancellation in plain letters (R35, R36)', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo']) await signUp(event, name);
    const before = await read(event);
    const later = {
      ...before,
      start: new Date(+before.start + 3600_000),
      end: new Date(+before.end + 3600_000),
    };
    await changeEvent(organiser(), event._id, { version: 1, letters: true }, later);
    await cancelEvent(organiser(), event._id, 'Lokalen brann.');
    expect(await lettersTo('Bo')).to.deep.equal(['waiting-list', 'changed', 'cancelled-event']);
  });

  it('tells of a move and of the seat that comes with it in one letter', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo', 'Cai']) await signUp(event, name);
    const before = await read(event);
    const moved = { ...before, ...seats(2), start: new Date(+before.start + 3600_000) };
    await changeEvent(organiser(), event._id, { version: 1, letters: true }, moved);
    expect(await lettersTo('Bo')).to.deep.equal(['waiting-list', 'promoted REQUEST']);
    expect(await lettersTo('Cai')).to.deep.equal(['waiting-list', 'changed']);
    const { sequence } = await one('Bo');
    expect(sequence, 'the first invitation is to the new time').to.equal(0);
  });

  it('gives a new address of who waits the number, and the old one nothing', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo']) await signUp(event, name);
    const bo = await one('Bo');
    await changeRegistration(organiser(), bo._id, { ...bo, email: 'ny@example.se' });
    const letters = await LetterModel.find({ registration: bo._id }).sort({ createdAt: 1 }).lean();
    expect(letters.map(({ kind, to }) => `${kind} ${to.address}`)).to.deep.equal([
      'waiting-list bo@example.se',
      'waiting-list ny@example.se',
    ]);
  });

  it('answers an address that is registered as it would answer a new one (K3)', async () => {
    const event = await anEvent(seats(1));
    for (const name of ['Ada', 'Bo']) await signUp(event, name);
    minute += 30;
    for (const name of ['Ada', 'Bo'])
      expect(await signUp(event, name)).to.include({ before: true, waits: true });
    expect(await lettersTo('Bo')).to.deep.equal(['waiting-list', 'already-registered']);
    expect((await read(event)).waiting).to.deep.equal({ plats: 1, digitalt: 0 });
  });
});
