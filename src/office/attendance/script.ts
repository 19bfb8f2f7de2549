import type { Response } from 'express';
import { isoDay, midnightAfter } from '../../base/dates.ts';
import type { Event } from '../../events/event.ts';

/** What the layout needs to know of a page with the script. `keepFor`: for how many seconds names may be kept in the browser. */
type WithScript = { script?: { keepFor: number } };

/**
 * Lets a page run the script of public/entrance/, with which marks can be made without a network. No other page runs any
 * script. It begins on the event's day, and goes on afterwards, because marks may still wait to be sent.
 */
export function withScript(res: Response, event: Event): WithScript {
  const { now } = res.locals;
  if (event.state !== 'published' || isoDay(now) < isoDay(event.start)) return {};
  const policy = String(res.get('Content-Security-Policy'));
  // Until the midnight after the event.
  const keepFor = secondsLeft(event, now);
  const own = "script-src 'self';worker-src 'self';connect-src 'self'";
  res.set({
    'Content-Security-Policy': policy.replace("script-src 'none'", own),
    'Keep-For': String(keepFor),
  });
  return { script: { keepFor } };
}

function secondsLeft({ end }: Event, now: Date): number {
  const midnight = midnightAfter(isoDay(end)) ?? end;
  return Math.max(0, Math.floor((+midnight - +now) / 1000));
}
