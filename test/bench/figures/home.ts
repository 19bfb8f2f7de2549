import { paths } from '../../../src/base/paths.ts';
import { startApplication } from '../application.ts';
import { makeData, writeEvent } from '../data.ts';
import { ask, figure, inTurns, timeOf } from '../measure.ts';
import { inFolder } from '../processes.ts';

/** Q5: the home page with 1,000 events that have been, over five years, against the example county's. */
export async function homePage(): Promise<void> {
  await inFolder(async (large) =>
    inFolder(async (small) => {
      await makeData(large, async (place) => {
        for (let number = 0; number < 1_000; number += 1)
          await writeEvent(place, `Dag ${number}`, -30 - number * 1.8);
      });
      await makeData(small);
      const both = [await startApplication(large), await startApplication(small)] as const;
      const [ours, few] = both.map(({ url }) => url + paths.home()) as [string, string];
      const times = await inTurns(
        () => timeOf(ours, {}, 20),
        () => timeOf(few, {}, 20),
      );
      const bytes = [(await ask(ours)).bytes.length, (await ask(few)).bytes.length] satisfies [
        number,
        number,
      ];
      for (const app of both) await app.stop();
      const about = 'home page with 1,000 past events against 11';
      figure('Q5', `${about}: time`, times, { unit: 'ms', aim: '<= 1.5' });
      figure('Q5', `${about}: bytes`, bytes, { unit: 'bytes', aim: '<= 1.5' });
    }),
  );
}
