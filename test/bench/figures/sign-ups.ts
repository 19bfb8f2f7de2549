import { paths } from '../../../src/base/paths.ts';
import { aForm } from '../../support/builders.ts';
import { freePort } from '../../support/processes/main-process.ts';
import { startApplication } from '../application.ts';
import { makeData, writeEvent } from '../data.ts';
import { ask, figure, inTurns, rate } from '../measure.ts';
import { firstLine, inFolder, run } from '../processes.ts';
import { visitor } from '../service.ts';

/** Q6: complete sign-ups over HTTP, 16 at a time, against Express that checks the same form and inserts two documents. */
export async function signUps(): Promise<void> {
  await inFolder(async (folder) =>
    inFolder(async (bareFolder) => {
      const slugs: string[] = [];
      await makeData(folder, async (place) => {
        for (let number = 0; number < 32; number += 1)
          slugs.push((await writeEvent(place, `Dag ${number}`, 30)).slug);
      });
      const app = await startApplication(folder);
      const port = await freePort();
      const bare = run('test/bench/bare-sign-up.ts', { PORT: String(port), DATA_DIR: bareFolder });
      await firstLine(bare);
      const [ours, theirs] = await inTurns(
        () => rate(1_000, 16, (number) => post(app.url + paths.signUp(slugs[number % 32] ?? ''))),
        () => rate(1_000, 16, () => post(`http://127.0.0.1:${port}/`)),
      );
      await app.stop();
      await bare.stop();
      const about =
        'complete sign-ups, against Express with the same validation and two inserts in a transaction';
      figure('Q6', about, [ours, theirs], { unit: 'sign-ups/s', aim: '>= 0.6' });
    }),
  );
}

let visitors = 0;

/** Posts the form of a new visitor. */
export async function post(url: string): Promise<void> {
  const body = new URLSearchParams(aForm(visitor(visitors++))).toString();
  const { status } = await ask(url, { method: 'POST', body });
  if (status !== 303) throw new Error(`A sign-up was answered with ${status}.`);
}
