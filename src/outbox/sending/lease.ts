import { model, Schema } from 'mongoose';
import type { Clock } from '../../base/clock.ts';
import { isDuplicate } from '../../base/database.ts';
import { logger } from '../../base/log.ts';

/** Which worker does the work: one row for all processes. */
type LeaseRow = { _id: 'letters'; by: string; until: Date };

const schema = new Schema<LeaseRow>(
  { _id: { type: String, required: true }, by: String, until: Date },
  { versionKey: false },
);
const LeaseModel = model<LeaseRow>('Lease', schema, 'leases');

/** How long the others wait for a sign of life, in milliseconds: one that dies is followed within a minute. */
const term = 30_000;

/** How often the worker that has the lease shows that it lives, in milliseconds: two signs may get lost. */
const beat = 10_000;

/** The right to send letters, which one worker has at a time. */
export type Lease = {
  /** False once it has ended unrenewed, as after a standstill: another may be at work. */
  holds: () => boolean;
  /** Renews it no longer. It stays this worker's until it ends or is released. */
  rest: () => void;
};

/**
 * Takes the work, and renews the lease until `rest` is called. The clocks of several machines must agree within seconds.
 * @param by this worker's name, which no other worker has
 * @returns undefined if another worker is at work
 */
export async function takeLease(by: string, clock: Clock): Promise<Lease | undefined> {
  let until = await take(by, clock());
  if (!until) return undefined;
  const timer = setInterval(() => {
    renew(by, clock()).then(
      (next) => {
        until = next;
      },
      (error: Error) =>
        logger.error({ error: error.name }, 'The lease could not be renewed. Does the database answer?'),
    );
  }, beat);
  return {
    holds: () => until !== undefined && clock() < until,
    rest: () => clearInterval(timer),
  };
}

/** @returns until when it is this worker's; undefined if another has it */
async function take(by: string, now: Date): Promise<Date | undefined> {
  const until = new Date(now.getTime() + term);
  // One that ends later than any could that is taken now was taken before the clock was set back.
  const fromTheFuture = { until: { $gt: new Date(until.getTime() + term) } };
  const free = { _id: 'letters' as const, $or: [{ by }, { until: { $lte: now } }, fromTheFuture] };
  try {
    await LeaseModel.updateOne(free, { $set: { until, by } }, { upsert: true });
    return until;
  } catch (error) {
    // The row is there and not free.
    if (isDuplicate(error)) return undefined;
    throw error;
  }
}

/** @returns until when it is still this worker's; undefined if it was released, or another has it */
async function renew(by: string, now: Date): Promise<Date | undefined> {
  const until = new Date(now.getTime() + term);
  const { matchedCount } = await LeaseModel.updateOne({ _id: 'letters', by }, { $set: { until } });
  return matchedCount === 1 ? until : undefined;
}

/** Lets another worker take the work at once. */
export async function releaseLease(by: string): Promise<void> {
  await LeaseModel.deleteOne({ _id: 'letters', by });
}
