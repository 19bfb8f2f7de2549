import { dropIndex } from './batches.ts';
import type { Migration } from './migration.ts';

/**
 * The addresses that visitors have known are kept in a collection of their own, so that none is given to another event;
 * slugs of drafts need no longer differ.
 */
export const addressesAndBreaks: Migration = {
  number: 9,
  name: 'addresses-and-breaks',
  async inBatches(database) {
    const events = database.collection('events');
    const known = [
      { $match: { state: { $in: ['published', 'cancelled'] } } },
      { $project: { _id: '$slug', event: '$_id' } },
      { $merge: { into: 'addresses' } },
    ];
    await events.aggregate(known).toArray();
    await dropIndex(events, 'slug_1');
  },
};
