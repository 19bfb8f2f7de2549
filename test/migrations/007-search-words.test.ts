import { expect } from 'chai';
import { type Db, ObjectId } from 'mongodb';
import { databaseClient } from '../../src/base/database.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { listParticipants } from '../../src/registrations/participants/participants.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

describe('Registrations from before they had words to search for', () => {
  useDatabase();
  withoutLog();
  let database: Db;

  beforeEach(() => {
    const { client, dbName } = databaseClient();
    database = client.db(dbName);
  });

  it('get the words that a sign-up writes today, in batches, and are found by them', async () => {
    await anAuthority();
    const event = await anEvent();
    const one = await aRegistration(event, { givenName: 'Renée', email: 'r@xn--vxj-qla6g.se' });
    const other = await aRegistration(event, { municipality: 'annan', email: 'b@example.se' });
    const { search: _search, ...old } = { ...one, givenName: 'Ada' };
    const many = Array.from({ length: 1200 }, (_, n) => ({
      ...old,
      _id: new ObjectId(),
      email: `ada${n}@example.se`,
    }));
    await database.collection('registrations').updateMany({}, { $unset: { search: 1 } });
    await database.collection('registrations').insertMany(many);
    await migrate(allMigrations, () => monday);
    await migrate(allMigrations, () => monday);

    const searchOf = async ({ _id }: Registration) => (await RegistrationModel.findById(_id).lean())?.search;
    expect(await searchOf(one)).to.deep.equal(one.search);
    expect(await searchOf(other)).to.deep.equal(other.search);
    expect((await listParticipants(event._id, { q: 'renee växjö' }, 1)).total).to.equal(1);
    expect((await listParticipants(event._id, { q: 'ada' }, 1)).total).to.equal(1200);
  });
});
