import { expect } from 'chai';
import { findAuthority } from '../../src/authorities/authority.ts';
import { databaseClient } from '../../src/base/database.ts';
import { initiatives } from '../../src/migrations/010-initiatives.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { anAuthority, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

describe('The migration of initiatives', () => {
  useDatabase();
  withoutLog();

  it('makes a setting of what was a constant for Östergötland, and leaves what is set', async () => {
    const { initiative } = await anAuthority();
    const changed = { ...initiative, name: 'Vår egen' };
    await anAuthority({ _id: '04' });
    const { client, dbName } = databaseClient();
    const authorities = client.db(dbName).collection<{ _id: string }>('authorities');
    await authorities.updateMany({}, { $unset: { initiative: '' } });
    await authorities.insertOne({ _id: '03', ...{ name: 'En annan', initiative: changed } });
    await migrate([initiatives], () => monday);
    expect((await findAuthority('05'))?.initiative).to.deep.equal(initiative);
    expect((await findAuthority('04'))?.initiative).to.equal(null);
    expect((await findAuthority('03'))?.initiative?.name).to.equal('Vår egen');
  });
});
