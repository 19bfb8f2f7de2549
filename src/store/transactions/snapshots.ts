import { Timestamp } from 'bson';
import type { Catalog } from '../storage/catalog.ts';
import type { Storage } from '../storage/storage.ts';
import { StoreError } from '../values/errors.ts';
import type { Locks } from './locks.ts';
import { type Ended, openTransaction, type Transaction } from './transaction.ts';
import type { View } from './view.ts';

/** How long a moment can be read after its last use, in ms: as long as MongoDB keeps one by default. */
const KEPT = 5 * 60_000;
/** Each moment holds a connection to the file; sooner than more of them, the oldest ends. */
const MOST = 50;

type Moment = { session: string; reading: Transaction; used: number };

/** Moments that several commands of a session read, outside transactions (readConcern snapshot). */
export type Snapshots = {
  /** What is durable now, or was at the moment that an earlier answer named; 239 where that is no longer kept. */
  at(session: string, at: Timestamp | undefined, now: Date): Promise<{ view: View; at: Timestamp }>;
  end(session: string): void;
  /** Ends all. */
  close(): void;
  /** Ends what nobody has read for a while. */
  sweep(): void;
};

/** No moments yet; `ended` hears of the end of each. */
export function createSnapshots(storage: Storage, locks: Locks, catalog: Catalog, ended: Ended): Snapshots {
  const moments = new Map<string, Moment>();
  let count = 0;

  function endWhere(isOver: (moment: Moment) => boolean): void {
    for (const [name, moment] of moments) {
      if (!isOver(moment)) continue;
      moment.reading.abort();
      moments.delete(name);
    }
  }

  return {
    async at(session, asked, now) {
      const at = asked ?? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: ++count });
      const name = at.toString();
      if (!asked) {
        const reading = openTransaction(storage, locks, catalog, -1, ended);
        await reading.refresh();
        const [oldest] = moments.values();
        if (moments.size >= MOST) endWhere((moment) => moment === oldest);
        moments.set(name, { session, reading, used: 0 });
      }
      const moment = moments.get(name);
      if (!moment) throw new StoreError(239, `Read timestamp ${name} is older than what is kept.`);
      moment.used = performance.now();
      return { view: moment.reading.view, at };
    },
    end: (session) => endWhere((moment) => moment.session === session),
    close: () => endWhere(() => true),
    sweep: () => endWhere(({ used }) => used < performance.now() - KEPT),
  };
}
