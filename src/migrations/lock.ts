import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { Clock } from '../base/clock.ts';
import { isDuplicate } from '../base/database.ts';
import { logger } from '../base/log.ts';
import type { InTransaction } from './migration.ts';

/** For so long after its last sign of life a process that has died keeps others from migrating, in milliseconds. */
const term = 60_000;

/** How often a process that waits looks again, in milliseconds. */
const rest = 100;

/** The right to migrate a database, which one process has at a time. */
export class MigrationLock {
  readonly #by = randomUUID();
  readonly #clock: Clock;
  readonly #leases;

  constructor(database: Db, clock: Clock) {
    this.#clock = clock;
    this.#leases = database.collection<{ _id: string; by: string; until: Date }>('leases');
  }

  /** Waits until no other process migrates. */
  async take(): Promise<void> {
    for (let round = 0; !(await this.#tryToTake()); round++) {
      if (round === 0) logger.info('Another process is migrating the database; this one waits for it.');
      await setTimeout(rest);
    }
  }

  async #tryToTake(): Promise<boolean> {
    const free = { _id: 'migrations', until: { $lte: this.#clock() } };
    try {
      await this.#leases.updateOne(free, { $set: this.#mine() }, { upsert: true });
      return true;
    } catch (error) {
      // It is there, and has not ended.
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /**
   * Shows that this process lives, in the transaction of what it writes.
   * @throws Error if another process has taken over: then nothing of the transaction is written
   */
  async hold(options: InTransaction): Promise<void> {
    const own = { _id: 'migrations', by: this.#by };
    const { matchedCount } = await this.#leases.updateOne(own, { $set: this.#mine() }, options);
    if (matchedCount === 0)
      throw new Error('Another process has gone on with migrating the database. Start this one again.');
  }

  /** Lets others migrate at once. */
  async release(): Promise<void> {
    await this.#leases.deleteOne({ _id: 'migrations', by: this.#by });
  }

  #mine() {
    return { by: this.#by, until: new Date(this.#clock().getTime() + term) };
  }
}
