import { systemClock } from '../base/clock.ts';
import { connectDatabase, disconnectDatabase } from '../base/database.ts';
import { loadSettings } from '../base/settings.ts';
import { rebuildTallies } from '../registrations/tallies/past-events.ts';
import { reachStore } from '../store/open.ts';

/** `npm run tallies`: counts again, from the rows, who came to each event that is over, while the application works. */
try {
  const settings = loadSettings();
  const store = settings.mongodbUri ? undefined : await reachStore(settings.dataDir);
  try {
    await connectDatabase(settings.mongodbUri ?? store?.uri ?? '');
    const { made, left } = await rebuildTallies(systemClock());
    const erased = `${left} were left as they are, since people have been erased from them.`;
    process.stdout.write(`The tallies of ${made} events were made anew.${left > 0 ? ` ${erased}` : ''}\n`);
  } finally {
    await disconnectDatabase();
    await store?.close();
  }
} catch (error) {
  process.stderr.write(`The tallies could not be made. ${(error as Error).message}\n`);
  process.exitCode = 1;
}
