import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

/**
 * Every run of the tests has a temporary folder that no other program writes into, also for the processes that it
 * starts. Mocha loads this file before any test (.mocharc.json). What is left in the folder at the end fails the run.
 */
const folder = mkdtempSync(join(tmpdir(), 'boostdagar-'));
process.env.TMPDIR = folder;
// Programs that tests start need not compile again what another has compiled; npm would keep that in the temporary folder.
process.env.NODE_COMPILE_CACHE = join(import.meta.dirname, '../../../node_modules/.cache/compiled');
enableCompileCache(process.env.NODE_COMPILE_CACHE);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

export const mochaHooks = {
  beforeAll(this: Mocha.Context) {
    // Added only now, when every file has been loaded, so that it runs after the files' own last hooks.
    this.test?.parent?.afterAll('the temporary folder is empty again', nothingIsLeft);
  },
};

function nothingIsLeft(): void {
  // A browser that is closed may leave memory that its processes shared, which it keeps in files here.
  const left = readdirSync(folder).filter((name) => !name.startsWith('.org.chromium.'));
  expect(left, 'left in the temporary folder').to.deep.equal([]);
}
