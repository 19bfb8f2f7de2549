import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { type Event, EventModel } from '../event.ts';
import { whatChanged } from './what-changed.ts';

/** Somebody saved in between: nothing was written, and `event` is what stands now. */
export type EditConflict = { refused: 'conflict'; event: Event };

/** Writes an organiser's change of an event that was read in this transaction, with its line in the log. */
export async function writeEvent(
  context: Context,
  action: 'event.programme' | 'event.files' | 'event.changed' | 'event.cancelled' | 'event.unpublished',
  event: Event,
  change: Partial<Event>,
): Promise<Event> {
  const changed = { ...change, changedAt: context.now, version: event.version + 1 };
  await EventModel.updateOne({ _id: event._id }, { $set: changed });
  await logAction(context, {
    authority: event.authority,
    action,
    event: event._id,
    about: change.title ?? event.title,
    ...whatChanged(event, change),
  });
  return { ...event, ...changed };
}
