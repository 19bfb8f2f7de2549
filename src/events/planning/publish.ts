import type { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { publishFilesOf, releaseFilesOf } from '../../files/keeping.ts';
import { type Event, EventModel } from '../event.ts';
import { claimSlug } from './address.ts';
import { type Hindrance, hindrances } from './publish-check.ts';

/** Opens an event to visitors at the address of its title and day, or names what is missing. */
export async function publishEvent(
  context: Context,
  id: Types.ObjectId,
): Promise<Event | { refused: 'incomplete'; missing: Hindrance[] }> {
  return transaction(async () => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    if (event.state !== 'draft') return event;
    const missing = hindrances(event, context.now);
    if (missing.length > 0) return { refused: 'incomplete', missing };
    const slug = await claimSlug(event);
    const published = { state: 'published', slug, publishedAt: context.now, changedAt: context.now } as const;
    await EventModel.updateOne({ _id: id }, { $set: published, $inc: { version: 1 } });
    await publishFilesOf(id, true);
    await logAction(context, {
      authority: event.authority,
      action: 'event.published',
      event: id,
      about: event.title,
    });
    return { ...event, ...published, version: event.version + 1 };
  });
}

/** Takes a draft away; what has been published stays (its page and its public record). */
export async function deleteDraft(context: Context, id: Types.ObjectId): Promise<boolean> {
  return transaction(async () => {
    const event = await EventModel.findOneAndDelete({ _id: id, state: 'draft' }).lean<Event>();
    if (!event) return false;
    await releaseFilesOf(id);
    await logAction(context, {
      authority: event.authority,
      action: 'event.deleted',
      event: id,
      about: event.title,
    });
    return true;
  });
}
