import { paths } from '../../../src/base/paths.ts';
import { type Application, startApplication } from '../application.ts';
import { makeData, writeYears } from '../data.ts';
import { figure, inTurns, timeOf } from '../measure.ts';
import { inFolder } from '../processes.ts';

/** Q3: statistics over all years with 220,000 registrations against 10,500, over the same 21 days. */
export async function statistics(): Promise<void> {
  await inFolder(async (large) =>
    inFolder(async (small) => {
      await makeData(large, (place) => writeYears(place, 10_476));
      await makeData(small, (place) => writeYears(place, 500));
      const both = [await startApplication(large), await startApplication(small)] as const;
      for (const app of both) await open(app);
      const [ours, few] = await inTurns(
        () => open(both[0]),
        () => open(both[1]),
      );
      for (const app of both) await app.stop();
      const about = 'statistics over all years, 220,000 registrations against 10,500';
      figure('Q3', about, [ours, few], { unit: 'ms', aim: '<= 1.3, and <= 20 ms' });
    }),
  );
}

function open({ url, cookie }: Application): Promise<number> {
  return timeOf(`${url}${paths.statistics()}?year=`, { headers: { cookie } }, 20);
}
