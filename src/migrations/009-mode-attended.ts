import { dropIndex, updateInBatches } from './batches.ts';
import type { Migration } from './migration.ts';

/**
 * How somebody attended is a field of its own: for those who came, the mode that they had signed up for. Events whose
 * people have the meeting link itself are marked, since only later letters lead through the digital door. The index of
 * active registrations goes: the start makes the one that leaves out people without an address.
 */
export const modeAttended: Migration = {
  number: 9,
  name: 'mode-attended',
  async inBatches(database, batch) {
    const registrations = database.collection('registrations');
    await updateInBatches(batch, registrations, { attendedMode: { $exists: false } }, [
      { $set: { attendedMode: { $cond: [{ $eq: ['$present', true] }, '$mode', null] } } },
    ]);
    await updateInBatches(
      batch,
      database.collection('events'),
      { state: 'published', meetingLink: { $gt: '' }, linkIsOut: { $exists: false } },
      { $set: { linkIsOut: true } },
    );
    await dropIndex(registrations, 'one active registration');
  },
};
