import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { crashRound, nothing } from '../outside/crash.ts';
import { temporaryDirectory } from '../temporary.ts';

describe('kill -9 while many write', () => {
  const directory = temporaryDirectory();
  const acknowledged = nothing();
  after(() => rmSync(directory, { recursive: true }));

  for (let round = 1; round <= 3; round++) {
    it(`loses nothing acknowledged and leaves nothing half (round ${round})`, async () => {
      const outcome = await crashRound(directory, round, acknowledged);
      expect(outcome).to.deep.equal({ lost: 0, half: 0, missingIncrements: 0, faults: [] });
      for (const keys of Object.values(acknowledged)) expect(keys).to.have.length.at.least(round);
    });
  }
});
