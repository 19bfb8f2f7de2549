import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { browserPath } from './support/browser/chromium.ts';

/**
 * `npm test`: runs all tests in several processes at a time, each with a database, a browser and a temporary folder of its
 * own. What a process prints is shown when it has ended, and the last line has the sums.
 */
// One more than there are processors, since tests often wait for clocks and for other programs.
const lanes = Math.min(availableParallelism(), 4) + 1;
const files = globSync('test/**/*.test.ts').toSorted();
// Several for each, so that none has long ended while another has much left.
const shares = Object.values(Object.groupBy(files, (file) => files.indexOf(file) % (4 * lanes)));
// Unpacked before any of the processes needs it.
await browserPath();
const ended: Awaited<ReturnType<typeof runTests>>[] = [];
await Promise.all(
  Array.from({ length: lanes }, async () => {
    for (let share = shares.shift(); share; share = shares.shift()) ended.push(await runTests(share));
  }),
);
const [passed, failed, skipped] = [0, 1, 2].map((at) =>
  ended.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = ended.every(({ status }) => status === 0) ? 0 : 1;

/** Runs these files one after the other. `counts`: passed, failed, skipped, as reporter.ts prints them. */
async function runTests(share: string[]): Promise<{ status: number | null; counts: number[] }> {
  const child = spawn('mocha', share, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => {
      printed += part;
    });
  const [status] = await once(child, 'close');
  process.stdout.write(printed);
  const sums = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(printed) ?? [];
  return { status, counts: sums.slice(1).map(Number) };
}
