import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import type { Letter } from '../letter.ts';
import { domainOf, endDomainPause, type Pause, pauseDomain } from './backoff.ts';
import { claim, giveBack, heldUntil } from './claim.ts';
import type { Lease } from './lease.ts';
import { isDeadAddress, type Outcome } from './outcome.ts';
import type { Pace } from './rate-limit.ts';
import { makeReady, type Ready, type Writer } from './ready.ts';
import { isFinal, type Result, resultBook, type Trouble } from './results.ts';
import { connections, type Transport } from './transport.ts';

/** What the worker needs to send letters. */
export type Delivery = Writer & {
  clock: Clock;
  send: Transport['send'];
  /** Told of a letter whose address does not exist, as the server says. */
  onDeadAddress?: (letter: Letter) => Promise<void>;
  /** How fast letters may leave; left out: as fast as they can. */
  pace?: Pace;
  /** Whether a mailbox gets only so many letters in a day that nobody has proven to want (mailbox-cap.ts). */
  isCapped?: boolean;
  /** Ends the round after the letters that are on their way. */
  stop?: AbortSignal;
};

/** With fewer letters than this waiting for a connection, the next are written meanwhile. */
const ahead = 50;

/** No more are written meanwhile, even if none of those that wait may leave. */
const mostAhead = 1_000;

/** Letters on their way to one domain at a time: where it says nothing, the other connections serve the others. */
const mostToDomain = connections - 2;

/** How soon to look again, in milliseconds, while some letters are on their way and others may come. */
const rest = 500;

/** The sending of all letters that are due, over several connections at once. */
export class Round {
  readonly counts = { claimed: 0, sent: 0, failed: 0, later: 0 };
  /** What ended the round, if it was no letter's fault. */
  brokenLine: Trouble | undefined;

  readonly #delivery: Delivery;
  readonly #lease: Lease;
  /** By domain. */
  readonly #pauses: Map<string, Pause>;
  readonly #book;
  #ready: Ready[] = [];
  /** The next letters, while they are being written. */
  #coming: Promise<void> | undefined;
  /** True if nothing more was due at the last look. */
  #isDry = false;
  readonly #onTheWay = new Set<Promise<void>>();
  /** How many are on their way to each domain. */
  readonly #towards = new Map<string, number>();
  #fault: { error: unknown } | undefined;

  constructor(delivery: Delivery, lease: Lease, pauses: Map<string, Pause>) {
    this.#delivery = delivery;
    this.#lease = lease;
    this.#pauses = pauses;
    this.#book = resultBook(delivery.by, delivery.clock);
  }

  /**
   * Keeps every connection busy until nothing is due, and gives back what was not tried.
   * @throws Error if the database fails, after what is on its way
   */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#keepBusy()));
    await this.#coming;
    const untried = this.#ready.map(({ letter }) => letter._id);
    if (untried.length > 0) await giveBack(untried, this.#delivery.by);
    if (this.#fault) throw this.#fault.error;
    await this.#book.done();
  }

  async #keepBusy(): Promise<void> {
    try {
      for (let next = await this.#next(); next; next = await this.#next()) {
        const domain = domainOf(next.letter);
        const way = this.#send(next).finally(() => {
          this.#onTheWay.delete(way);
          this.#count(domain, -1);
        });
        this.#onTheWay.add(way);
        await way;
      }
    } catch (error) {
      this.#fault ??= { error };
    }
  }

  /**
   * The next letter that may go; none at the round's end. A letter that hangs does not keep those from leaving that are
   * owed meanwhile.
   */
  async #next(): Promise<Ready | undefined> {
    while (!this.#isOver()) {
      const [next] = this.#ready.splice(this.#firstThatMayGo(), 1);
      if (!next || (this.#ready.length < ahead && !this.#isDry)) this.#refill();
      if (next && this.#isHeld(next)) continue;
      if (next) {
        this.#count(domainOf(next.letter), 1);
        return next;
      }
      await this.#coming;
      if (this.#firstThatMayGo() < this.#ready.length) continue;
      if (this.#onTheWay.size === 0) return undefined;
      await Promise.race([...this.#onTheWay, setTimeout(rest, undefined, { ref: false })]);
    }
    return undefined;
  }

  /** The place of the first letter whose domain has room for it; behind the last if there is none. */
  #firstThatMayGo(): number {
    const mayGo = ({ letter }: Ready) => (this.#towards.get(domainOf(letter)) ?? 0) < mostToDomain;
    const place = this.#ready.findIndex(mayGo);
    return place < 0 ? this.#ready.length : place;
  }

  #count(domain: string, change: number): void {
    const number = (this.#towards.get(domain) ?? 0) + change;
    if (number > 0) this.#towards.set(domain, number);
    else this.#towards.delete(domain);
  }

  #isOver(): boolean {
    const isStopped = this.#delivery.stop?.aborted || this.brokenLine || this.#fault;
    return Boolean(isStopped) || this.#book.failed() || !this.#lease.holds();
  }

  /** Has the next letters written while some are on their way. */
  #refill(): void {
    if (this.#ready.length >= mostAhead) return;
    this.#coming ??= this.#prepare()
      .catch((error) => {
        this.#fault ??= { error };
      })
      .finally(() => {
        this.#coming = undefined;
      });
  }

  async #prepare(): Promise<void> {
    const { clock, by, isCapped } = this.#delivery;
    const letters = await claim(clock(), by, this.#pauses, isCapped);
    this.#isDry = letters.length === 0;
    this.counts.claimed += letters.length;
    const { ready, unwritten } = await makeReady(letters, this.#delivery);
    for (const result of unwritten) this.#note(result);
    this.#ready.push(...ready);
  }

  /** Notes a letter as held if its domain has asked for a pause since it was claimed. */
  #isHeld({ letter }: Ready): boolean {
    const until = heldUntil(letter, this.#pauses, this.#delivery.clock());
    if (until) this.#note({ letter, outcome: { outcome: 'held', until } });
    return until !== undefined;
  }

  async #send(next: Ready): Promise<void> {
    const { pace, stop, send, onDeadAddress, clock } = this.#delivery;
    await pace?.(stop);
    if (this.#isOver()) {
      this.#ready.unshift(next);
      return;
    }
    const sentBefore = this.counts.sent;
    const outcome = await send(next.posting);
    const isOfDomain = this.#isOfDomain(outcome, sentBefore);
    this.#note({ letter: next.letter, raw: next.posting.raw, outcome });
    if (isLineBroken(outcome) && !isOfDomain) this.brokenLine = outcome;
    if (isDeadAddress(outcome)) await onDeadAddress?.(next.letter);
    const domain = domainOf(next.letter);
    if (outcome.outcome === 'sent') await endDomainPause(this.#pauses, domain);
    if (isOfDomain && outcome.outcome !== 'sent')
      await pauseDomain(this.#pauses, domain, clock(), outcome.code);
  }

  /**
   * Whether an outcome is about the receiver's domain: the server says so, or a line broke or fell silent while letters
   * to others got through, or may yet get through.
   */
  #isOfDomain(outcome: Outcome, sentBefore: number): boolean {
    if (outcome.outcome === 'later') return outcome.domain;
    if (outcome.outcome !== 'lost') return false;
    return this.counts.sent > sentBefore || (outcome.code === 'ETIMEDOUT' && this.#onTheWay.size > 1);
  }

  #note(result: Result): void {
    const { letter, outcome } = result;
    this.#book.add(result);
    if (outcome.outcome === 'sent') this.counts.sent += 1;
    else if (outcome.outcome === 'held') this.counts.later += 1;
    else if (outcome.outcome !== 'wait') this.counts[isFinal(letter, outcome) ? 'failed' : 'later'] += 1;
  }
}

function isLineBroken(outcome: Outcome): outcome is Trouble {
  return outcome.outcome === 'wait' || outcome.outcome === 'lost';
}
