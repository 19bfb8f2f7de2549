import { isDeepStrictEqual } from 'node:util';
import { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { calendarDay, inStockholm, isoDay } from '../../base/dates.ts';
import { inTurn } from '../../base/serial.ts';
import { copied, type Plan } from '../details/details.ts';
import { detailsOf } from '../details/form.ts';
import { type Event, EventModel, type Session, usualQueueHours } from '../event.ts';
import { slugFor } from './address.ts';

/** What a new draft is made with: the programme of the event that it is a copy of, and the id that its form has given it. */
type Made = { programme?: Session[]; id?: Types.ObjectId | undefined };

/** A new draft of a county board. A form that comes twice, as by a double click, makes one. */
export async function createEvent(
  context: Context,
  authority: string,
  plan: Plan,
  { programme, id = new Types.ObjectId() }: Made = {},
): Promise<Event> {
  return inTurn(String(id), () =>
    transaction(async () => {
      const known = await EventModel.findById(id).lean<Event>();
      const isMade = known?.authority === authority && isDeepStrictEqual(detailsOf(known), detailsOf(plan));
      if (known && isMade) return known;
      const _id = known ? new Types.ObjectId() : id;
      const event = { ...newDraft(plan, programme), _id, authority, changedAt: context.now };
      await EventModel.insertMany([event], { lean: true });
      await logAction(context, {
        authority,
        action: programme ? 'event.copied' : 'event.created',
        event: _id,
        about: plan.title,
      });
      return event;
    }),
  );
}

/** What every event begins as. */
export function newDraft(
  plan: Plan,
  sessions: Session[] = [],
): Omit<Event, '_id' | 'authority' | 'changedAt'> {
  return {
    queueHours: usualQueueHours,
    ...plan,
    slug: slugFor(plan),
    state: 'draft',
    taken: { plats: 0, digitalt: 0 },
    waiting: { plats: 0, digitalt: 0 },
    sessions,
    movedFrom: null,
    cancelReason: '',
    publishedAt: null,
    example: false,
    version: 1,
  };
}

/** What a new draft is made of. */
export type EventDraft = Made & { plan: Plan };

/** Several new drafts of a county board in one transaction. A form that comes twice makes them once. */
export async function createEvents(
  context: Context,
  authority: string,
  drafts: EventDraft[],
): Promise<Event[]> {
  // Each of them takes the turn of its own id.
  return inTurn(`together ${drafts.map(({ id }) => id).join(' ')}`, () =>
    transaction(async () => {
      const events: Event[] = [];
      for (const { plan, ...made } of drafts) events.push(await createEvent(context, authority, plan, made));
      return events;
    }),
  );
}

/** A draft like an earlier event, on the same weekday of a later year, with its programme and speakers. */
export async function copyEvent(context: Context, event: Event, id?: Types.ObjectId): Promise<Event> {
  let weeks = 0;
  const later = (instant: Date) => inStockholm(instant).plus({ weeks }).toJSDate();
  do weeks += 52;
  while (later(event.start) <= context.now);
  const { plan, ...made } = copyOf(event, later);
  return createEvent(context, event.authority, plan, { ...made, id });
}

/** What a copy of an event on another day (YYYY-MM-DD) is made of: at the same hours, with its programme and speakers. */
export function copyOn(event: Event, day: string): EventDraft {
  const { days } = calendarDay(day).diff(calendarDay(isoDay(event.start)), 'days');
  return copyOf(event, (instant) => inStockholm(instant).plus({ days }).toJSDate());
}

function copyOf(event: Event, later: (instant: Date) => Date): EventDraft {
  // What was noted for the day itself stays with it.
  const programme = event.sessions.map(({ notes, ...one }) => ({
    ...one,
    _id: new Types.ObjectId(),
    start: one.start && later(one.start),
    end: one.end && later(one.end),
    // What the page shows of a speaker besides is decided for each event.
    speakers: one.speakers.map(({ profile, ...speaker }) => speaker),
  }));
  return { plan: copied(event, later), programme };
}
