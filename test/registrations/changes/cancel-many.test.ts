import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { cancelMany } from '../../../src/registrations/changes/cancel-many.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { findOwn, ownData } from '../../../src/registrations/personal/opened.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

describe('many registrations cancelled at once', () => {
  useDatabase();
  let event: Event;
  let seated: Registration[];
  let waiting: Registration[];
  const maja = organiserAt(monday);

  beforeEach(async () => {
    await anAuthority();
    event = await anEvent({ seats: { plats: 3, digitalt: 0 } });
    seated = [];
    waiting = [];
    for (const number of [1, 2, 3])
      seated.push(await aRegistration(event, { email: `plats${number}@example.se` }));
    for (const number of [1, 2, 3])
      waiting.push(
        await aRegistration(event, {
          ...{ email: `ko${number}@example.se`, status: 'waiting', waitsFor: ['plats'] },
          waitingSince: new Date(+monday + number),
        }),
      );
  });

  const idsOf = (people: Registration[]) => people.map(({ _id }) => _id);
  const statuses = async () => {
    const rows = await RegistrationModel.find().sort({ email: 1 }).lean();
    return rows.map(({ email, status }) => `${email.split('@')[0]} ${status}`);
  };
  const letters = async () => {
    const rows = await LetterModel.find().sort({ 'to.address': 1 }).lean();
    return rows.map(({ to, kind }) => `${to.address.split('@')[0]} ${kind}`);
  };
  const counts = async () => {
    const { taken, waiting: queue } = await EventModel.findById(event._id).orFail().lean();
    return [taken.plats, queue.plats];
  };

  it('gives their seats to those who wait, tells each of them, and is one entry of the log', async () => {
    const people = idsOf([...seated.slice(0, 2), ...waiting.slice(0, 1)]);
    const result = await cancelMany(maja, event._id, { people, isTold: true });
    expect(result)
      .to.have.property('promoted')
      .that.deep.equals(idsOf(waiting.slice(1)));
    expect(await statuses()).to.deep.equal([
      ...['ko1 cancelled', 'ko2 confirmed', 'ko3 confirmed'],
      ...['plats1 cancelled', 'plats2 cancelled', 'plats3 confirmed'],
    ]);
    expect(await counts()).to.deep.equal([3, 0]);
    expect(await letters()).to.deep.equal([
      ...['ko1 left-waiting-list', 'ko2 promoted', 'ko3 promoted'],
      ...['plats1 cancelled', 'plats2 cancelled'],
    ]);
    const log = await AuditModel.find({ action: /cancel/ }).lean();
    expect(log).to.have.length(1);
    expect(log[0]).to.deep.include({ by: 'Maja Lindgren', about: `${event.title} (3 personer)` });
    expect(log[0]?.registrations).to.have.deep.members(people);
  });

  it('tells nobody but those who get the seats, where the organiser wants no letters', async () => {
    const owed = { registration: seated[0]?._id, event: event._id, 'facts.uid': seated[0]?.uid };
    await LetterModel.collection.insertOne({
      ...{ ...owed, _id: new Types.ObjectId(), key: 'waits', state: 'queued', calendar: 'REQUEST' },
      ...{ kind: 'confirmation', to: { address: 'plats1@example.se' }, facts: { uid: seated[0]?.uid } },
    });
    await cancelMany(maja, event._id, { people: idsOf(seated), isTold: false });
    expect(await letters()).to.deep.equal([
      ...['ko1 promoted', 'ko2 promoted', 'ko3 promoted', 'plats1 confirmation'],
    ]);
    // An invitation that has not left never does.
    expect(await LetterModel.findOne({ key: 'waits' }).lean()).to.have.property('state', 'dropped');
    const entry = await AuditModel.findOne({ action: 'registration.cancelledMany' }).orFail().lean();
    expect(entry.about).to.equal(`${event.title} (3 personer, utan mejl)`);
  });

  it('changes nothing if one of them is cancelled already, or belongs to another event', async () => {
    const other = await aRegistration(await anEvent(), { email: 'annan@example.se' });
    const gone = await aRegistration(event, { email: 'borta@example.se', status: 'cancelled' });
    const before = await statuses();
    for (const stale of [other._id, gone._id, new Types.ObjectId()]) {
      const people = [...idsOf(seated), stale];
      expect(await cancelMany(maja, event._id, { people, isTold: true })).to.deep.equal({ refused: 'stale' });
    }
    expect(await statuses()).to.deep.equal(before);
    expect([await counts(), await letters(), await AuditModel.countDocuments()]).to.deep.equal([
      [3, 3],
      [],
      0,
    ]);
  });

  it('is refused when the event has ended or is cancelled', async () => {
    const people = idsOf(seated);
    const after = organiserAt(event.end);
    expect(await cancelMany(after, event._id, { people, isTold: true })).to.deep.equal({ refused: 'over' });
    await EventModel.updateOne({ _id: event._id }, { state: 'cancelled' });
    expect(await cancelMany(maja, event._id, { people, isTold: true })).to.deep.equal({
      refused: 'cancelled',
    });
  });

  it('takes 500 and gives their seats on, and no more in one transaction', async () => {
    const big = await anEvent({ seats: { plats: 500, digitalt: 0 } });
    const { _id: _none, ...like } = seated[0] as Registration;
    const many = Array.from({ length: 500 }, (_, number) => ({
      ...{
        ...like,
        _id: new Types.ObjectId(),
        event: big._id,
        uid: `u${number}`,
        email: `m${number}@example.se`,
      },
    }));
    await RegistrationModel.insertMany(many, { lean: true });
    await EventModel.updateOne({ _id: big._id }, { 'taken.plats': 500 });
    const people = idsOf(many as Registration[]);
    const all = [...people, new Types.ObjectId()];
    const error = await cancelMany(maja, big._id, { people: all, isTold: false }).catch((thrown) => thrown);
    expect(error).to.be.instanceOf(RangeError);
    expect(await cancelMany(maja, big._id, { people, isTold: false }))
      .to.have.property('cancelled')
      .with.length(500);
    expect((await EventModel.findById(big._id).orFail().lean()).taken.plats).to.equal(0);
  });

  it("stands in each person's own data", async () => {
    const [one] = seated as [Registration];
    await cancelMany(maja, event._id, { people: [one._id], isTold: true });
    const own = await findOwn(tokenOf(one, maja.settings.secret), maja.settings);
    if (!own) throw new Error('The link opens nothing');
    expect((await ownData(own)).log.map(({ what }) => what)).to.deep.equal([
      `avbokade ett urval av deltagarna i ${event.title} (1 person)`,
    ]);
  });
});
