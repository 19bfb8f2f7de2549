import { expect } from 'chai';
import type { Db } from 'mongodb';
import { Types } from 'mongoose';
import { databaseClient } from '../../src/base/database.ts';
import type { Event, SpeakerAnswers } from '../../src/events/event.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { SpeakerModel } from '../../src/speakers/entries/speaker.ts';
import { changeProgramme } from '../../src/speakers/programme.ts';
import { monday, ordinaryEvent } from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

const elin = { name: 'Elin Sandbäck', title: 'lektor', organisation: 'Norra Ekeby högskola', email: '' };
const withAddress = { ...elin, title: 'doktorand', email: 'elin@example.se' };
const per = { name: 'Per Ljung', title: '', organisation: '', email: 'per@example.se' };
const renamed = { ...per, name: 'Per Ljung-Ek', title: 'rektor' };

describe('Speakers typed before there was a register', () => {
  useDatabase();
  withoutLog();
  let db: Db;

  beforeEach(async () => {
    const { client, dbName } = databaseClient();
    db = client.db(dbName);
  });

  const eventWith = (year: number, speakers: SpeakerAnswers[], facts: Partial<Event> = {}): Event => {
    const session = { _id: new Types.ObjectId(), start: null, end: null, title: 'Samtal', description: '' };
    const start = new Date(`${year}-02-11T08:00:00Z`);
    return { ...ordinaryEvent(), start, sessions: [{ ...session, speakers }], ...facts };
  };
  const write = (events: Event[]) => db.collection('events').insertMany(events.map((one) => ({ ...one })));

  it('become one entry for each address, else for each name and organisation, as they were presented last', async () => {
    await write([
      eventWith(2025, [withAddress, per]),
      eventWith(2026, [{ ...elin, name: 'ELIN  SANDBACK' }, renamed]),
      eventWith(2026, [elin], { authority: '04' }),
    ]);
    await migrate(allMigrations, () => monday);
    const entries = await SpeakerModel.find({ authority: '05' }).sort({ name: 1 }).lean();
    expect(entries.map(({ name, title, email }) => [name, title, email])).to.deep.equal([
      ['ELIN  SANDBACK', 'lektor', 'elin@example.se'],
      ['Per Ljung-Ek', 'rektor', 'per@example.se'],
    ]);
    expect(await SpeakerModel.countDocuments({ authority: '04' })).to.equal(1);
    expect(entries[0]?.search).to.include.members(['elin', 'sandback', 'lektor', 'norra']);
    const events = await db.collection<Event>('events').find({ authority: '05' }).toArray();
    const linked = events.flatMap(({ sessions }) => sessions.flatMap(({ speakers }) => speakers));
    expect(linked.map(({ entry }) => String(entry)).toSorted()).to.deep.equal(
      entries.flatMap(({ _id }) => [String(_id), String(_id)]).toSorted(),
    );
  });

  it('are the same entries that typing them again finds, and a second run finds nothing to do', async () => {
    const event = eventWith(2027, [elin]);
    await write([event]);
    await migrate(allMigrations, () => monday);
    await db.collection('migrations').deleteOne({ name: 'register-of-speakers' });
    await migrate(allMigrations, () => monday);
    const typed = { ...event, sessions: event.sessions.map((one) => ({ ...one, speakers: [elin] })) };
    await changeProgramme(organiserAt(monday), event._id, async () => typed);
    expect(await SpeakerModel.countDocuments()).to.equal(1);
  });
});
