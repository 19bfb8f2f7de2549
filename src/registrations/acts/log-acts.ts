import { AuditModel, entryOf } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { beforeCommit, insertRows } from '../../base/database.ts';
import type { Event } from '../../events/event.ts';
import { makeTally } from '../tallies/make.ts';

/** What an act did, as a line of the log: to one registration, or to many of the event. */
export type Act = Pick<
  Parameters<typeof entryOf>[1],
  'action' | 'fields' | 'registration' | 'registrations'
> & {
  about?: string;
  /** By whom and when, where several people acted in one transaction. */
  context?: Context;
};

/** An act that begins so long before the end may be written after it, in milliseconds; no transaction lasts longer. */
const longest = 10 * 60_000;

/**
 * Writes into the log what an act does to the people of an event, or to their attendance. Every such act passes here, in its
 * own transaction, so this is also where the tally of an event that is over follows: it is made anew before the commit,
 * once for each event, from the rows as they are then.
 */
export async function logActs(context: Context, event: Event, acts: Act[]): Promise<void> {
  const { authority, _id, title } = event;
  const entries = acts.map(({ context: own = context, ...act }) =>
    entryOf(own, { authority, event: _id, about: title, ...act }),
  );
  await insertRows(AuditModel, entries);
  const isOver = +event.end - longest <= +context.now;
  if (acts.length > 0 && isOver) beforeCommit(`tally ${_id}`, () => makeTally(event));
}
