import { expect } from 'chai';
import { AuditModel } from '../../src/audit/log.ts';
import { checkChain, sealLog } from '../../src/audit/seal.ts';
import { databaseClient } from '../../src/base/database.ts';
import { sealedLog } from '../../src/migrations/012-sealed-log.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

describe('A log from before it was sealed', () => {
  useDatabase();
  withoutLog();

  it('is sealed whole, the oldest entry first', async () => {
    const { client, dbName } = databaseClient();
    const line = { authority: '05', action: 'event.changed', about: 'Dag', fields: ['title'] };
    const minutes = [3, 1, 2];
    await client
      .db(dbName)
      .collection('audit')
      .insertMany(minutes.map((minute) => ({ ...line, at: new Date(+monday + minute * 60_000) })));
    await migrate([sealedLog], () => monday);
    await sealLog();
    expect(await checkChain('05'))
      .to.include({ entries: 3 })
      .and.not.have.property('broken');
    const rows = await AuditModel.find().sort({ 'seal.number': 1 }).lean();
    expect(rows.map(({ at }) => (+at - +monday) / 60_000)).to.deep.equal([1, 2, 3]);
  });
});
