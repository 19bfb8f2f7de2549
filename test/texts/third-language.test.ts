import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const folder = join(import.meta.dirname, 'third-language');

describe('A third language', () => {
  it('is one file and one line: pages, letters, the database and the office follow', async () => {
    const hook = String(pathToFileURL(join(folder, 'add-line.ts')));
    const { code, report } = await run(['--import', hook, mocha, join(folder, 'checks.ts')]);
    expect(report).to.include('5 passed, 0 failed, 0 skipped');
    expect(code, report).to.equal(0);
  });
});

function run(args: string[]): Promise<{ code: number; report: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_error, out, problems) => {
      resolve({ code: child.exitCode ?? 1, report: out + problems });
    });
  });
}
