import type { Catalog } from '../storage/catalog.ts';
import type { Storage } from '../storage/storage.ts';
import { StoreError } from '../values/errors.ts';
import type { Peer } from '../wire/server.ts';
import { Contended, type Locks } from './locks.ts';
import { type Ended, openTransaction, TRANSIENT, type Transaction } from './transaction.ts';
import { type View, writeConflict } from './view.ts';

/** How long a transaction may take, how long it queues for a held document, how long a session idles; in ms. */
const LIFETIME = 60_000;
const PATIENCE = 1000;
const IDLE = 30 * 60_000;
/** How long the transaction of a connection that is gone may be continued by another, in ms. */
const ORPHANED = 1000;

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
  /** The connection that its transaction was last used by. */
  peer?: Peer;
};

/** What a command says about the transaction it belongs to. */
export type Place = { session: string; number: number; starts: boolean; from: Peer };

/** The clients' sessions: retryable writes and transactions. */
export type Sessions = {
  /** Runs a retryable write once: the same number again gets the same answer. */
  once<T>(session: string, number: number, run: () => Promise<T>): Promise<T>;
  /** Runs a statement of a transaction; an error ends the transaction. `run` may be run twice where it is the first. */
  statement<T>(place: Place, run: (view: View, transaction: Transaction) => Promise<T>): Promise<T>;
  commit(place: Place): Promise<void>;
  abort(place: Place): void;
  end(session: string): void;
  /** Ends all. */
  close(): void;
  /** Ends transactions that take too long or whose client has gone, and forgets idle sessions. */
  sweep(): void;
};

/** An empty table of sessions; `ended` hears of the end of every transaction. */
export function createSessions(storage: Storage, locks: Locks, catalog: Catalog, ended: Ended): Sessions {
  const sessions = new Map<string, Session>();

  function sessionOf(id: string): Session {
    let session = sessions.get(id);
    if (!session) {
      session = { number: -1, used: 0 };
      sessions.set(id, session);
    }
    session.used = performance.now();
    return session;
  }

  function abort(session: Session): void {
    session.transaction?.abort();
  }

  function begin(session: Session, number: number): void {
    if (number < session.number) throw tooOld(number, session.number);
    abort(session);
    delete session.transaction;
    delete session.answer;
    delete session.commit;
    session.number = number;
  }

  async function once<T>(id: string, number: number, run: () => Promise<T>): Promise<T> {
    const session = sessionOf(id);
    if (number === session.number && session.answer) return session.answer as Promise<T>;
    begin(session, number);
    const answer = run();
    session.answer = answer;
    // what failed as a whole was not applied, so a retry may apply it
    answer.catch(() => {
      if (session.answer === answer) delete session.answer;
    });
    return answer;
  }

  function current({ session: id, number, from }: Place): { session: Session; transaction: Transaction } {
    const session = sessionOf(id);
    const { transaction } = session;
    if (!transaction || transaction.number !== number || transaction.state === 'aborted')
      throw unknown(number);
    session.peer = from;
    return { session, transaction };
  }

  async function statement<T>(
    place: Place,
    run: (view: View, transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    if (place.starts) return first(place, run);
    const { session, transaction } = current(place);
    if (transaction.state === 'committed')
      throw new StoreError(256, `Transaction with { txnNumber: ${place.number} } has been committed.`);
    try {
      return await run(transaction.view, transaction);
    } catch (error) {
      if (error instanceof Contended)
        session.wanted = { key: error.key, until: performance.now() + PATIENCE };
      abort(session);
      throw error instanceof Contended ? writeConflict(TRANSIENT) : error;
    }
  }

  /** Nothing has been answered yet, so it may wait for what is held and begin again with a snapshot after that. */
  async function first<T>(
    place: Place,
    run: (view: View, transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const session = sessionOf(place.session);
    if (session.number === place.number) throw startedTwice(place.number);
    begin(session, place.number);
    const transaction = openTransaction(storage, locks, catalog, place.number, ended);
    session.transaction = transaction;
    session.peer = place.from;
    const until = performance.now() + PATIENCE;
    try {
      await queueAgain(session, transaction);
      for (;;) {
        await transaction.refresh();
        try {
          return await run(transaction.view, transaction);
        } catch (error) {
          locks.release(transaction);
          if (!(error instanceof Contended) || !(await inTurn(error.key, transaction, until))) throw error;
        }
      }
    } catch (error) {
      abort(session);
      // it may have been ended while it waited, and got what it waited for after that
      locks.release(transaction);
      throw error instanceof Contended ? writeConflict(TRANSIENT) : error;
    }
  }

  /** A transaction that is tried again comes to its turn at what it failed to get; without it, it tries its luck. */
  async function queueAgain(session: Session, transaction: Transaction): Promise<void> {
    const { wanted } = session;
    delete session.wanted;
    if (wanted) await inTurn(wanted.key, transaction, wanted.until);
  }

  async function inTurn(key: string, transaction: Transaction, until: number): Promise<boolean> {
    const patience = until - performance.now();
    return patience > 0 && locks.turn(key, transaction, patience);
  }

  async function commit(place: Place): Promise<void> {
    const { session, transaction } = current(place);
    session.commit ??= finish(session, transaction);
    return session.commit;
  }

  async function finish(session: Session, transaction: Transaction): Promise<void> {
    try {
      transaction.commit();
      await storage.settled();
    } catch (error) {
      abort(session);
      transaction.state = 'aborted';
      throw error;
    }
  }

  function end(id: string): void {
    const session = sessions.get(id);
    if (session) abort(session);
    sessions.delete(id);
  }

  return {
    once,
    statement,
    commit,
    end,
    abort(place) {
      const { session, transaction } = current(place);
      if (transaction.state === 'committed') throw new StoreError(256, 'The transaction has been committed');
      abort(session);
    },
    close() {
      for (const id of sessions.keys()) end(id);
    },
    sweep() {
      const now = performance.now();
      for (const [id, session] of sessions) {
        const orphaned = session.peer?.destroyed && session.used < now - ORPHANED;
        if (orphaned || (session.transaction?.begun ?? now) < now - LIFETIME) abort(session);
        if (session.used < now - IDLE) sessions.delete(id);
      }
    },
  };
}

function unknown(number: number): StoreError {
  const text = `Given transaction number ${number} does not match any in-progress transactions.`;
  return new StoreError(251, text, {}, TRANSIENT);
}

/** What a client gets that does not wait for the first statement before it sends others. */
function startedTwice(number: number): StoreError {
  return new StoreError(50911, `Cannot start a transaction at given transaction number ${number} twice.`);
}

function tooOld(number: number, newest: number): StoreError {
  const text = `Cannot start transaction ${number} because a newer transaction ${newest} has already started.`;
  return new StoreError(225, text);
}
