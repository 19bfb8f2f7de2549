import { closeSync, existsSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Connection } from './connection.ts';

/** Ends the name of an empty file, which stands beside a database file that has turned out to be damaged. */
const damagedMark = '-damaged';

/** The format of the file that this program reads and writes. */
export const knownFormat = 3;

const settings =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 0';

/** A file that the database cannot work with, explained in a sentence for the operator. */
class Unusable extends Error {}

/** Another process has the directory. */
export class AlreadyOpen extends Error {}

/** Opens or makes `database.sqlite` in `directory`. The caller must hold the directory (see lockDirectory). */
export function openFile(directory: string): { file: string; main: Connection; format: number } {
  const file = join(directory, 'database.sqlite');
  if (sizeOf(file) === 0) throw empty(file);
  // SQLite gives its other files the same rights
  closeSync(openSync(file, 'a', 0o600));
  if (isDoubtful(file)) check(file);
  rmSync(file + damagedMark, { force: true });
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

/** Notes that the file is damaged, so that the next start checks it, and gives the sentence for the operator. */
export function markDamaged(file: string, reason: string): Error {
  writeFileSync(file + damagedMark, '', { mode: 0o600 });
  return damaged(file, reason);
}

/** A write-ahead log on disk means that the last process did not close the database. */
function isDoubtful(file: string): boolean {
  return Boolean(sizeOf(`${file}-wal`)) || existsSync(file + damagedMark);
}

/** undefined: there is no such file. */
function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

/** Checks the whole file. The connection is read-only, so that a damaged file is left as it was found. */
function check(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() ?? {};
    if (found !== 'ok') throw damaged(file, String(found).replace(/^.*\n/, ''));
  } finally {
    database.close();
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

/** SQLite's result codes for a file that is no longer a database: SQLITE_CORRUPT, SQLITE_NOTADB. */
const damageCodes = [11, 26];

/** Whether an error says that the file is damaged. */
export function isDamage(error: unknown): error is Error {
  const { errcode = 0 } = (error ?? {}) as { errcode?: number };
  // the upper bytes only say more about the same error
  return damageCodes.includes(errcode & 0xff);
}

/** SQLite's result code for a file that another connection holds: SQLITE_BUSY. */
const busyCode = 5;

/** Why a file in `directory` could not be opened, in a sentence for the operator. */
export function unusable(directory: string, error: unknown, name = 'database.sqlite'): Error {
  if (error instanceof Unusable) return error;
  const file = join(directory, name);
  const { message } = error as Error;
  if (isDamage(error)) return damaged(file, message);
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
