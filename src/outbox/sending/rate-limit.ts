import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';

/** Resolves when the next letter may leave, or when the signal says that none will. */
export type Pace = (stop?: AbortSignal) => Promise<void>;

const minute = 60_000;

/**
 * Lets at most so many letters leave in any minute, over all connections and rounds of this process: as many at
 * once, then each a minute after the one so far before it. Two processes never send at the same time; one that follows
 * another within the same minute does not know of its letters.
 * @param pause waits so many milliseconds by the clock
 */
export function paceOf(perMinute: number, clock: Clock, pause = rest): Pace {
  let turns: number[] = [];
  let last = 0;
  return async (stop) => {
    const now = clock().getTime();
    // A clock that is set back takes the turns with it, or letters would wait for it to come to them again.
    if (now < last) turns = turns.map((turn) => turn - (last - now));
    last = now;
    const before = turns.length < perMinute ? undefined : turns.shift();
    const turn = before === undefined ? now : Math.max(now, before + minute);
    turns.push(turn);
    if (turn > now) await pause(turn - now, stop);
  };
}

async function rest(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
