import { Timestamp } from 'bson';
import { StoreError } from '../values/errors.ts';
import { type Ended, Transaction } from './transaction.ts';
import type { Data, View } from './view.ts';

/** How long a moment can be read after its last use, in ms: as long as MongoDB keeps one by default. */
const keptFor = 5 * 60_000;
/** Each moment holds a connection to the file; if there are more of them, the oldest ends. */
const mostMoments = 50;

type Moment = { session: string; reading: Transaction; used: number };

/** Moments that several commands of a session read, outside transactions (readConcern snapshot). */
export class Snapshots {
  readonly #data: Data;
  readonly #ended: Ended;
  readonly #moments = new Map<string, Moment>();
  #count = 0;

  /** `ended` is told when a moment ends. */
  constructor(data: Data, ended: Ended) {
    this.#data = data;
    this.#ended = ended;
  }

  /** A view of the durable state, now or at the moment that an earlier answer named; 239 if that moment is no longer kept. */
  async at(session: string, asked: Timestamp | undefined, now: Date): Promise<{ view: View; at: Timestamp }> {
    const at = asked ?? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: ++this.#count });
    if (!asked) await this.#begin(at.toString(), session);
    const moment = this.#moments.get(at.toString());
    if (!moment) throw new StoreError(239, `Read timestamp ${at} is older than what is kept.`);
    moment.used = performance.now();
    return { view: moment.reading, at };
  }

  end(session: string): void {
    this.#endIf((moment) => moment.session === session);
  }

  /** Ends all. */
  close(): void {
    this.#endIf(() => true);
  }

  /** Ends the moments that nobody has read for a while. */
  sweep(): void {
    this.#endIf(({ used }) => used < performance.now() - keptFor);
  }

  async #begin(name: string, session: string): Promise<void> {
    const reading = new Transaction(this.#data, -1, this.#ended);
    await reading.refresh();
    const [oldest] = this.#moments.values();
    if (this.#moments.size >= mostMoments) this.#endIf((moment) => moment === oldest);
    this.#moments.set(name, { session, reading, used: 0 });
  }

  #endIf(isOver: (moment: Moment) => boolean): void {
    for (const [name, moment] of this.#moments) {
      if (!isOver(moment)) continue;
      moment.reading.abort();
      this.#moments.delete(name);
    }
  }
}
