import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';

/** Resolves when the next letter may leave, or when the signal says that none will. */
export type Pace = (stop?: AbortSignal) => Promise<void>;

const minute = 60_000;

/**
 * Lets at most so many letters leave in any minute, over all connections and rounds of this process (R73): as many at
 * once, then each a minute after the one so far before it. Two processes never send at the same time; one that follows
 * another within the same minute does not know of its letters.
 * @param pause waits so many milliseconds by the clock
 */
export function paceOf(perMinute: number, clock: Clock, pause = rest): Pace {
  const turns: number[] = [];
  return async (stop) => {
    const now = clock().getTime();
    const before = turns.length < perMinute ? undefined : turns.shift();
    const turn = before === undefined ? now : Math.max(now, before + minute);
    turns.push(turn);
    if (turn > now) await pause(turn - now, stop);
  };
}

async function rest(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
