import { expect } from 'chai';
import { databaseClient } from '../../src/base/database.ts';
import { secondsToWait } from '../../src/limits/limit.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

const noon = '2027-01-11T11:00:00Z';
const limit = { name: 'a test', most: 5, minutes: 5 };
const ask = (of = '203.0.113.7', now = noon, rateLimit = true) =>
  secondsToWait(visitorAt(now, { rateLimit }), limit, of);
const rows = () => {
  const { client, dbName } = databaseClient();
  return client.db(dbName).collection('limits');
};

describe('A limit', () => {
  useDatabase();

  it('takes exactly so many of those who come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask()));
    expect(answers.filter((seconds) => seconds === 0)).to.have.length(5);
    expect(await ask()).to.equal(300);
    expect(await ask('203.0.113.7', '2027-01-11T11:05:00Z')).to.equal(0);
  });

  it('counts each for itself, and nobody where limits are off', async () => {
    for (let time = 0; time < 5; time += 1) await ask();
    expect([await ask(), await ask('203.0.113.8'), await ask('203.0.113.7', noon, false)]).to.deep.equal([
      300, 0, 0,
    ]);
  });

  it('keeps a keyed hash for as long as it counts, and nothing that tells whose it is', async () => {
    await ask();
    const [row] = await rows().find().toArray();
    expect(row?.endsAt).to.deep.equal(new Date('2027-01-11T11:05:00Z'));
    expect(JSON.stringify(row)).not.to.contain('203.0.113.7');
    const indexes = await rows().indexes();
    expect(indexes.find(({ key }) => key.endsAt)?.expireAfterSeconds).to.equal(0);
  });
});
