import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { newUid } from '../../base/uid.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { closeLost } from '../../outbox/queries.ts';
import { changedTo, type Engagement, EngagementModel, expected, writeEngagement } from './engagement.ts';
import { oweSpeaker } from './letters.ts';

/**
 * Sends the invitations that count to the speaker's new address, in the running transaction. Links in letters to the former
 * one open nothing any more, and their hours go from its calendar to that of the new one.
 * @param email empty: nothing happens
 */
export async function followAddress(context: Context, speaker: Types.ObjectId, email: string): Promise<void> {
  if (!email) return;
  const open = { speaker, status: { $in: expected }, email: { $ne: email } };
  for (const engagement of await EngagementModel.find(open).lean<Engagement[]>()) {
    const event = await EventModel.findById(engagement.event).lean<Event>();
    if (event && event.state !== 'cancelled' && context.now < event.end)
      await readdress(context, event, engagement, email);
  }
}

async function readdress(context: Context, event: Event, former: Engagement, email: string): Promise<void> {
  const { _id, uid, sequence, status } = former;
  await closeLost(_id, context.now);
  const standing = (await takeBack([_id])).get(uid);
  const change = { email, uid: newUid(context.settings.mailFrom), sequence: sequence + 1 };
  const engagement = changedTo(former, context.now, change);
  await writeEngagement(engagement);
  if (status === 'invited')
    return oweSpeaker(context, { engagement, event }, 'speaker-invitation', { until: event.end });
  await oweSpeaker(context, { engagement, event }, 'speaker-accepted', { calendar: 'REQUEST' });
  if (!standing?.everLeft) return;
  const before = { ...engagement, email: former.email, uid };
  await oweSpeaker(context, { engagement: before, event }, 'speaker-new-address', { calendar: 'CANCEL' });
}
