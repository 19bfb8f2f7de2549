import type { Context } from '../../base/context.ts';
import type { Counter, Limit } from '../../limits/counter.ts';
import { readCounters, writeCounters } from '../../limits/limit.ts';
import type { Options } from './admission.ts';

/** People whom one network signs up. A whole municipality sits behind one address, so the limit is wide. */
export const people: Limit = { name: 'people', most: 200, minutes: 5 };

/**
 * Letters that people of one network may cause in a minute: a tenth of MAIL_RATE, and with a low one as many as keep up
 * with the limit above.
 */
function lettersAMinute({ settings }: Context): number {
  return Math.max(people.most / people.minutes, Math.floor(settings.mailRate / 10));
}

type Asking = { context: Context; options: Options };

/**
 * What the sign-ups of one transaction use of the limits of their networks, read and written once for all of them.
 * Organisers and people who have come by a personal link use up nothing.
 */
export class PeopleLimit {
  readonly #counters: Map<string, Counter>;

  private constructor(counters: Map<string, Counter>) {
    this.#counters = counters;
  }

  static async read(asks: Asking[]): Promise<PeopleLimit> {
    const limited = asks.filter(isLimited);
    const last = limited.at(-1);
    if (!last) return new PeopleLimit(new Map());
    const networks = new Set(limited.map(({ context }) => networkOf(context)));
    return new PeopleLimit(await readCounters(last.context, people, [...networks]));
  }

  /** For how many seconds the network of this ask may not sign so many people up; 0 if it may. */
  secondsToWait(ask: Asking, number = 1): number {
    return this.#counterOf(ask)?.secondsToWait(number) ?? 0;
  }

  /** Counts a person. @returns when the letter about it may leave */
  count(ask: Asking): Date {
    const counter = this.#counterOf(ask);
    counter?.add(1);
    return counter?.takeTurn(lettersAMinute(ask.context)) ?? ask.context.now;
  }

  /** When the last letter about those who were counted may leave. */
  lastTurn(ask: Asking): Date {
    return this.#counterOf(ask)?.lastTurn() ?? ask.context.now;
  }

  async save(): Promise<void> {
    await writeCounters(this.#counters.values());
  }

  #counterOf(ask: Asking): Counter | undefined {
    return isLimited(ask) ? this.#counters.get(networkOf(ask.context)) : undefined;
  }
}

function isLimited({ context: { by, settings }, options }: Asking): boolean {
  return settings.rateLimit && by.network !== undefined && !options.proven;
}

function networkOf({ by }: Context): string {
  return by.network ?? '';
}
