import { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { paths } from '../../../src/base/paths.ts';
import { aForm } from '../../support/builders.ts';
import { type Application, startApplication } from '../application.ts';
import { makeData, writeEvent } from '../data.ts';
import { ask, figure, inTurns, median, quantile } from '../measure.ts';
import { inFolder } from '../processes.ts';
import { visitor } from '../service.ts';

/** So many come within three seconds. */
const people = 300;
const within = 3_000;

/** Q1: what the slowest twentieth of 300 visitors waits who come within three seconds, against a visitor who is alone. */
export async function rush(): Promise<void> {
  await inFolder(async (folder) => {
    let slug = '';
    await makeData(folder, async (place) => {
      slug = (await writeEvent(place, 'Rusning', 30)).slug;
    });
    const app = await startApplication(folder);
    for (let number = 0; number < 50; number += 1) await visit(app, slug);
    const [many, alone] = await inTurns(
      () => together(app, slug),
      () => oneByOne(app, slug),
    );
    await app.stop();
    const about = '300 visitors within 3 s: p95 of a whole visit, against the median of a visit alone';
    figure('Q1', about, [many, alone], { unit: 'ms', aim: '<= 2.5' });
  });
}

async function together(app: Application, slug: string): Promise<number> {
  const visits = Array.from({ length: people }, async (_, number) => {
    await setTimeout((number * within) / people);
    return visit(app, slug);
  });
  return quantile(await Promise.all(visits), 0.95);
}

async function oneByOne(app: Application, slug: string): Promise<number> {
  const taken: number[] = [];
  for (let number = 0; number < 30; number += 1) taken.push(await visit(app, slug));
  return median(taken);
}

let visitors = 0;

/** The event's page, the form, the thanks, over a connection of one's own. @returns how long it took, in milliseconds */
async function visit({ url }: Application, slug: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { 'accept-encoding': 'gzip' };
  const body = new URLSearchParams(aForm(visitor(visitors++))).toString();
  const start = performance.now();
  await ask(url + paths.event(slug), { agent, headers });
  const posted = await ask(url + paths.signUp(slug), { agent, headers, method: 'POST', body });
  if (posted.status !== 303) throw new Error(`A sign-up was answered with ${posted.status}.`);
  await ask(url + posted.headers.location, { agent, headers });
  agent.destroy();
  return performance.now() - start;
}
