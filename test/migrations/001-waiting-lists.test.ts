import { expect } from 'chai';
import { type Db, ObjectId } from 'mongodb';
import { databaseClient } from '../../src/base/database.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';
import { eventBeforeWaitingLists, registrationBeforeWaitingLists } from './earlier-versions.ts';

describe('Events and registrations from before there were waiting lists', () => {
  useDatabase();
  withoutLog();
  let database: Db;
  const event = eventBeforeWaitingLists(new ObjectId());

  beforeEach(async () => {
    const { client, dbName } = databaseClient();
    database = client.db(dbName);
    await database.collection('events').insertOne({ ...event });
    const registration = registrationBeforeWaitingLists(event._id, 'tidig@example.se');
    await database.collection('registrations').insertOne(registration);
  });

  it('are then like others: a seat is given, and whoever comes after the last waits', async () => {
    await migrate(allMigrations, () => monday);
    expect(await EventModel.findById(event._id).lean()).to.deep.include({
      waiting: { plats: 0, digitalt: 0 },
      queueHours: 24,
    });
    const old = await RegistrationModel.findOne({ email: 'tidig@example.se' }).lean();
    expect(old).to.deep.include({ waitsFor: [], waitingSince: null });

    await anAuthority();
    const signUp = (email: string) =>
      register(visitorAt(monday), event._id, aPerson({ email }), { wait: true });
    expect(await signUp('ny@example.se')).to.include({ waits: false });
    expect(await signUp('sist@example.se')).to.include({ waits: true });
  });

  it('leave what has a waiting list as it is', async () => {
    const later = await anEvent({ queueHours: 3 });
    const waiting = await aRegistration(later, {
      status: 'waiting',
      waitsFor: ['plats'],
      waitingSince: monday,
    });
    const asItWas = { $rename: { waitsFor: 'wishes', waitingSince: 'queuedAt' } };
    await database.collection('registrations').updateOne({ _id: waiting._id }, asItWas);
    await migrate(allMigrations, () => monday);
    const kept = await EventModel.findById(later._id).orFail().lean<Event>();
    expect(kept).to.deep.include({ waiting: { plats: 1, digitalt: 0 }, queueHours: 3 });
    expect(await RegistrationModel.findById(waiting._id).lean()).to.deep.equal(waiting);
  });
});
