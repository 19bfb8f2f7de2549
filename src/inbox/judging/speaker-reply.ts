import type { Context } from '../../base/context.ts';
import type { Reply } from '../../calendar/reply.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { type Engagement, EngagementModel } from '../../speakers/engagements/engagement.ts';
import type { Verdict } from '../save-verdict.ts';

/**
 * What a calendar says about the hours of a speaker, who has already said yes on their page: a no or maybe is for people,
 * since a forged one looks the same, and nothing changes by it. Null if the hours are no speaker's.
 */
export async function judgeSpeakersCalendar({ now }: Context, reply: Reply): Promise<Verdict | null> {
  const engagement = await EngagementModel.findOne({ uid: reply.uid }).lean<Engagement>();
  const event = engagement && (await EventModel.findById(engagement.event).lean<Event>());
  if (!event) return null;
  const about = { event: event._id, authority: event.authority };
  const status = reply.answers.get(engagement.email) ?? [...reply.answers.values()][0] ?? 'other';
  if (reply.method !== 'REPLY' || status === 'other') return { outcome: 'calendar', ...about };
  const isOn = engagement.status === 'accepted' && event.state !== 'cancelled' && now < event.end;
  if (!isOn) return { outcome: 'late', ...about };
  if (reply.sequence < engagement.sequence) return { outcome: 'old', ...about };
  return { outcome: status === 'accepted' ? 'speakerAccepted' : 'speakerDeclined', ...about };
}
