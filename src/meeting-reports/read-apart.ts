import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { inTurn } from '../base/serial.ts';
import type { Known, Matched } from './match.ts';
import type { Columns } from './reading/columns.ts';
import type { Unreadable } from './reading/decode.ts';
import type { Packed, ReadReport } from './reading/read.ts';

/** What is to be read: the bytes of a file, or the lines of one with the columns that somebody has named. */
export type Source = { file: Uint8Array } | { packed: Packed; columns: Columns };

/** @property day of the event, YYYY-MM-DD */
export type ThreadTask = { source: Source; day: string; known: Known[] };

/** A report that has been read and compared; `accounts` is how many it has. */
export type ComparedReport = Omit<ReadReport, 'attendees'> & Matched & { accounts: number };
export type ThreadAnswer = ComparedReport | { refused: Unreadable };

/** The longest that a report may take, in milliseconds; 50,000 rows take about two seconds. */
const longest = 60_000;

/** Reads a report in a thread of its own, which is stopped if it takes too long or too much memory; one at a time. */
export async function readApart(task: ThreadTask): Promise<ThreadAnswer> {
  return inTurn('reading a meeting report', async () => {
    const thread = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 96 },
      // What this process was started with is not meant for the thread.
      execArgv: [],
    });
    try {
      const [answer] = await once(thread, 'message', { signal: AbortSignal.timeout(longest) });
      return answer;
    } catch {
      return { refused: 'unreadable' };
    } finally {
      await thread.terminate();
    }
  });
}
