import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BSON, type Document, MongoClient } from 'mongodb';
import type { Result } from './conformance.ts';
import { type FailingServer, failInFrontOf } from './fail-points.ts';
import { Unsupported } from './unified-match.ts';
import { runTest } from './unified-test.ts';

const SUITES = [
  'crud',
  'transactions',
  'transactions-convenient-api',
  'retryable-writes',
  'retryable-reads',
  'sessions',
];

/** Runs the drivers' unified tests (a checkout of mongodb/specifications) with the driver against the database at `uri`. */
export async function runSpecifications(checkout: string, uri: string): Promise<Result[]> {
  const source = join(checkout, 'source');
  const server = await failInFrontOf(uri);
  const setUp = await new MongoClient(uri).connect();
  const { version } = await setUp.db().command({ buildInfo: 1 });
  const results: Result[] = [];
  for (const suite of SUITES) {
    const folder = join(source, suite, 'tests');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.json'),
    );
    for (const file of files.toSorted()) {
      const content: Document = BSON.EJSON.parse(readFileSync(join(folder, file), 'utf8'), { relaxed: true });
      for (const test of content.tests) {
        const known = { file: relative(source, join(folder, file)), name: test.description };
        const unmet = unmetBy(version, content) ?? unmetBy(version, test) ?? test.skipReason;
        const result = unmet ? skipped(unmet) : await attempt(content, test, server, setUp);
        results.push({ ...known, ...result });
      }
    }
  }
  await setUp.close();
  server.close();
  return results;
}

/** Failures of the driver, which has the words of the command itself, and what differs from this version of the specifications. */
const DRIVERS: [RegExp, string][] = [
  [/_id with type null via (insertOne|insertMany|bulkWrite): /, 'the driver replaces an _id of null'],
  [/command\.writeConcern: wtimeout is not expected/, 'the driver adds wtimeout to a commit that it repeats'],
  [
    /command\.bypassDocumentValidation: false expected/,
    'the driver leaves out bypassDocumentValidation: false',
  ],
];

function driversReason(wrong: string): string | undefined {
  return DRIVERS.find(([pattern]) => pattern.test(wrong))?.[1];
}

type Verdict = Pick<Result, 'outcome' | 'reason'>;

function skipped(reason: string): Verdict {
  return { outcome: 'skipped', reason };
}

async function attempt(
  content: Document,
  test: Document,
  server: FailingServer,
  setUp: MongoClient,
): Promise<Verdict> {
  try {
    await runTest(content, test, server, setUp);
    return { outcome: 'passed' };
  } catch (error) {
    if (error instanceof Unsupported) return skipped(`the runner does not know ${error.message}`);
    const { message } = error as Error;
    // all that is wrong must be the driver's
    const reasons = message.split('\n').map((line) => driversReason(`${test.description}: ${line}`));
    return reasons.includes(undefined) ? { outcome: 'failed', reason: message } : skipped(reasons[0] ?? '');
  } finally {
    server.configure({ mode: 'off' });
  }
}

/** Why a file or a test is not meant for this server; undefined where it is. */
function unmetBy(version: string, { runOnRequirements }: Document): string | undefined {
  const reasons: (string | undefined)[] = (runOnRequirements ?? [{}]).map(
    ({
      minServerVersion = '0',
      maxServerVersion = '99',
      topologies = ['replicaset'],
      auth,
      serverless,
    }: Document) => {
      if (older(version, minServerVersion)) return `for servers from ${minServerVersion}`;
      if (older(maxServerVersion, version)) return `for servers up to ${maxServerVersion}`;
      if (!topologies.includes('replicaset')) return `for ${topologies.join(', ')}`;
      if (auth) return 'needs authentication';
      return serverless === 'require' ? 'for serverless' : undefined;
    },
  );
  return reasons.includes(undefined) ? undefined : reasons[0];
}

function older(a: string, b: string): boolean {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  for (const [i, part] of (y ?? []).entries()) if ((x?.[i] ?? 0) !== part) return (x?.[i] ?? 0) < part;
  return false;
}
