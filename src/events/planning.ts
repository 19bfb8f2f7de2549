import { Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { isDuplicate, transaction } from '../base/database.ts';
import { inStockholm, isoDay } from '../base/dates.ts';
import { type Event, EventModel, type Session, type Speaker } from './event.ts';
import { type Hindrance, hindrances } from './publish-check.ts';

/** What an organiser decides about an event, apart from its programme. */
export type Plan = Pick<
  Event,
  | 'title'
  | 'kind'
  | 'factors'
  | 'start'
  | 'end'
  | 'opensAt'
  | 'closesAt'
  | 'changeUntil'
  | 'cancelUntil'
  | 'venue'
  | 'address'
  | 'meetingLink'
  | 'seats'
  | 'queueHours'
  | 'cost'
  | 'audience'
  | 'summary'
  | 'highlights'
  | 'accessibility'
  | 'contactName'
  | 'contactEmail'
  | 'contactPhone'
  | 'letterPlan'
  | 'documentation'
>;

/** Somebody saved in between: nothing was written, and `event` is what stands now. */
export type EditConflict = { refused: 'conflict'; event: Event };

/** A cancelled event's programme stays as it is, and a published one keeps at least one session. */
export type ProgrammeRefusal = { refused: 'cancelled' | 'lastSession'; event: Event };

/** A new draft of a county board. @param copied the programme, where the draft is a copy */
export async function createEvent(
  context: Context,
  authority: string,
  plan: Plan,
  copied?: Session[],
): Promise<Event> {
  const event: Omit<Event, 'slug'> = {
    ...plan,
    _id: new Types.ObjectId(),
    authority,
    state: 'draft',
    taken: { plats: 0, digitalt: 0 },
    waiting: { plats: 0, digitalt: 0 },
    sessions: copied ?? [],
    movedFrom: null,
    cancelReason: '',
    publishedAt: null,
    changedAt: context.now,
    example: false,
    version: 1,
  };
  const about = {
    authority,
    action: copied ? 'event.copied' : 'event.created',
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
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
      .replace(/-$/, '') || 'evenemang'
  );
}

/** What an event and its copy have in common; the meeting link and the documents are of one day only. */
const copied = [
  ...(['title', 'kind', 'factors', 'venue', 'address', 'seats', 'queueHours', 'cost'] as const),
  ...(['audience', 'summary', 'highlights', 'accessibility', 'letterPlan'] as const),
  ...(['contactName', 'contactEmail', 'contactPhone'] as const),
];

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
  const times = {
    start: later(event.start),
    end: later(event.end),
    opensAt: null,
    closesAt: later(event.closesAt),
    changeUntil: event.changeUntil && later(event.changeUntil),
    cancelUntil: event.cancelUntil && later(event.cancelUntil),
  };
  const kept = Object.fromEntries(copied.flatMap((name) => (name in event ? [[name, event[name]]] : [])));
  const plan = { ...(kept as Pick<Plan, (typeof copied)[number]>), ...times, meetingLink: '' };
  return createEvent(context, event.authority, plan, sessions);
}

/** Opens an event to visitors, or names what is missing. */
export async function publishEvent(
  context: Context,
  id: Types.ObjectId,
): Promise<Event | { refused: 'incomplete'; missing: Hindrance[] }> {
  return transaction(async () => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    if (event.state !== 'draft') return event;
    const missing = hindrances(event, context.now);
    if (missing.length > 0) return { refused: 'incomplete', missing };
    const published = { state: 'published', publishedAt: context.now, changedAt: context.now } as const;
    await EventModel.updateOne({ _id: id }, { $set: published, $inc: { version: 1 } });
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
    if (event)
      await logAction(context, {
        authority: event.authority,
        action: 'event.deleted',
        event: id,
        about: event.title,
      });
    return event !== null;
  });
}

/** One part of the programme as an organiser writes it; `key` names the one to change. */
export type SessionPlan = {
  key?: Types.ObjectId;
  start: Date;
  end: Date;
  title: string;
  description: string;
  speakers: Speaker[];
};

/** Adds or changes one part of the programme, kept in the order of time. */
export async function saveSession(
  context: Context,
  id: Types.ObjectId,
  version: number,
  { key, ...plan }: SessionPlan,
): Promise<Event | EditConflict | ProgrammeRefusal> {
  return changeProgramme(context, id, version, (sessions) => {
    const others = sessions.filter((one) => !key || !one._id.equals(key));
    return [...others, { ...plan, _id: key ?? new Types.ObjectId() }].sort(
      (a, b) => +a.start - +b.start || +a.end - +b.end,
    );
  });
}

/** Takes one part out of the programme. */
export async function removeSession(
  context: Context,
  id: Types.ObjectId,
  version: number,
  key: Types.ObjectId,
): Promise<Event | EditConflict | ProgrammeRefusal> {
  return changeProgramme(context, id, version, (sessions) => sessions.filter((one) => !one._id.equals(key)));
}

async function changeProgramme(
  context: Context,
  id: Types.ObjectId,
  version: number,
  change: (sessions: Session[]) => Session[],
) {
  return transaction(async (): Promise<Event | EditConflict | ProgrammeRefusal> => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    const sessions = change(event.sessions);
    if (event.state === 'cancelled') return { refused: 'cancelled', event };
    if (event.state === 'published' && sessions.length === 0) return { refused: 'lastSession', event };
    if (event.version !== version) return { refused: 'conflict', event };
    return writeEvent(context, 'event.programme', event, { sessions });
  });
}

/** Writes an organiser's change of an event that was read in this transaction, with its line in the log. */
export async function writeEvent(
  context: Context,
  action: 'event.programme' | 'event.changed' | 'event.cancelled',
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
  });
  return { ...event, ...changed };
}
