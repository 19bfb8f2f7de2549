import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { keysIn, withoutKeys } from '../../base/paths.ts';
import { inTurn } from '../../base/serial.ts';
import type { Reply } from '../../calendar/reply.ts';

/** A mail as it was read, within bounds. None of it is to be believed. */
export type Opened = {
  /** The outer headers from the top; names in lower case. */
  headers: [name: string, value: string][];
  /** The one address in the one From header; undefined where there is none or several. */
  from?: { name: string; address: string };
  subject: string;
  text: string;
  messageId?: string;
  /** The mails that this one answers: their Message-IDs. */
  references: string[];
  /** The UIDs of all calendar objects, also of those that cannot be read. */
  uids: string[];
  /** The first calendar object, or what is wrong with it. */
  calendar?: { reply: Reply } | { problem: string };
  /** The parts of a report for machines (RFC 3464). */
  deliveryStatus?: string;
  /** Its contents are where we cannot read them. */
  sealed: boolean;
} & Searched;

/** What a search for the keys of our addresses has come to. */
export type Searched = {
  /** The mail's bytes with the keys hidden that were found. */
  raw: Uint8Array;
  keys: string[];
  /** Every part could be searched: what is hidden is all there is. */
  whole: boolean;
};

/** A mail that could not be read, and what a search of it has found nevertheless. */
export type Unread = { problem: string } & Searched;

/** The longest that reading one mail may take, in milliseconds; an ordinary one takes a few. */
const longest = 10_000;

/** How long the thread stays for the next mail, in milliseconds. */
const idle = 30_000;

let thread: Worker | undefined;
let ending: NodeJS.Timeout | undefined;

/**
 * Reads a mail in a thread of its own, which is stopped if it takes too long or too much memory.
 * @param most milliseconds that it may take
 * @returns what is wrong, if the mail cannot be read
 */
export async function openMail(raw: Buffer, most = longest): Promise<Opened | Unread> {
  // One at a time: an answer is to the mail that was given last.
  return inTurn('opening a mail', async () => {
    clearTimeout(ending);
    thread ??= startThread();
    try {
      const answer = once(thread, 'message', { signal: AbortSignal.timeout(most) });
      thread.postMessage(raw);
      return (await answer)[0];
    } catch (error) {
      await endThread();
      return { problem: error instanceof Error ? error.message : String(error), ...searchedAsItIs(raw) };
    } finally {
      ending = setTimeout(endThread, idle).unref();
    }
  });
}

/** Without decoding anything, which takes so little time that it can be done here. */
function searchedAsItIs(raw: Buffer): Searched {
  const text = raw.toString('latin1');
  return { raw: Buffer.from(withoutKeys(text), 'latin1'), keys: keysIn(text), whole: false };
}

function startThread(): Worker {
  const started = new Worker(new URL('./parse-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 },
    // What this process was started with is not meant for the thread.
    execArgv: [],
  });
  started.unref();
  return started;
}

async function endThread(): Promise<void> {
  const ended = thread;
  thread = undefined;
  await ended?.terminate();
}
