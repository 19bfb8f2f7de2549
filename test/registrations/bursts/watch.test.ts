import { expect } from 'chai';
import type { Event } from '../../../src/events/event.ts';
import { tellOfBursts } from '../../../src/letters/plan/tell-bursts.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { BurstModel } from '../../../src/registrations/bursts/burst.ts';
import { OriginModel } from '../../../src/registrations/bursts/origin.ts';
import { networkHash, usual } from '../../../src/registrations/bursts/watch.ts';
import { registerColleagues } from '../../../src/registrations/sign-up/colleagues.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';
import { anOrganiser } from '../../support/requests/sign-in.ts';

describe('Unusual speed of sign-ups', () => {
  useDatabase();
  let event: Event;
  let number = 0;
  beforeEach(async () => {
    await anAuthority();
    event = await anEvent({ seats: { plats: null, digitalt: null } });
    await anOrganiser();
    await anOrganiser({ name: 'Karin Ekdal', email: 'karin.ekdal@example.se' });
  });

  const at = (seconds: number) => new Date(+monday + 1000 * seconds);
  const visitor = (now: Date, network?: string) => ({
    ...visitorAt(now),
    by: { ...(network && { network }) },
  });
  const aNewPerson = () => aPerson({ email: `ny${++number}@example.se` });
  /** So many sign up, a second between them. */
  const come = async (count: number, { to = event, from = 0, network = '', context = visitor } = {}) => {
    for (let index = 0; index < count; index += 1)
      await register(context(at(from + index), network || undefined), to._id, aNewPerson());
  };
  const letters = async () => {
    const rows = await LetterModel.find({ kind: 'unusual-speed' }).sort({ 'to.address': 1 }).lean();
    return rows.map(({ to }) => to.address);
  };

  it('is noticed with the 21st in ten minutes, and each organiser gets one letter of it', async () => {
    await come(usual);
    await tellOfBursts(visitorAt(at(30)));
    expect([await BurstModel.countDocuments(), await letters()]).to.deep.equal([0, []]);
    await come(5, { from: usual });
    await tellOfBursts(visitorAt(at(60)));
    await come(5, { from: 90 });
    await tellOfBursts(visitorAt(at(120)));
    expect(await letters()).to.deep.equal(['karin.ekdal@example.se', 'maja.lindgren@example.se']);
    const burst = await BurstModel.findOne().orFail().lean();
    expect(burst).to.deep.include({ event: event._id, startedAt: monday, lastAt: at(94), authority: '05' });
  });

  it('is told by letters that name their organisers, whose addresses are known, and that no cap holds', async () => {
    const limited = { ...visitorAt(at(60)), settings: { ...visitorAt(monday).settings, rateLimit: true } };
    await come(usual + 1);
    await tellOfBursts(limited);
    const rows = await LetterModel.find({ kind: 'unusual-speed' }).sort({ 'to.address': 1 }).lean();
    expect(rows.map(({ to, mailbox, state }) => [to.name, mailbox, state])).to.deep.equal([
      ['Karin Ekdal', undefined, 'queued'],
      ['Maja Lindgren', undefined, 'queued'],
    ]);
  });

  it('is another burst, with another letter, after an hour without it', async () => {
    await come(usual + 1);
    await tellOfBursts(visitorAt(at(60)));
    await come(usual + 1, { from: 2 * 3600 });
    await tellOfBursts(visitorAt(at(3 * 3600)));
    expect(await BurstModel.countDocuments()).to.equal(2);
    expect(await letters()).to.have.length(4);
  });

  it('is no speed if it takes longer than ten minutes', async () => {
    for (let index = 0; index <= 2 * usual; index += 1)
      await register(visitor(at(index * 30)), event._id, aNewPerson());
    expect(await BurstModel.countDocuments()).to.equal(0);
  });

  it('is expected in the first hour of sign-up, and of no interest if organisers enter people', async () => {
    const published = await anEvent({ publishedAt: new Date(+monday - 1800_000) });
    const opened = await anEvent({ seats: event.seats, opensAt: new Date(+monday - 1800_000) });
    await come(usual + 1, { to: published });
    await come(usual + 1, { to: opened });
    await come(usual + 1, { context: (now) => organiserAt(now) as never });
    expect(await BurstModel.countDocuments()).to.equal(0);
    await come(usual + 1, { to: opened, from: 1900 });
    expect(await BurstModel.find().distinct('event')).to.deep.equal([opened._id]);
  });

  it('counts those of one network over all events, and colleagues as people', async () => {
    const other = await anEvent();
    await come(11, { network: 'same' });
    await come(5, { to: other, network: 'else' });
    expect(await BurstModel.countDocuments()).to.equal(0);
    const people = Array.from({ length: 10 }, aNewPerson);
    const [registrar = aNewPerson()] = people;
    await registerColleagues(visitor(at(60), 'same'), other._id, { registrar, people });
    const bursts = await BurstModel.find().lean();
    const same = networkHash('same', visitor(monday).settings);
    expect(bursts.map((one) => [String(one.event), one.network])).to.have.deep.members([
      [String(event._id), same],
      [String(other._id), same],
    ]);
  });

  it('of one network at several events lasts at each of them until the last that came to it', async () => {
    const other = await anEvent({ seats: event.seats });
    await come(usual, { network: 'same' });
    await come(5, { to: other, network: 'same', from: 30 });
    await come(5, { network: 'same', from: 60 });
    const bursts = await BurstModel.find().sort({ lastAt: 1 }).lean();
    expect(bursts.map((one) => [String(one.event), one.lastAt])).to.deep.equal([
      [String(other._id), at(34)],
      [String(event._id), at(64)],
    ]);
  });

  it('is forgotten by the database itself after three days, and the network is never kept with the registration', async () => {
    await come(1, { network: 'same' });
    const indexes = [...(await OriginModel.collection.indexes()), ...(await BurstModel.collection.indexes())];
    const expiring = indexes.filter(({ expireAfterSeconds }) => expireAfterSeconds === 72 * 3600);
    expect(expiring.map(({ key }) => key)).to.deep.equal([{ at: 1 }, { lastAt: 1 }]);
  });
});
