import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openStore } from '../../../src/store/open.ts';
import { temporaryDirectory } from '../temporary.ts';
import type { Result } from './conformance.ts';

/** The port that Konsti's tests write into their addresses. */
const konstiPort = 47233;

/** The address that connect-mongo's tests hold, with a name and a password that the embedded database does not know. */
const connectMongoAddress = 'mongodb://root:example@127.0.0.1:27017';

type VitestReport = {
  testResults: {
    name: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
};

/**
 * Runs the server tests of Konsti (con2/konsti), which sign people up for conventions, on an embedded database of their
 * own instead of the MongoDB that they download.
 * @param checkout with its dependencies installed (its `yarn install --mode=skip-build`)
 */
export async function runKonsti(checkout: string): Promise<Result[]> {
  const folder = temporaryDirectory();
  const store = await openStore({ dataDir: join(folder, 'data'), port: konstiPort });
  const [server, config, report] = [join(checkout, 'server'), join(folder, 'c.mjs'), join(folder, 'r.json')];
  writeFileSync(
    config,
    `import theirs from ${JSON.stringify(join(server, 'vitest.config.ts'))};
     export default { ...theirs, root: ${JSON.stringify(server)}, test: { ...theirs.test, globalSetup: [] } };`,
  );
  const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
  const reporter = ['--reporter=json', `--outputFile=${report}`];
  await run([vitest, 'run', '--config', config, '--no-file-parallelism', ...reporter], server);
  await store.close();
  const { testResults }: VitestReport = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(folder, { recursive: true });
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status, failureMessages }) => ({
      file: relative(checkout, name).replace('server/', 'konsti/'),
      name: fullName,
      outcome: status === 'passed' || status === 'failed' ? status : 'skipped',
      reason: failureMessages[0] ?? 'by the file itself',
    })),
  );
}

/**
 * Runs the tests of connect-mongo against the database at `uri`, in a copy whose addresses name it.
 * @param checkout with its dependencies installed (`npm ci --ignore-scripts`)
 */
export async function runConnectMongo(checkout: string, uri: string): Promise<Result[]> {
  const folder = temporaryDirectory();
  for (const name of ['package.json', 'tsconfig.json', 'ava.config.mjs', 'src', 'test-fixtures'])
    cpSync(join(checkout, name), join(folder, name), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'));
  for (const file of [
    'lib/MongoStore.spec.ts',
    'test/integration.spec.ts',
    'test/testHelper.ts',
    'test/upgrade-compat.spec.ts',
  ]) {
    const path = join(folder, 'src', file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(connectMongoAddress, uri));
  }
  const ava = join(checkout, 'node_modules/ava/entrypoints/cli.mjs');
  const tap = await run([ava, '--tap', '--serial'], folder);
  rmSync(folder, { recursive: true });
  return Array.from(tap.matchAll(/^(ok|not ok) \d+ - (.*)$/gm), ([, outcome, name = '']) => ({
    file: 'connect-mongo',
    name,
    outcome: / # SKIP/i.test(name) ? 'skipped' : outcome === 'ok' ? 'passed' : 'failed',
    reason: name,
  }));
}

/** Runs one of their programs in its folder to the end. @returns what it printed */
async function run(command: string[], cwd: string): Promise<string> {
  const child = spawn(process.execPath, command, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    printed += part;
  });
  await once(child, 'close');
  return printed;
}
