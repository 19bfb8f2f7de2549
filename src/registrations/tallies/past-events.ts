import type { QueryFilter } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { logger } from '../../base/log.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { hasErased, makeTally } from './make.ts';
import { TallyModel } from './tally.ts';

/** An event that ended longer ago has its tally, or is counted whenever it is asked for until tallies are rebuilt. */
const lately = 400 * 24 * 3600_000;

/** Makes the tallies of events that have ended and have none. The worker calls it now and then. */
export async function tallyPastEvents({ now }: Context): Promise<void> {
  const ended = await find({ start: { $gt: new Date(+now - lately), $lt: now }, end: { $lte: now } });
  const made = await TallyModel.distinct('_id', { _id: { $in: ended.map(({ _id }) => _id) } });
  const known = new Set(made.map(String));
  for (const event of ended.filter(({ _id }) => !known.has(String(_id))))
    await make(event).catch(
      // Trouble with one event must not keep the others waiting.
      ({ stack }: Error) =>
        logger.error({ event: event._id, error: stack }, 'A tally could not be made. It is tried again.'),
    );
}

/**
 * Makes all tallies anew from the rows. Events that people have been erased from are left as they are: what their rows
 * have lost only the tally knows.
 */
export async function rebuildTallies(now: Date): Promise<{ made: number; left: number }> {
  const events = await find({ start: { $lt: now }, end: { $lte: now } });
  let made = 0;
  for (const event of events) {
    const isWhole = !((await TallyModel.exists({ _id: event._id })) && (await hasErased(event._id)));
    if (isWhole) await make(event);
    if (isWhole) made += 1;
  }
  return { made, left: events.length - made };
}

async function find(held: QueryFilter<Event>): Promise<Event[]> {
  return EventModel.find({ state: 'published', ...held })
    .sort({ start: 1 })
    .lean<Event[]>();
}

async function make(event: Event): Promise<void> {
  await inTurn(String(event._id), () => transaction(() => makeTally(event)));
}
