import { chains, checkChain } from '../audit/seal.ts';
import { connectDatabase, disconnectDatabase } from '../base/database.ts';
import { loadSettings } from '../base/settings.ts';
import { reachStore } from '../store/open.ts';

/**
 * `npm run check-log`: follows the chain of seals through each county board's log, also while the application works, and
 * ends with 1 if an entry has been changed or taken out. Write the last hash down elsewhere: somebody who can write to the
 * database can make a whole new chain, but not one with the same hash.
 */
try {
  const settings = loadSettings();
  const store = settings.mongodbUri ? undefined : await reachStore(settings.dataDir);
  try {
    await connectDatabase(settings.mongodbUri ?? store?.uri ?? '');
    for (const authority of await chains()) {
      const { entries, hash, broken } = await checkChain(authority);
      const end = entries > 0 ? `entry ${entries} is the last one, sealed as ${hash}` : 'nothing sealed yet';
      process.stdout.write(`County board ${authority}: ${end}.\n`);
      if (!broken) continue;
      const which = broken._id ? `Entry ${broken._id} (number ${broken.number})` : `Number ${broken.number}`;
      process.stderr.write(`County board ${authority}: ${which} is not as it was sealed, or missing.\n`);
      process.exitCode = 1;
    }
  } finally {
    await disconnectDatabase();
    await store?.close();
  }
} catch (error) {
  process.stderr.write(`The log could not be checked. ${(error as Error).message}\n`);
  process.exitCode = 1;
}
