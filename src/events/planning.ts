import { Types } from 'mongoose';
import { note } from '../audit/log.ts';
import type { Act } from '../base/context.ts';
import { type ClientSession, isDuplicate, transaction } from '../base/database.ts';
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
export type Stale = { refused: 'stale'; event: Event };

/** A new draft of a county board. @param copied the programme, where the draft is a copy */
export async function createEvent(
  act: Act,
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
    changedAt: act.now,
    example: false,
    version: 1,
  };
  const about = {
    authority,
    deed: copied ? 'event.copied' : 'event.created',
    event: event._id,
    about: plan.title,
  } as const;
  return withFreeSlug(event, (made) =>
    transaction(async (session) => {
      await EventModel.insertMany([made], { session, lean: true });
      await note(act, about, session);
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
export async function copyEvent(act: Act, event: Event): Promise<Event> {
  let weeks = 0;
  const later = (instant: Date) => inStockholm(instant).plus({ weeks }).toJSDate();
  do weeks += 52;
  while (later(event.start) <= act.now);
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
  return createEvent(act, event.authority, plan, sessions);
}

/** Opens an event to visitors, or names what is missing. */
export async function publishEvent(
  act: Act,
  id: Types.ObjectId,
): Promise<Event | { refused: 'incomplete'; missing: Hindrance[] }> {
  return transaction(async (session) => {
    const event = await EventModel.findById(id).session(session).orFail().lean<Event>();
    if (event.state !== 'draft') return event;
    const missing = hindrances(event, act.now);
    if (missing.length > 0) return { refused: 'incomplete', missing };
    const published = { state: 'published', publishedAt: act.now, changedAt: act.now } as const;
    await EventModel.updateOne({ _id: id }, { $set: published, $inc: { version: 1 } }, { session });
    await note(
      act,
      { authority: event.authority, deed: 'event.published', event: id, about: event.title },
      session,
    );
    return { ...event, ...published, version: event.version + 1 };
  });
}

/** Takes a draft away; what has been published stays (its page and its public record). */
export async function deleteDraft(act: Act, id: Types.ObjectId): Promise<boolean> {
  return transaction(async (session) => {
    const event = await EventModel.findOneAndDelete({ _id: id, state: 'draft' }, { session }).lean<Event>();
    if (event)
      await note(
        act,
        { authority: event.authority, deed: 'event.deleted', event: id, about: event.title },
        session,
      );
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
  act: Act,
  id: Types.ObjectId,
  version: number,
  { key, ...plan }: SessionPlan,
): Promise<Event | Stale> {
  return changeProgramme(act, id, version, (sessions) => {
    const others = sessions.filter((one) => !key || !one._id.equals(key));
    return [...others, { ...plan, _id: key ?? new Types.ObjectId() }].sort(
      (a, b) => +a.start - +b.start || +a.end - +b.end,
    );
  });
}

/** Takes one part out of the programme. */
export async function removeSession(
  act: Act,
  id: Types.ObjectId,
  version: number,
  key: Types.ObjectId,
): Promise<Event | Stale> {
  return changeProgramme(act, id, version, (sessions) => sessions.filter((one) => !one._id.equals(key)));
}

async function changeProgramme(
  act: Act,
  id: Types.ObjectId,
  version: number,
  change: (sessions: Session[]) => Session[],
) {
  return transaction(async (session): Promise<Event | Stale> => {
    const event = await EventModel.findById(id).session(session).orFail().lean<Event>();
    if (event.version !== version) return { refused: 'stale', event };
    return writeEvent(act, 'event.programme', event, { sessions: change(event.sessions) }, session);
  });
}

/** Writes an organiser's change of an event that was read in this transaction, with its line in the log. */
export async function writeEvent(
  act: Act,
  deed: 'event.programme' | 'event.changed' | 'event.cancelled',
  event: Event,
  change: Partial<Event>,
  session: ClientSession,
): Promise<Event> {
  const changed = { ...change, changedAt: act.now, version: event.version + 1 };
  await EventModel.updateOne({ _id: event._id }, { $set: changed }, { session });
  await note(
    act,
    { authority: event.authority, deed, event: event._id, about: change.title ?? event.title },
    session,
  );
  return { ...event, ...changed };
}
