import { updateInBatches } from './batches.ts';
import type { Migration } from './migration.ts';

/** What the log has so far waits to be sealed, as what comes does. */
export const sealedLog: Migration = {
  number: 12,
  name: 'sealed-log',
  async inBatches(database, batch) {
    const unmarked = { seal: { $exists: false }, unsealed: { $exists: false } };
    await updateInBatches(batch, database.collection('audit'), unmarked, { $set: { unsealed: true } });
  },
};
