import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { paths } from '../../../src/base/paths.ts';
import { type Application, startApplication } from '../application.ts';
import { makeData, writeEvent } from '../data.ts';
import { figure, median, rate, rounds } from '../measure.ts';
import { inFolder } from '../processes.ts';
import { post } from './sign-ups.ts';

/** Q8: the memory of the process ten seconds after 10,000 sign-ups over HTTP, against that after its start. */
export async function memory(): Promise<void> {
  const measured: [after: number, before: number][] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await inFolder(measure));
  const [after, before] = [median(measured.map(([one]) => one)), median(measured.map(([, other]) => other))];
  const about = 'memory 10 s after 10,000 sign-ups over HTTP, against after the start';
  figure('Q8', about, [after, before], { unit: 'MB', aim: '<= 1.25' });
}

async function measure(folder: string): Promise<[after: number, before: number]> {
  const slugs: string[] = [];
  await makeData(folder, async (place) => {
    for (let number = 0; number < 32; number += 1)
      slugs.push((await writeEvent(place, `Dag ${number}`, 30)).slug);
  });
  const app = await startApplication(folder);
  await setTimeout(10_000);
  const before = megabytes(app);
  await rate(10_000, 16, (number) => post(app.url + paths.signUp(slugs[number % 32] ?? '')));
  await setTimeout(10_000);
  const after = megabytes(app);
  await app.stop();
  return [after, before];
}

/** What the process holds of the machine's memory (resident set size). */
function megabytes({ pid }: Application): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
