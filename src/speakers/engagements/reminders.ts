import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inStockholm } from '../../base/dates.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { changedTo, type Engagement, EngagementModel, writeEngagement } from './engagement.ts';
import { oweSpeaker } from './letters.ts';

const day = 24 * 3600_000;

/** So many days after the invitation somebody who has not answered is reminded. */
const remindAfter = [7, 14];

/** So many are looked at in one round; the next comes within a minute. */
const most = 200;

/** Reminds speakers who have not answered, once and once more, as long as there is time. */
export async function remindSpeakers(context: Context): Promise<void> {
  const { now } = context;
  const due = remindAfter.map((days, reminders) => ({
    status: 'invited' as const,
    reminders,
    invitedAt: { $lte: new Date(+now - days * day) },
  }));
  const found = await EngagementModel.find({ $or: due }).limit(most).lean<Engagement[]>();
  for (const { _id, reminders } of found) await transaction(() => remind(context, _id, reminders));
}

async function remind(context: Context, _id: Engagement['_id'], reminders: number): Promise<void> {
  // Here two workers meet, and one of them finds nothing more to do.
  const counted = { $inc: { reminders: 1 } };
  const found = { _id, status: 'invited' as const, reminders };
  const engagement = await EngagementModel.findOneAndUpdate(found, counted, {
    returnDocument: 'after',
  }).lean<Engagement>();
  const event = engagement && (await EventModel.findById(engagement.event).lean<Event>());
  if (!event || event.state === 'cancelled' || event.start <= context.now) return;
  await owe(context, event, changedTo(engagement, context.now, {}), 'speaker-reminder');
}

/** How many days before the event slides are asked for. */
const slidesBefore = 7;

/** Asks speakers for their slides a week before, once, unless they have handed some in or have just said yes. */
export async function askForSlides(context: Context): Promise<void> {
  const { now } = context;
  const soon = { $gt: now, $lte: new Date(+now + slidesBefore * day) };
  const events = await EventModel.find({ state: 'published', start: soon }).lean<Event[]>();
  for (const event of events) await transaction(() => askAt(context, event));
}

async function askAt(context: Context, event: Event): Promise<void> {
  const { now } = context;
  const without = { status: 'accepted' as const, slides: { $size: 0 }, slidesAskedAt: null };
  const filter = { event: event._id, ...without, answeredAt: { $lte: new Date(+now - day) } };
  for (const one of await EngagementModel.find(filter).lean<Engagement[]>())
    await owe(context, event, changedTo(one, now, { slidesAskedAt: now }), 'speaker-slides');
}

/** Thanks those who have spoken, from 10 o'clock on the day after, for two weeks. */
export async function thankSpeakers(context: Context): Promise<void> {
  const { now } = context;
  const recent = { state: 'published' as const, end: { $gt: new Date(+now - 15 * day), $lt: now } };
  const events = (await EventModel.find(recent).lean<Event[]>()).filter((event) => thanksDue(event) <= now);
  for (const event of events) await transaction(() => thank(context, event));
}

function thanksDue({ end }: Event): Date {
  return inStockholm(end).startOf('day').plus({ days: 1 }).set({ hour: 10 }).toJSDate();
}

async function thank(context: Context, event: Event): Promise<void> {
  const unthanked = { event: event._id, status: 'accepted' as const, thankedAt: null };
  const spoke = await EngagementModel.find(unthanked).lean<Engagement[]>();
  for (const one of spoke)
    await owe(context, event, changedTo(one, context.now, { thankedAt: context.now }), 'speaker-thanks');
}

async function owe(
  context: Context,
  event: Event,
  engagement: Engagement,
  kind: 'speaker-reminder' | 'speaker-slides' | 'speaker-thanks',
): Promise<void> {
  await writeEngagement(engagement);
  const { documentation } = event;
  const more = kind === 'speaker-thanks' ? documentation && { documentation } : { until: event.start };
  await oweSpeaker(context, { engagement, event }, kind, more);
}
