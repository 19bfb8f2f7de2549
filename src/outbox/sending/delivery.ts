import { endPause, type Pause, pauseQueue, readDomainPauses, readPause } from './backoff.ts';
import { isAnyDue, takeOver } from './claim.ts';
import { takeLease } from './lease.ts';
import { type Delivery, Round } from './round.ts';

/** What a round came to; if `claimed` is 0 nothing can be sent right now. `waits`: the whole queue does. */
export type Delivered = { claimed: number; sent: number; failed: number; later: number; waits: boolean };

/**
 * One round of the worker that has the lease: sends what is due over several connections until nothing is, keeps the
 * exact bytes before and notes what became of each. If the process is killed at any moment, what may or may not have left
 * goes again byte for byte. If the line itself fails the round ends, and what was not tried is handed back.
 * @throws Error if the database fails; what was on its way then goes again in the next round
 */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const { clock, by } = delivery;
  const none: Delivered = { claimed: 0, sent: 0, failed: 0, later: 0, waits: false };
  if (!(await isAnyDue(clock()))) return none;
  const pause = await readPause();
  if (pause && pause.until > clock()) return { ...none, waits: true };
  const lease = await takeLease(by, clock);
  if (!lease) return none;
  try {
    const round = new Round(delivery, lease, await readDomainPauses());
    await takeOver(clock());
    await round.run();
    return { ...round.counts, waits: await pauseOrGoOn(round, delivery, pause) };
  } finally {
    lease.rest();
  }
}

/**
 * Stops the queue if the server takes nothing, for longer each time; and for a minute if the line broke before anything
 * got through. That may be one letter's fault, which must not stop the others for long.
 * @returns whether the queue waits
 */
async function pauseOrGoOn(
  { brokenLine, counts }: Round,
  { clock, stop }: Delivery,
  pause: Pause | null,
): Promise<boolean> {
  const gotThrough = counts.sent > 0;
  if (gotThrough && pause) await endPause();
  if (!brokenLine || stop?.aborted || (brokenLine.outcome === 'lost' && gotThrough)) return false;
  const before = brokenLine.outcome === 'lost' || gotThrough ? null : pause;
  await pauseQueue(before, clock(), brokenLine.code);
  return true;
}
