import type { Migration } from './migration.ts';

/** Limits stand in one collection (limits/limit.ts). The one that counted posts for sign-in links alone goes. */
export const oneCollectionOfLimits: Migration = {
  number: 5,
  name: 'one-collection-of-limits',
  async inBatches(database) {
    const name = 'signInAskings';
    if (await database.listCollections({ name }).hasNext()) await database.dropCollection(name);
  },
};
