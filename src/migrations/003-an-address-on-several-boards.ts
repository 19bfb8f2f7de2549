import type { Migration } from './migration.ts';

/** An address may belong to organisers of several county boards. The index that forbade it goes. */
export const anAddressOnSeveralBoards: Migration = {
  number: 3,
  name: 'an-address-on-several-boards',
  async inBatches(database) {
    const organisers = database.collection('organisers');
    if (await organisers.indexExists('email_1').catch(() => false)) await organisers.dropIndex('email_1');
  },
};
