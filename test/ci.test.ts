import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = join(import.meta.dirname, '../.ci/run');

/** Runs `.ci/run` with an npm whose given command fails, and whose tests print their counts. */
async function runFailingAt(command: string): Promise<{ status: number; lastLine: string | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), 'ci-'));
  const npm = `#!/bin/sh
[ "$*" = test ] && echo '7 passed, 0 failed, 1 skipped' && echo 'npm notice'
case "$*" in '${command}'*) exit 1 ;; esac
`;
  writeFileSync(join(folder, 'npm'), npm, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { stdout, code } = await promisify(execFile)(run, { env }).then(
    (answer) => ({ ...answer, code: 0 }),
    (error) => error,
  );
  rmSync(folder, { recursive: true });
  return { status: code, lastLine: stdout.trim().split('\n').at(-1) };
}

describe('.ci/run', () => {
  for (const [command, status] of Object.entries({ nothing: 0, ci: 1, 'run check': 1, test: 1 }))
    it(`ends with the counts, and with ${status} if ${command} fails`, async () => {
      expect(await runFailingAt(command)).to.deep.equal({
        status,
        lastLine: '7 passed, 0 failed, 1 skipped',
      });
    });
});
