/** So many of something in any period of so many minutes. The name never changes: rows are known by it. */
export type Limit = { name: string; most: number; minutes: number };

/** How many were counted within a twentieth of the period, and when the last of them was. */
type CountAt = { at: Date; number: number };

/** What has been counted of one limit. The id tells nobody whose it is: it is a keyed hash. */
export type CounterRow = {
  _id: string;
  counts: CountAt[];
  /** When all letters that have been given a turn here have had it (`takeTurn`). */
  pacedUntil?: Date;
  /** From then on the row counts for nothing and is forgotten. */
  endsAt: Date;
};

const minute = 60_000;
const grains = 20;

/** What has been counted for one network or address, and what is added to it now. */
export class Counter {
  hasChanged = false;
  readonly #limit: Limit;
  readonly #now: Date;
  readonly #id: string;
  readonly #period: number;
  #counts: CountAt[];
  #pacedUntil: Date | undefined;

  constructor(limit: Limit, now: Date, id: string, before?: CounterRow) {
    this.#limit = limit;
    this.#now = now;
    this.#id = id;
    this.#period = limit.minutes * minute;
    // A clock that is set back leaves counts in the future, which count for no longer than others.
    this.#counts = (before?.counts ?? []).filter(({ at }) => Math.abs(+now - +at) < this.#period);
    this.#pacedUntil = before?.pacedUntil;
  }

  /** For how many seconds so many more are too many, until the oldest counts are over; 0 if they are not. */
  secondsToWait(more: number): number {
    let over = this.#counts.reduce((sum, { number }) => sum + number, more) - this.#limit.most;
    let until = +this.#now;
    for (const { at, number } of this.#counts) {
      if (over <= 0) break;
      over -= number;
      until = +at + this.#period;
    }
    return Math.ceil((until - +this.#now) / 1000);
  }

  add(number: number): void {
    const last = this.#counts.at(-1);
    const grain = (at: Date) => Math.floor((+at * grains) / this.#period);
    const isNear = last && grain(last.at) >= grain(this.#now);
    const count = { at: this.#now, number: number + (isNear ? last.number : 0) };
    this.#counts = [...(isNear ? this.#counts.slice(0, -1) : this.#counts), count];
    this.hasChanged = true;
  }

  /**
   * When the next letter may leave: so many at once, and then so many a minute, evenly (the generic cell rate algorithm,
   * ITU-T I.371).
   */
  takeTurn(perMinute: number): Date {
    const from = Math.max(+this.#now, +(this.#pacedUntil ?? 0));
    this.#pacedUntil = new Date(from + minute / perMinute);
    this.hasChanged = true;
    return this.lastTurn();
  }

  /** When the last of those may leave that have been given a turn. */
  lastTurn(): Date {
    return new Date(Math.max(+this.#now, +(this.#pacedUntil ?? 0) - minute));
  }

  row(): CounterRow {
    return {
      _id: this.#id,
      counts: this.#counts,
      ...(this.#pacedUntil && { pacedUntil: this.#pacedUntil }),
      endsAt: new Date(Math.max(+this.#now + this.#period, +(this.#pacedUntil ?? 0))),
    };
  }
}
