import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { leases, releaseLease, tryLease } from '../base/lease.ts';
import { logger } from '../base/log.ts';
import type { InTransaction } from './migration.ts';

/** For so long after its last sign of life a process that has died keeps others from migrating, in milliseconds. */
const term = 60_000;

/** How often a process that waits looks again, in milliseconds. */
const rest = 100;

/** The name of the lease. */
const migrating = 'migrations';

/** The right to migrate a database, which one process has at a time. */
export class MigrationLock {
  readonly #by = randomUUID();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits until no other process migrates. */
  async take(): Promise<void> {
    for (let round = 0; !(await tryLease(migrating, this.#by, this.#clock(), term)); round++) {
      if (round === 0) logger.info('Another process is migrating the database; this one waits for it.');
      await setTimeout(rest);
    }
  }

  /**
   * Shows that this process lives, in the transaction of what it writes.
   * @throws Error if another process has taken over: then nothing of the transaction is written
   */
  async hold(options: InTransaction): Promise<void> {
    const until = new Date(this.#clock().getTime() + term);
    const own = { _id: migrating, by: this.#by };
    const { matchedCount } = await leases().updateOne(own, { $set: { until } }, options);
    if (matchedCount === 0)
      throw new Error('Another process has gone on with migrating the database. Start this one again.');
  }

  /** Lets others migrate at once. */
  async release(): Promise<void> {
    await releaseLease(migrating, this.#by);
  }
}
