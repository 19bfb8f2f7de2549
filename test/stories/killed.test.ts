import { expect } from 'chai';
import { disconnectDatabase } from '../../src/base/database.ts';
import { Killing } from '../support/race/kill.ts';

describe('An application that is killed in the middle of its work', function () {
  this.timeout(120_000);
  let killing: Killing;

  before(async () => {
    await disconnectDatabase();
    killing = await Killing.begin();
  });
  after(() => killing?.close());

  it('has everything that it acknowledged, once, and nothing half', async () => {
    for (const milliseconds of [100, 700]) await killing.round(milliseconds);
    await killing.finish();
    expect(await killing.faults()).to.deep.equal([]);
  });

  it('would be found out if it had lost anything', async () => {
    const { signedUp, marked, reported } = killing.acknowledged;
    signedUp.push('nobody@example.se');
    marked.push('0'.repeat(24));
    reported.push(['nobody@example.se']);
    expect(await killing.faults()).to.have.length(3);
  });
});
