import { startTimed } from '../application.ts';
import { makeData, writeYears } from '../data.ts';
import { figure, inTurns } from '../measure.ts';
import { inFolder } from '../processes.ts';

/** Q4: from the start of the process to its first answer, with 200,000 registrations against the example county. */
export async function start(): Promise<void> {
  await inFolder(async (large) =>
    inFolder(async (small) => {
      await makeData(large, (place) => writeYears(place, 9_524));
      await makeData(small);
      const [ours, few] = await inTurns(
        () => startOf(large),
        () => startOf(small),
      );
      const about = 'start with 200,000 registrations against the example county';
      figure('Q4', about, [ours, few], { unit: 'ms', aim: '<= 1.1' });
    }),
  );
}

async function startOf(folder: string): Promise<number> {
  const { milliseconds, stop } = await startTimed(folder);
  await stop();
  return milliseconds;
}
