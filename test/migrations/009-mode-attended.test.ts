import { expect } from 'chai';
import { type Db, ObjectId } from 'mongodb';
import { buildIndexes, databaseClient } from '../../src/base/database.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';
import { eventBeforeWaitingLists, registrationBeforeWaitingLists } from './earlier-versions.ts';

describe('The mode attended', () => {
  useDatabase();
  withoutLog();
  let db: Db;
  const event = eventBeforeWaitingLists(new ObjectId());

  beforeEach(() => {
    const { client, dbName } = databaseClient();
    db = client.db(dbName);
  });

  it('is then the one signed up for, for those who came, and two people without an address stand beside each other', async () => {
    const old = (email: string, facts: object) => ({
      ...registrationBeforeWaitingLists(event._id, email),
      ...facts,
    });
    const registrations = db.collection('registrations');
    await registrations.insertMany([
      old('a@example.se', { present: true, mode: 'digitalt' }),
      old('b@example.se', { present: true }),
      old('c@example.se', { present: false }),
      old('d@example.se', {}),
    ]);
    await registrations.dropIndexes();
    await registrations.createIndex(
      { event: 1, email: 1 },
      {
        name: 'one active registration',
        unique: true,
        partialFilterExpression: { status: { $in: ['confirmed', 'waiting'] } },
      },
    );
    await migrate(allMigrations, () => monday);
    await buildIndexes();
    const rows = await registrations.find().sort({ email: 1 }).toArray();
    expect(rows.map(({ attendedMode }) => attendedMode)).to.deep.equal(['digitalt', 'plats', null, null]);
    await registrations.insertMany([old('', {}), old('', {})]);
    const again = await registrations.insertOne(old('a@example.se', {})).catch(({ code }) => code);
    expect(again).to.equal(11000);
  });

  it('comes with a mark on the events whose people have the meeting link itself', async () => {
    const other = { ...eventBeforeWaitingLists(new ObjectId()), meetingLink: 'https://moten.example.se/a' };
    await db.collection('events').insertMany([{ ...event }, other]);
    await migrate(allMigrations, () => monday);
    const marked = await db.collection('events').find({ linkIsOut: true }).toArray();
    expect(marked.map(({ _id }) => String(_id))).to.deep.equal([String(other._id)]);
  });
});
