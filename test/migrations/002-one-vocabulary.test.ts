import { expect } from 'chai';
import { type Db, ObjectId } from 'mongodb';
import { AuditModel } from '../../src/audit/log.ts';
import { databaseClient } from '../../src/base/database.ts';
import { EventModel } from '../../src/events/event.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { anEvent, aRegistration, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

describe('What was stored under other names', () => {
  useDatabase();
  withoutLog();
  let database: Db;

  beforeEach(() => {
    const { client, dbName } = databaseClient();
    database = client.db(dbName);
  });

  it('has one name after it, and nothing of it is lost', async () => {
    const event = await anEvent();
    const { _id } = await aRegistration(event, { status: 'waiting' });
    const entry = { _id: new ObjectId(), at: monday, authority: '05', about: event.title };
    await database.collection('events').updateOne({ _id: event._id }, { $set: { lastQueuedAt: monday } });
    await database
      .collection('registrations')
      .updateOne(
        { _id },
        { $set: { wishes: ['digitalt'], queuedAt: monday }, $unset: { waitsFor: 1, waitingSince: 1 } },
      );
    await database
      .collection('letters')
      .insertOne({ key: 'one', facts: { wishes: ['plats'], start: monday } });
    await database.collection('journal').insertOne({ ...entry, deed: 'event.changed' });

    await migrate(allMigrations, () => monday);

    expect(await EventModel.findById(event._id).lean()).to.deep.include({ lastWaitingSince: monday });
    const registration = await RegistrationModel.findById(_id).lean();
    expect(registration).to.deep.include({ waitsFor: ['digitalt'], waitingSince: monday });
    expect(registration).to.not.have.any.keys('wishes', 'queuedAt');
    const letter = await LetterModel.findOne({ key: 'one' }).lean();
    expect(letter?.facts).to.deep.equal({ waitsFor: ['plats'], start: monday });
    expect(await AuditModel.find().lean()).to.deep.equal([
      { ...entry, action: 'event.changed', unsealed: true },
    ]);
    expect(await database.listCollections({ name: 'journal' }).toArray()).to.deep.equal([]);
  });
});
