import { closeSync, existsSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Connection, connect } from './connection.ts';
import { StoreError } from './errors.ts';
import { openReserve, type Reserve } from './reserve.ts';

/** A connection that sees the database as it was after group number `group`, until it is given back. */
export type Snapshot = Connection & { group: number };

/** The SQLite file: one writing connection whose commits are shared, and snapshots beside it. */
export type Storage = {
  main: Connection;
  /** Runs `work`, which writes on `main`, in the group that the next commit makes durable; where it throws, the group is lost. */
  write<T>(work: (group: number) => T): T;
  /** Resolves when everything written so far is durable, rejects where it could not be kept; undefined: it is. */
  settled(): Promise<void> | undefined;
  /** A snapshot of all that is durable now. */
  snapshot(): Snapshot;
  release(snapshot: Snapshot): void;
  /** Moves what is durable from the log into the file proper, as far as no snapshot needs the old. Not while a group is open. */
  checkpoint(): void;
  /** How many groups of writes have been lost. */
  losses(): number;
  /** Called after a group of writes was lost, before its writers are told. */
  onLoss(reload: () => void): void;
  /** Ends this thread if an error says that the file is damaged: writing on could make it worse. */
  endIfDamaged(error: unknown): void;
  close(): void;
};

/** Ends the name of a file that is there when the database file beside it has turned out to be damaged. */
const DOUBTFUL = '-damaged';

/** The format of the file that this program reads and writes. */
const FORMAT = 1;

/** A file that the database cannot work with, as a sentence for the operator. */
class Unusable extends Error {}

/** Opens or makes `database.sqlite` in `directory`; only one process may (see lockDirectory). */
export function openStorage(directory: string): Storage {
  const file = join(directory, 'database.sqlite');
  if (statSync(file, { throwIfNoEntry: false })?.size === 0) throw empty(file);
  // SQLite gives its other files the rights of this one
  closeSync(openSync(file, 'a', 0o600));
  const main = openMain(file);
  const endIfDamaged = (error: unknown) => {
    if (isDamage(error)) setImmediate(() => endDamaged(file, error.message));
  };
  const group = groupCommit(main, openReserve(join(directory, 'reserve'), main), endIfDamaged);
  const idle: Connection[] = [];
  return {
    main,
    ...group,
    endIfDamaged,
    snapshot() {
      const connection = idle.pop() ?? connect(file, 'PRAGMA query_only = ON');
      connection.run('BEGIN');
      // SQLite takes the snapshot at the first read
      connection.get('SELECT 1 FROM sqlite_master');
      return Object.assign(connection, { group: group.durable() });
    },
    release(snapshot) {
      snapshot.run('COMMIT');
      idle.push(snapshot);
    },
    checkpoint() {
      if (!group.settled()) checkpoint(main);
    },
    close() {
      group.commit();
      for (const connection of idle) connection.close();
      main.close();
    },
  };
}

/** The writing connection, of a file that is whole and of this version. */
function openMain(file: string): Connection {
  // a log that is still there: the last process did not close the database
  const endedByForce = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const doubtful = existsSync(file + DOUBTFUL);
  const main = connect(
    file,
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 0',
  );
  const [found = 'ok'] = ((endedByForce || doubtful) && main.get<[string]>('PRAGMA quick_check(1)')) || [];
  if (found !== 'ok') throw damaged(file, found.replace(/^.*\n/, ''));
  rmSync(file + DOUBTFUL, { force: true });
  const [format = 0] = main.get<[number]>('PRAGMA user_version') ?? [];
  if (format > FORMAT)
    throw new Unusable(
      `The database file ${file} has format ${format}, of a newer version than this one, which knows ${FORMAT}. Start the newer version.`,
    );
  if (format === 0) main.exec(`PRAGMA user_version = ${FORMAT}`);
  return main;
}

function checkpoint(main: Connection): void {
  try {
    main.get('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // the disk is full: all is still in the log, and the next time may succeed
  }
}

function empty(file: string): Unusable {
  return new Unusable(
    `The database file ${file} is empty, though it has been made before. Move it away, start, and restore the latest backup if it has held anything.`,
  );
}

function damaged(file: string, reason: string): Unusable {
  return new Unusable(
    `The database file ${file} is damaged (${reason}). Move it away together with its -wal and -shm, start, and restore the latest backup.`,
  );
}

/** SQLite's result codes of a file that is not a database any more: SQLITE_CORRUPT, SQLITE_NOTADB. */
const DAMAGE = [11, 26];

function isDamage(error: unknown): error is Error {
  // the low byte; what is above it tells more than is asked here
  return DAMAGE.includes(((error as { errcode?: number })?.errcode ?? 0) & 0xff);
}

/** Ends this thread; whoever opens the file next looks it through first. */
function endDamaged(file: string, reason: string): never {
  writeFileSync(file + DOUBTFUL, '', { mode: 0o600 });
  throw damaged(file, reason);
}

/** SQLite's result code of a file that another connection holds: SQLITE_BUSY. */
const BUSY = 5;

/** Why the database in `directory`, or another file there, could not be opened, as a sentence for the operator. */
export function unusable(directory: string, error: unknown, name = 'database.sqlite'): Error {
  if (error instanceof Unusable) return error;
  const file = join(directory, name);
  if (isDamage(error)) return damaged(file, error.message);
  return new Error(`The database file ${file} cannot be opened (${(error as Error).message}).`, {
    cause: error,
  });
}

/** Another process has the directory. */
export class AlreadyOpen extends Error {}

/** Takes the directory for this process until `close`, by SQLite's own file lock, which the kernel drops with the process. */
export function lockDirectory(directory: string): { close(): void } {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(directory, 'lock'));
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw unusable(directory, error, 'lock');
    throw new AlreadyOpen(`The database in ${directory} is already open in another process.`, {
      cause: error,
    });
  }
}

/** Writes of one turn of the event loop share a SQLite transaction and thus one fsync. */
function groupCommit(main: Connection, reserve: Reserve, endIfDamaged: (error: unknown) => void) {
  let open: PromiseWithResolvers<void> | undefined;
  let number = 0;
  let losses = 0;
  let reload = () => {};

  function write<T>(work: (group: number) => T): T {
    try {
      begin();
      return work(number);
    } catch (error) {
      throw lose(error);
    }
  }

  function begin(): void {
    if (open) return;
    reserve.takeAgain();
    main.run('BEGIN IMMEDIATE');
    open = Promise.withResolvers<void>();
    // a writer that fails answers at once and does not wait for the group
    open.promise.catch(() => {});
    number++;
    setImmediate(commit);
  }

  function commit(): void {
    if (!open) return;
    try {
      main.run('COMMIT');
      open.resolve();
      open = undefined;
    } catch (error) {
      lose(error);
    }
  }

  function lose(cause: unknown): StoreError {
    const lost = open;
    open = undefined;
    losses++;
    rollback(main);
    endIfDamaged(cause);
    const error = storageError(cause);
    if (error.code === OUT_OF_SPACE) {
      reserve.giveUp();
      checkpoint(main);
    }
    reload();
    lost?.reject(error);
    return error;
  }

  return {
    write,
    commit,
    durable: () => (open ? number - 1 : number),
    losses: () => losses,
    settled: () => open?.promise,
    onLoss(action: () => void) {
      reload = action;
    },
  };
}

/** SQLite has already rolled back by itself where the disk was full. */
function rollback(main: Connection): void {
  try {
    main.run('ROLLBACK');
  } catch {
    // no transaction is open: nothing is left to undo
  }
}

/** MongoDB's code of a disk that is full. */
const OUT_OF_SPACE = 14031;

/** What the client is told when SQLite fails: out of disk space, or internal (1). */
function storageError(error: unknown): StoreError {
  const text = error instanceof Error ? error.message : String(error);
  return new StoreError(
    /full|i\/o/i.test(text) ? OUT_OF_SPACE : 1,
    `the database file could not be written: ${text}`,
  );
}
