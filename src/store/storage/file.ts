import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Connection } from './connection.ts';

/** The format of the file that this program reads and writes. */
const knownFormat = 2;

const settings =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 0';

/** A file that the database cannot work with, explained in a sentence for the operator. */
class Unusable extends Error {}

/** Another process has the directory. */
export class AlreadyOpen extends Error {}

/** Opens or makes `database.sqlite` in `directory`. The caller must hold the directory (see lockDirectory). */
export function openFile(directory: string): { file: string; main: Connection; format: number } {
  const file = join(directory, 'database.sqlite');
  // SQLite gives its other files the same rights
  closeSync(openSync(file, 'a', 0o600));
  checkAfterCrash(file);
  const main = new Connection(file, settings);
  const [format = 0] = main.get<[number]>('PRAGMA user_version') ?? [];
  if (format > knownFormat)
    throw new Unusable(
      `The database file ${file} has format ${format}, of a newer version than this one, which knows ${knownFormat}. Start the newer version.`,
    );
  return { file, main, format };
}

/** Notes that the file now has the format of this program. */
export function writeFormat(main: Connection): void {
  main.exec(`PRAGMA user_version = ${knownFormat}`);
}

/**
 * A write-ahead log on disk means that the last process did not close the database: the whole file is checked. The
 * connection is read-only, so that a damaged file is left as it was found.
 */
function checkAfterCrash(file: string): void {
  if (!statSync(`${file}-wal`, { throwIfNoEntry: false })?.size) return;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() ?? {};
    if (found !== 'ok') throw damaged(file, String(found).replace(/^.*\n/, ''));
  } finally {
    database.close();
  }
}

function damaged(file: string, reason: string): Unusable {
  return new Unusable(
    `The database file ${file} is damaged (${reason}). Move it away together with its -wal and -shm, start, and restore the latest backup.`,
  );
}

/** SQLite's result codes for a file that is no longer a database: SQLITE_CORRUPT, SQLITE_NOTADB. */
const damageCodes = [11, 26];

/** SQLite's result code for a file that another connection holds: SQLITE_BUSY. */
const busyCode = 5;

/** Why a file in `directory` could not be opened, in a sentence for the operator. */
export function unusable(directory: string, error: unknown, name = 'database.sqlite'): Error {
  if (error instanceof Unusable) return error;
  const file = join(directory, name);
  const { errcode = 0, message } = error as Error & { errcode?: number };
  // the upper bytes only say more about the same error
  if (damageCodes.includes(errcode & 0xff)) return damaged(file, message);
  return new Error(`The database file ${file} cannot be opened (${message}).`, { cause: error });
}

/** Takes the directory for this process until `close`, by SQLite's own file lock, which the kernel drops with the process. */
export function lockDirectory(directory: string): { close(): void } {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(directory, 'lock'));
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: number }).errcode !== busyCode) throw unusable(directory, error, 'lock');
    throw new AlreadyOpen(`The database in ${directory} is already open in another process.`, {
      cause: error,
    });
  }
}
