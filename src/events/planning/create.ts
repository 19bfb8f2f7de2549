import { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { isDuplicate, transaction } from '../../base/database.ts';
import { inStockholm, isoDay } from '../../base/dates.ts';
import { folded } from '../../base/form/folding.ts';
import { copied, type Plan } from '../details/details.ts';
import { type Event, EventModel, type Session, usualQueueHours } from '../event.ts';

/** A new draft of a county board. @param programme that of the event which the draft is a copy of */
export async function createEvent(
  context: Context,
  authority: string,
  plan: Plan,
  programme?: Session[],
): Promise<Event> {
  const event: Omit<Event, 'slug'> = {
    queueHours: usualQueueHours,
    ...plan,
    _id: new Types.ObjectId(),
    authority,
    state: 'draft',
    taken: { plats: 0, digitalt: 0 },
    waiting: { plats: 0, digitalt: 0 },
    sessions: programme ?? [],
    movedFrom: null,
    cancelReason: '',
    publishedAt: null,
    changedAt: context.now,
    example: false,
    version: 1,
  };
  const about = {
    authority,
    action: programme ? 'event.copied' : 'event.created',
    event: event._id,
    about: plan.title,
  } as const;
  return withFreeSlug(event, (made) =>
    transaction(async () => {
      await EventModel.insertMany([made], { lean: true });
      await logAction(context, about);
      return made;
    }),
  );
}

/** The address is the title and the day; a second event of that name gets a number. */
async function withFreeSlug(
  event: Omit<Event, 'slug'>,
  insert: (event: Event) => Promise<Event>,
): Promise<Event> {
  const base = `${slugOf(event.title)}-${isoDay(event.start)}`;
  for (let number = 1; ; number += 1) {
    try {
      return await insert({ ...event, slug: number === 1 ? base : `${base}-${number}` });
    } catch (error) {
      if (!isDuplicate(error) || number > 50) throw error;
    }
  }
}

/** A title as a part of an address: plain letters, digits and hyphens. */
export function slugOf(title: string): string {
  return (
    folded(title)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
      .replace(/-$/, '') || 'evenemang'
  );
}

/** A draft like an earlier event, on the same weekday of a later year, with its programme and speakers. */
export async function copyEvent(context: Context, event: Event): Promise<Event> {
  let weeks = 0;
  const later = (instant: Date) => inStockholm(instant).plus({ weeks }).toJSDate();
  do weeks += 52;
  while (later(event.start) <= context.now);
  const sessions = event.sessions.map((one) => ({
    ...one,
    _id: new Types.ObjectId(),
    start: later(one.start),
    end: later(one.end),
  }));
  return createEvent(context, event.authority, copied(event, later), sessions);
}
