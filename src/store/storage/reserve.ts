import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Connection } from './connection.ts';

/** How many bytes are kept back. The log between two checkpoints is shorter, as they are a second apart. */
const reserveBytes = 8 * 1024 * 1024;

/** More pages than a file can have. */
const noLimit = 4_294_967_294;

/**
 * Room that is kept back for the day when the disk is full. It is then given up, so that what is durable can be moved
 * from the log into the file proper, and the file may not grow: deleting goes on, and so does writing within what was freed.
 */
export class Reserve {
  readonly #path: string;
  readonly #main: Connection;
  #isKept = true;

  /** Keeps the room back in a file at `path`, if it is there; `main` is the writing connection. */
  constructor(path: string, main: Connection) {
    this.#path = path;
    this.#main = main;
    if (!this.#fill()) this.giveUp();
  }

  /** The disk is full. Not to be called while a group of writes is open. */
  giveUp(): void {
    rmSync(this.#path, { force: true });
    this.#isKept = false;
    const [pages] = this.#main.get<[number]>('PRAGMA page_count') ?? [];
    this.#limitPages(pages ?? noLimit);
  }

  /** Keeps the room back again if there is enough. Not to be called while a group of writes is open. */
  takeAgain(): void {
    if (this.#isKept || !this.#hasRoom() || !this.#fill()) return;
    this.#isKept = true;
    this.#limitPages(noLimit);
  }

  #limitPages(pages: number): void {
    this.#main.exec(`PRAGMA max_page_count = ${pages}`);
  }

  /** As much again must be left for the database. */
  #hasRoom(): boolean {
    const { bavail, bsize } = statfsSync(dirname(this.#path));
    return bavail * bsize > 2 * reserveBytes;
  }

  /** Whether the room is taken; if it does not fit, none of it is. */
  #fill(): boolean {
    if (statSync(this.#path, { throwIfNoEntry: false })?.size === reserveBytes) return true;
    try {
      writeReserve(this.#path);
      return true;
    } catch {
      rmSync(this.#path, { force: true });
      return false;
    }
  }
}

/** Writes real bytes: a file system sets no room aside for a file with holes. */
function writeReserve(path: string): void {
  const piece = Buffer.alloc(reserveBytes / 8, 1);
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < reserveBytes; )
      written += writeSync(file, piece, 0, Math.min(piece.length, reserveBytes - written));
  } finally {
    closeSync(file);
  }
}
