import { dropIndex, updateInBatches } from './batches.ts';
import type { Migration } from './migration.ts';

/**
 * One word for one thing: what a person waits for and since when, and the audit log, whose entries name an action. The
 * index over the old names goes; the start makes the new one.
 */
export const oneVocabulary: Migration = {
  number: 2,
  name: 'one-vocabulary',
  async inBatches(database, batch) {
    const renamed: [collection: string, names: Record<string, string>][] = [
      ['events', { lastQueuedAt: 'lastWaitingSince' }],
      ['registrations', { wishes: 'waitsFor', queuedAt: 'waitingSince' }],
      ['letters', { 'facts.wishes': 'facts.waitsFor' }],
    ];
    for (const [collection, names] of renamed) {
      const isOld = { $or: Object.keys(names).map((name) => ({ [name]: { $exists: true } })) };
      await updateInBatches(batch, database.collection(collection), isOld, { $rename: names });
    }
    await dropIndex(database.collection('registrations'), 'event_1_wishes_1_queuedAt_1');

    // Copied under the same `_id`s, so that it can begin anew.
    const journal = database.collection('journal');
    const steps = [{ $set: { action: '$deed' } }, { $unset: 'deed' }, { $merge: { into: 'audit' } }];
    await journal.aggregate(steps).toArray();
    await journal.drop();
  },
};
