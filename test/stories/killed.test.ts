import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { useDatabase } from '../support/database.ts';
import { faultsIn } from '../support/race/kept.ts';

const program = join(import.meta.dirname, '../support/race/kill.ts');

describe('An application that is killed in the middle of its work', () => {
  useDatabase();

  it('has everything that it acknowledged, once, and nothing half', async () => {
    const flags = ['--disable-warning=ExperimentalWarning'];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, '2']);
    expect(stdout).to.match(/^[1-9]\d* sign-ups, [1-9]\d* marks, [1-9]\d* reports acknowledged\n$/);
  });

  it('would be found out if it had lost anything', async () => {
    const lost = { signedUp: ['a@example.se'], marked: ['0'.repeat(24)], reported: [['b@example.se']] };
    expect(await faultsIn(lost, [])).to.deep.equal([
      'a@example.se signed up and is not there.',
      '000000000000000000000000 was marked and is not.',
      'b@example.se was in a saved report and is not marked.',
    ]);
  });
});
