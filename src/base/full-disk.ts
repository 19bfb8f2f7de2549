import { databaseClient, isOutOfSpace } from './database.ts';
import { logger } from './log.ts';

/** Whether the database has refused a write for want of room, and none has succeeded since. */
let full = false;

/** How much is written to find out whether there is room, in bytes: more than any one act needs. */
const trial = 65_536;

/** Takes note if this error says that the database has no room to write. @returns whether it does */
export function noteFullDisk(error: unknown): boolean {
  if (!isOutOfSpace(error)) return false;
  if (!full)
    logger.error(
      'The disk of the database is full: nothing is taken any more, and reading goes on. Make room; then writing goes on by itself.',
    );
  full = true;
  return true;
}

/** Whether the database has no room to write. As long as that is so, it is tried again at each question. */
export async function isDiskFull(): Promise<boolean> {
  if (full) await tryDisk();
  return full;
}

/** Writes something and deletes it, so that a full disk is known before a visitor meets it, and room as soon as it is there. */
export async function tryDisk(): Promise<void> {
  const { client, dbName } = databaseClient();
  const trials = client.db(dbName).collection('diskTrials');
  try {
    await trials.insertOne({ filler: 'x'.repeat(trial) });
    await trials.deleteMany({});
    if (full) logger.info('The database has room again, and writes.');
    full = false;
  } catch (error) {
    if (!noteFullDisk(error)) throw error;
  }
}
