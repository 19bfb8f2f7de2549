import { updateInBatches } from './batches.ts';
import type { Migration } from './migration.ts';

/**
 * Events get counts of those who wait and the hour when the list closes, registrations their place in it: what an event
 * without a waiting list and a registration with a seat have. In batches, since a database may hold a million
 * registrations; what has the fields is passed by.
 */
export const waitingLists: Migration = {
  number: 1,
  name: 'waiting-lists',
  async inBatches(database, batch) {
    await updateInBatches(
      batch,
      database.collection('events'),
      { waiting: { $exists: false } },
      { $set: { waiting: { plats: 0, digitalt: 0 }, queueHours: 24 } },
    );
    await updateInBatches(
      batch,
      database.collection('registrations'),
      { wishes: { $exists: false } },
      { $set: { wishes: [], queuedAt: null } },
    );
  },
};
