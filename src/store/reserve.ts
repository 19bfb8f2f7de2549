import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Connection } from './connection.ts';

/** Bytes that are kept back on the disk. A second's writes are fewer, and all others are in the file proper already. */
export const RESERVE = 8 * 1024 * 1024;

/** More pages than a file can have. */
const NO_LIMIT = 4_294_967_294;

/**
 * Room that is kept back for the day when the disk is full. Then it is given up, so that what is already durable can be
 * moved from the log into the file proper, and the file may not grow: deleting goes on, and writing within what it has freed.
 */
export type Reserve = {
  /** The disk is full. Not while a group is open. */
  giveUp(): void;
  /** Takes the room again if there is enough. Not while a group is open. */
  takeAgain(): void;
};

/** Keeps the room back, in a file at `path`. */
export function openReserve(path: string, main: Connection): Reserve {
  let isKept = true;
  const reserve: Reserve = {
    giveUp() {
      rmSync(path, { force: true });
      isKept = false;
      const [pages] = main.get<[number]>('PRAGMA page_count') ?? [];
      main.get(`PRAGMA max_page_count = ${pages}`);
    },
    takeAgain() {
      if (isKept || !hasRoom(path) || !fill(path)) return;
      isKept = true;
      main.get(`PRAGMA max_page_count = ${NO_LIMIT}`);
    },
  };
  if (!fill(path)) reserve.giveUp();
  return reserve;
}

/** As much again must be left. */
function hasRoom(path: string): boolean {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize > 2 * RESERVE;
}

/** @returns false, with nothing taken, if it does not fit */
function fill(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.size === RESERVE) return true;
  const file = openSync(path, 'w', 0o600);
  try {
    // Real bytes: a file system counts no room for a file with holes.
    const some = Buffer.alloc(RESERVE / 8, 1);
    for (let written = 0; written < RESERVE; )
      written += writeSync(file, some, 0, Math.min(some.length, RESERVE - written));
    return true;
  } catch {
    rmSync(path, { force: true });
    return false;
  } finally {
    closeSync(file);
  }
}
