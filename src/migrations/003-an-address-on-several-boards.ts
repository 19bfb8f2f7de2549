import { dropIndex } from './batches.ts';
import type { Migration } from './migration.ts';

/** An address may belong to organisers of several county boards. The index that forbade it goes. */
export const anAddressOnSeveralBoards: Migration = {
  number: 3,
  name: 'an-address-on-several-boards',
  async inBatches(database) {
    await dropIndex(database.collection('organisers'), 'email_1');
  },
};
