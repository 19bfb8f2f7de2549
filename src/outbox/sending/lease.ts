import type { Clock } from '../../base/clock.ts';
import { leases, tryLease } from '../../base/lease.ts';
import { logger } from '../../base/log.ts';

/** The name of the lease. */
export const sendingLetters = 'letters';

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
 * Takes the work, and renews the lease until `rest` is called.
 * @param by this worker's name, which no other worker has
 * @returns undefined if another worker is at work
 */
export async function takeLease(by: string, clock: Clock): Promise<Lease | undefined> {
  let until = await tryLease(sendingLetters, by, clock(), term);
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

/** @returns until when it is still this worker's; undefined if it was released, or another has it */
async function renew(by: string, now: Date): Promise<Date | undefined> {
  const until = new Date(now.getTime() + term);
  const { matchedCount } = await leases().updateOne({ _id: sendingLetters, by }, { $set: { until } });
  return matchedCount === 1 ? until : undefined;
}
