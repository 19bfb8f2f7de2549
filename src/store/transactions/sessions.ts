import { StoreError } from '../values/errors.ts';
import type { Peer } from '../wire/server.ts';
import { Contended } from './locks.ts';
import { type Ended, Transaction, transient } from './transaction.ts';
import { type Data, writeConflict } from './view.ts';

/** How long a transaction may take, how long it queues for a held document, how long a session idles; in ms. */
const lifetime = 60_000;
const patience = 1000;
const idleLimit = 30 * 60_000;
/** How long the transaction of a lost connection may be continued by another connection, in ms. */
const orphanedLimit = 1000;

type Session = {
  /** The highest transaction number seen. */
  number: number;
  transaction?: Transaction;
  /** The answer to the retryable write of that number. */
  answer?: Promise<unknown>;
  /** The answer to commitTransaction. */
  commit?: Promise<void>;
  /** What the last transaction failed to get, and until when the next one queues for it before it reads. */
  wanted?: { key: string; until: number } | undefined;
  used: number;
  /** The connection that used its transaction last. */
  peer?: Peer;
};

/** What a command says about the transaction it belongs to. */
export type Place = { session: string; number: number; starts: boolean; from: Peer };

/** A statement of a transaction. */
type Statement<T> = (transaction: Transaction) => Promise<T>;

/** The clients' sessions: retryable writes and transactions. */
export class Sessions {
  readonly #data: Data;
  readonly #ended: Ended;
  readonly #sessions = new Map<string, Session>();

  /** `ended` is told when a transaction ends. */
  constructor(data: Data, ended: Ended) {
    this.#data = data;
    this.#ended = ended;
  }

  /** Runs a retryable write once: the same number again gets the same answer. */
  async once<T>(id: string, number: number, run: () => Promise<T>): Promise<T> {
    const session = this.#session(id);
    if (number === session.number && session.answer) return session.answer as Promise<T>;
    begin(session, number);
    const answer = run();
    session.answer = answer;
    // a write that failed as a whole was not applied, so a retry may apply it
    answer.catch(() => {
      if (session.answer === answer) delete session.answer;
    });
    return answer;
  }

  /** Runs a statement of a transaction. An error ends the transaction. The first statement may be run several times. */
  async statement<T>(place: Place, run: Statement<T>): Promise<T> {
    if (place.starts) return this.#first(place, run);
    const { session, transaction } = this.#current(place);
    if (transaction.state === 'committed')
      throw new StoreError(256, `Transaction with { txnNumber: ${place.number} } has been committed.`);
    try {
      return await run(transaction);
    } catch (error) {
      if (error instanceof Contended)
        session.wanted = { key: error.key, until: performance.now() + patience };
      transaction.abort();
      throw asConflict(error);
    }
  }

  async commit(place: Place): Promise<void> {
    const { session, transaction } = this.#current(place);
    session.commit ??= this.#finish(transaction);
    return session.commit;
  }

  abort(place: Place): void {
    const { transaction } = this.#current(place);
    if (transaction.state === 'committed') throw new StoreError(256, 'The transaction has been committed');
    transaction.abort();
  }

  end(id: string): void {
    this.#sessions.get(id)?.transaction?.abort();
    this.#sessions.delete(id);
  }

  /** Ends all. */
  close(): void {
    for (const id of this.#sessions.keys()) this.end(id);
  }

  /** Ends transactions that take too long or whose client has gone, and forgets idle sessions. */
  sweep(): void {
    const now = performance.now();
    for (const [id, session] of this.#sessions) {
      const orphaned = session.peer?.destroyed && session.used < now - orphanedLimit;
      const tooOld = (session.transaction?.begun ?? now) < now - lifetime;
      if (orphaned || tooOld) session.transaction?.abort();
      if (session.used < now - idleLimit) this.#sessions.delete(id);
    }
  }

  #session(id: string): Session {
    let session = this.#sessions.get(id);
    if (!session) {
      session = { number: -1, used: 0 };
      this.#sessions.set(id, session);
    }
    session.used = performance.now();
    return session;
  }

  #current({ session: id, number, from }: Place): { session: Session; transaction: Transaction } {
    const session = this.#session(id);
    const { transaction } = session;
    if (!transaction || transaction.number !== number || transaction.state === 'aborted')
      throw unknown(number);
    session.peer = from;
    return { session, transaction };
  }

  /** Nothing has been answered yet, so it may wait for a lock and begin again with a newer snapshot. */
  async #first<T>(place: Place, run: Statement<T>): Promise<T> {
    const { locks } = this.#data;
    const session = this.#session(place.session);
    if (session.number === place.number) throw startedTwice(place.number);
    begin(session, place.number);
    const transaction = new Transaction(this.#data, place.number, this.#ended);
    session.transaction = transaction;
    session.peer = place.from;
    const until = performance.now() + patience;
    try {
      await this.#queueAgain(session, transaction);
      return await this.#untilFree(transaction, run, until);
    } catch (error) {
      transaction.abort();
      // if it was ended while it waited, it may have got a lock after that
      locks.release(transaction);
      throw asConflict(error);
    }
  }

  async #untilFree<T>(transaction: Transaction, run: Statement<T>, until: number): Promise<T> {
    for (;;) {
      await transaction.refresh();
      try {
        return await run(transaction);
      } catch (error) {
        this.#data.locks.release(transaction);
        if (!(error instanceof Contended) || !(await this.#turn(error.key, transaction, until))) throw error;
      }
    }
  }

  /** A transaction that is tried again queues for what it failed to get. If it does not get it, it runs all the same. */
  async #queueAgain(session: Session, transaction: Transaction): Promise<void> {
    const { wanted } = session;
    delete session.wanted;
    if (wanted) await this.#turn(wanted.key, transaction, wanted.until);
  }

  async #turn(key: string, transaction: Transaction, until: number): Promise<boolean> {
    const left = until - performance.now();
    return left > 0 && this.#data.locks.turn(key, transaction, left);
  }

  async #finish(transaction: Transaction): Promise<void> {
    try {
      transaction.commit();
      await this.#data.storage.settled();
    } catch (error) {
      transaction.abort();
      transaction.state = 'aborted';
      throw error;
    }
  }
}

function begin(session: Session, number: number): void {
  if (number < session.number) throw tooOld(number, session.number);
  session.transaction?.abort();
  delete session.transaction;
  delete session.answer;
  delete session.commit;
  session.number = number;
}

function asConflict(error: unknown): unknown {
  return error instanceof Contended ? writeConflict(transient) : error;
}

function unknown(number: number): StoreError {
  const text = `Given transaction number ${number} does not match any in-progress transactions.`;
  return new StoreError(251, text, {}, transient);
}

/** The error for a client that sends a second first statement before the first one is answered. */
function startedTwice(number: number): StoreError {
  return new StoreError(50911, `Cannot start a transaction at given transaction number ${number} twice.`);
}

function tooOld(number: number, newest: number): StoreError {
  const text = `Cannot start transaction ${number} because a newer transaction ${newest} has already started.`;
  return new StoreError(225, text);
}
