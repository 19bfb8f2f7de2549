import { databaseClient, isDuplicate } from './database.ts';

/** Who has the right to do what only one process may do at a time, and until when unless it is renewed. */
export type LeaseRow = { _id: string; by: string; until: Date };

/** The leases of all processes. */
export function leases() {
  const { client, dbName } = databaseClient();
  return client.db(dbName).collection<LeaseRow>('leases');
}

/**
 * Takes a lease that nobody has, or that has ended, or that is this process's already. The clocks of several machines
 * must agree within seconds.
 * @param name what the lease is for
 * @param by a name that no other process has
 * @param term how long it is held, in milliseconds
 * @returns until when; undefined if another process has it
 */
export async function tryLease(name: string, by: string, now: Date, term: number): Promise<Date | undefined> {
  const until = new Date(now.getTime() + term);
  // One that ends later than any could that is taken now was taken before the clock was set back.
  const fromTheFuture = { until: { $gt: new Date(until.getTime() + term) } };
  const free = { _id: name, $or: [{ by }, { until: { $lte: now } }, fromTheFuture] };
  try {
    await leases().updateOne(free, { $set: { until, by } }, { upsert: true });
    return until;
  } catch (error) {
    // The row is there and not free.
    if (isDuplicate(error)) return undefined;
    throw error;
  }
}

/** Gives a lease back, so that another process may take it at once. */
export async function releaseLease(name: string, by: string): Promise<void> {
  await leases().deleteOne({ _id: name, by });
}
