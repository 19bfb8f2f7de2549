import { join } from 'node:path';
import { StoreError } from '../values/errors.ts';
import { Connection } from './connection.ts';
import { isDamage, markDamaged, openFile } from './file.ts';
import { Reserve } from './reserve.ts';

/** MongoDB's code for a full disk. */
const outOfSpace = 14031;

/** A connection that sees the database as it was after group number `group`, until it is released. */
export type Snapshot = { connection: Connection; group: number };

/**
 * The SQLite file: one writing connection, and snapshots beside it. Writes of one turn of the event loop form a group,
 * which shares a SQLite transaction and thus one fsync.
 */
export class Storage {
  readonly main: Connection;
  /** The format that the file had when it was opened; 0: it is new. */
  readonly format: number;
  readonly #file: string;
  readonly #reserve: Reserve;
  readonly #idle: Connection[] = [];
  #open: PromiseWithResolvers<void> | undefined;
  #group = 0;
  #losses = 0;
  #reload = () => {};

  constructor(directory: string) {
    const { file, main, format } = openFile(directory);
    this.#file = file;
    this.format = format;
    this.main = main;
    this.#reserve = new Reserve(join(directory, 'reserve'), main);
  }

  /** Runs `work`, which writes on `main`, within the current group. If it throws, the whole group is lost. */
  write<T>(work: (group: number) => T): T {
    try {
      this.#begin();
      return work(this.#group);
    } catch (error) {
      throw this.#lose(error);
    }
  }

  /** Resolves when everything written so far is durable, rejects if it could not be kept; undefined: nothing is pending. */
  settled(): Promise<void> | undefined {
    return this.#open?.promise;
  }

  /** How many groups of writes have been lost. */
  get losses(): number {
    return this.#losses;
  }

  /** `reload` is called after a group of writes was lost, before its writers are told. */
  onLoss(reload: () => void): void {
    this.#reload = reload;
  }

  /** A snapshot of everything that is durable now. */
  snapshot(): Snapshot {
    const connection = this.#idle.pop() ?? new Connection(this.#file, 'PRAGMA query_only = ON');
    connection.run('BEGIN');
    // SQLite takes the snapshot at the first read
    connection.get('SELECT 1 FROM sqlite_master');
    return { connection, group: this.#open ? this.#group - 1 : this.#group };
  }

  release({ connection }: Snapshot): void {
    connection.run('COMMIT');
    this.#idle.push(connection);
  }

  /** Moves what is durable from the log into the file proper, as far as no snapshot needs the old state. */
  checkpoint(): void {
    try {
      if (!this.#open) this.main.get('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // the disk is full: everything is still in the log, and the next time may succeed
    }
  }

  /** Ends this thread if `error` says that the file is damaged: writing on could make it worse. */
  endIfDamaged(error: unknown): void {
    if (!isDamage(error)) return;
    const { message } = error;
    // nobody can catch it there
    setImmediate(() => {
      throw markDamaged(this.#file, message);
    });
  }

  close(): void {
    this.#commit();
    for (const connection of this.#idle) connection.close();
    this.main.close();
  }

  #begin(): void {
    if (this.#open) return;
    this.#reserve.takeAgain();
    this.main.run('BEGIN IMMEDIATE');
    this.#open = Promise.withResolvers<void>();
    // a writer that fails answers at once and does not wait for the group
    this.#open.promise.catch(() => {});
    this.#group++;
    setImmediate(() => this.#commit());
  }

  #commit(): void {
    if (!this.#open) return;
    try {
      this.main.run('COMMIT');
      this.#open.resolve();
      this.#open = undefined;
    } catch (error) {
      this.#lose(error);
    }
  }

  #lose(cause: unknown): StoreError {
    const lost = this.#open;
    this.#open = undefined;
    this.#losses++;
    rollback(this.main);
    this.endIfDamaged(cause);
    const error = storageError(cause);
    if (error.code === outOfSpace) this.#makeRoom();
    this.#reload();
    lost?.reject(error);
    return error;
  }

  #makeRoom(): void {
    this.#reserve.giveUp();
    this.checkpoint();
  }
}

/** If the disk is full, SQLite has already rolled back by itself. */
function rollback(main: Connection): void {
  try {
    main.run('ROLLBACK');
  } catch {
    // no transaction is open: nothing is left to undo
  }
}

/** What the client is told when SQLite fails: out of disk space, or internal (1). */
function storageError(error: unknown): StoreError {
  const text = error instanceof Error ? error.message : String(error);
  return new StoreError(
    /full|i\/o/i.test(text) ? outOfSpace : 1,
    `the database file could not be written: ${text}`,
  );
}
