import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { temporaryDirectory } from '../temporary.ts';
import type { Result } from './conformance.ts';

/** Files about what the embedded database leaves out, and why. */
const LEFT_OUT: Record<string, string> = {
  'test/geojson.test.js': 'geo',
  'test/model.watch.test.js': 'change streams',
  'test/encryptedSchema.test.js': 'encryption',
  'test/shard.test.js': 'needs a sharded cluster',
  'test/sharding.test.js': 'needs a sharded cluster',
};

/** Single tests about what is left out, by what their errors say. */
const OUTSIDE: [RegExp, string][] = [
  [/geo|\$near|\b2d\b|2dsphere|\$within|legacy coordinates|polygon/i, 'geo'],
  [/change stream|watch\(|\$changeStream/i, 'change streams'],
  [/\$text|text search|text index|text score|^text is not supported/i, 'text search'],
  [/time ?series/i, 'time series'],
];

type Run = { fullTitle: string; file: string; err: { message?: string } };

/** Runs mongoose's own test suite (a checkout with its test dependencies installed) against the database at `uri`. */
export async function runMongoose(checkout: string, uri: string): Promise<Result[]> {
  const mocha = createRequire(join(checkout, 'package.json')).resolve('mocha/bin/mocha.js');
  const folder = temporaryDirectory();
  const report = join(folder, 'report.json');
  const child = spawn(
    process.execPath,
    [
      ...[mocha, '--no-config', '--no-package', '--exit', '--timeout', '30000'],
      ...['--reporter', 'json', '--reporter-option', `output=${report}`],
      ...Object.keys(LEFT_OUT).flatMap((file) => ['--ignore', file]),
      ...['test/*.test.js', 'test/docs/*.test.js', 'test/helpers/*.test.js', 'test/types/*.test.js'],
    ],
    {
      cwd: checkout,
      env: { ...process.env, MONGOOSE_TEST_URI: uri, MONGOOSE_REPLSET_URI: uri, START_REPLICA_SET: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  await once(child, 'exit');
  const { passes, failures, pending }: Record<string, Run[]> = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(folder, { recursive: true });
  const of = (runs: Run[] = [], toResult: (run: Run) => Pick<Result, 'outcome' | 'reason'>) =>
    runs.map((run) => ({ file: relative(checkout, run.file), name: run.fullTitle, ...toResult(run) }));
  return [
    ...of(passes, () => ({ outcome: 'passed' })),
    ...of(failures, ({ err }) => judged(err.message ?? '')),
    ...of(pending, () => ({ outcome: 'skipped', reason: 'by the file itself' })),
    ...Object.entries(LEFT_OUT).map(([file, reason]) => ({
      file,
      name: file,
      outcome: 'skipped' as const,
      reason,
    })),
  ];
}

function judged(message: string): Pick<Result, 'outcome' | 'reason'> {
  const outside = OUTSIDE.find(([pattern]) => pattern.test(message));
  return outside ? { outcome: 'skipped', reason: outside[1] } : { outcome: 'failed', reason: message };
}
