import { dropIndex } from './batches.ts';
import type { Migration } from './migration.ts';

const breakWords = /^(?:\S+ ?)?(?:paus|bensträckare|fika|kaffe|lunch|frukost|mingel|registrering)/i;

/**
 * The addresses that visitors have known are kept in a collection of their own, so that none is given to another event;
 * slugs of drafts need no longer differ. A break is a choice, where a session without text and speakers used to look like
 * one.
 */
export const addressesAndBreaks: Migration = {
  number: 8,
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
    const isBreak = {
      'one.title': breakWords,
      'one.description': '',
      'one.speakers': [],
      'one.isBreak': { $exists: false },
    };
    await events.updateMany(
      { 'sessions.title': breakWords },
      { $set: { 'sessions.$[one].isBreak': true } },
      { arrayFilters: [isBreak] },
    );
  },
};
