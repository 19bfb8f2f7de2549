import { setTimeout } from 'node:timers/promises';
import { paths } from '../../../src/base/paths.ts';
import { type Application, startApplication } from '../application.ts';
import { makeData, writeEvent, writePeople, writeYears } from '../data.ts';
import { ask, figure, inTurns, quantile } from '../measure.ts';
import { inFolder } from '../processes.ts';

/** Q2: how long the event's page takes while an organiser opens the office's heaviest pages in turn, against alone. */
export async function waiting(): Promise<void> {
  await inFolder(async (folder) => {
    const addresses = { page: '', office: [''] };
    await makeData(folder, async (place) => {
      await writeYears(place, 500);
      const large = await writeEvent(place, 'Stor dag', 30);
      await writePeople(place, large, 5_000);
      const list = [paths.participants(large._id), paths.participantsCsv(large._id)];
      addresses.page = paths.event(large.slug);
      addresses.office = [`${paths.statistics()}?year=`, ...list, paths.office()];
    });
    const app = await startApplication(folder);
    const [beside, alone] = await inTurns(
      () => besideOrganiser(app, addresses),
      () => slowest(app, addresses.page),
    );
    await app.stop();
    const about =
      'p99 of the event page while statistics, 5,000 participants, their CSV and the office are opened';
    figure('Q2', `${about}, against alone`, [beside, alone], { unit: 'ms', aim: '<= 2' });
  });
}

/** The event's page asked for every ten milliseconds: the time below which 99 of 100 answers lie. */
async function slowest({ url }: Application, path: string): Promise<number> {
  const taken = Array.from({ length: 500 }, async (_, number) => {
    await setTimeout(number * 10);
    const start = performance.now();
    await ask(url + path);
    return performance.now() - start;
  });
  return quantile(await Promise.all(taken), 0.99);
}

type Addresses = { page: string; office: string[] };

async function besideOrganiser(app: Application, { page, office }: Addresses): Promise<number> {
  const over = new AbortController();
  const organiser = (async () => {
    for (let number = 0; !over.signal.aborted; number += 1) {
      const { status } = await ask(app.url + office[number % office.length], {
        headers: { cookie: app.cookie, 'accept-encoding': 'gzip' },
      });
      if (status !== 200) throw new Error(`${office[number % office.length]} answered ${status}.`);
      await setTimeout(200);
    }
  })();
  const taken = await slowest(app, page);
  over.abort();
  await organiser;
  return taken;
}
