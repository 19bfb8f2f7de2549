import { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inStockholm } from '../../base/dates.ts';
import { copied, type Plan } from '../details/details.ts';
import { type Event, EventModel, type Session, usualQueueHours } from '../event.ts';
import { slugFor } from './address.ts';

/** A new draft of a county board. @param programme that of the event which the draft is a copy of */
export async function createEvent(
  context: Context,
  authority: string,
  plan: Plan,
  programme?: Session[],
): Promise<Event> {
  const event: Event = {
    queueHours: usualQueueHours,
    ...plan,
    _id: new Types.ObjectId(),
    authority,
    slug: slugFor(plan),
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
  return transaction(async () => {
    await EventModel.insertMany([event], { lean: true });
    await logAction(context, about);
    return event;
  });
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
