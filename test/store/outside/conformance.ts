import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../../src/store/open.ts';
import { temporaryDirectory } from '../temporary.ts';
import { runConnectMongo, runKonsti } from './foreign-suites.ts';
import { runMongoose } from './mongoose-suite.ts';
import { runSpecifications } from './specifications.ts';

/** What became of one test of others. */
export type Result = {
  file: string;
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  reason?: string;
};

/** Whose tests there are, by the option that names their checkout. */
const suites: Record<string, (checkout: string, uri: string) => Promise<Result[]>> = {
  specifications: runSpecifications,
  mongoose: runMongoose,
  'connect-mongo': runConnectMongo,
  konsti: runKonsti,
};

/** `npm run conformance -- --mongoose DIR …`: others' tests of MongoDB against the embedded database. */
if (import.meta.main) {
  const options = Object.fromEntries(Object.keys(suites).map((name) => [name, { type: 'string' as const }]));
  const checkouts = Object.entries(parseArgs({ options }).values);
  const directory = temporaryDirectory();
  const store = await openStore({ dataDir: directory, port: 0 });
  for (const [name, checkout] of checkouts)
    print((await suites[name]?.(resolve(String(checkout)), store.uri)) ?? []);
  if (checkouts.length === 0)
    process.stdout.write(
      `Say where the checkouts are: ${Object.keys(suites)
        .map((name) => `--${name} DIR`)
        .join(', ')}\n`,
    );
  await store.close();
  rmSync(directory, { recursive: true });
}

/** A line for each file, below it why tests failed or were skipped, and the sums. */
function print(results: Result[]): void {
  const files = Map.groupBy(results, ({ file }) => file);
  for (const [file, some] of files) {
    process.stdout.write(`${file}: ${sums(some)}\n`);
    const reasons = Map.groupBy(
      some.filter(({ outcome }) => outcome !== 'passed'),
      ({ outcome, reason, name }) =>
        outcome === 'failed' ? `failed: ${name}: ${firstLine(reason)}` : `skipped: ${firstLine(reason)}`,
    );
    for (const [reason, { length }] of reasons) process.stdout.write(`  ${length} ${reason}\n`);
  }
  const folders = Map.groupBy(results, ({ file }) => file.split('/')[0] ?? '');
  for (const [suite, some] of folders) process.stdout.write(`TOTAL ${suite}: ${sums(some)}\n`);
}

function firstLine(text = ''): string {
  return text.split('\n')[0]?.slice(0, 160) ?? '';
}

function sums(results: Result[]): string {
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const share = ((100 * passed) / Math.max(1, passed + failed)).toFixed(1);
  return `${passed} passed, ${failed} failed, ${skipped} skipped (${share} %)`;
}
