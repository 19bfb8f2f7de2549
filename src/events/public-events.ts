import type { QueryFilter } from 'mongoose';
import { type Authority, AuthorityModel } from '../authorities/authority.ts';
import { aggregateStored, documentIn, type Stored } from '../base/database.ts';
import { yearOf, yearSpan } from '../base/dates.ts';
import { type Event, EventModel, type Kind } from './event.ts';

const shown = [
  'slug',
  'authority',
  'state',
  'title',
  'kind',
  'start',
  'end',
  'opensAt',
  'closesAt',
  'changeUntil',
  'cancelUntil',
  'venue',
  'address',
  'seats',
  'taken',
  'waiting',
  'queueHours',
  'movedFrom',
  'documentation',
  'downloads',
  'example',
] as const satisfies (keyof Event)[];

/** What a list tells of an event; nothing else is read. */
export type ListedEvent = Pick<Event, (typeof shown)[number]>;

/** What a list is narrowed to: county code, kind, year of the event in Stockholm. */
export type Narrowing = {
  authority?: string | undefined;
  kind?: Kind | undefined;
  year?: number | undefined;
};

/** What visitors may see. */
export const visible: QueryFilter<Event> = { state: { $in: ['published', 'cancelled'] } };

/** One page of a list; `more`: another one follows. */
export type EventPage = { upcoming: ListedEvent[]; earlier: ListedEvent[]; more: boolean };

const pageSize = 20;

/**
 * A page of the events that visitors may see: those to come first (the next one at the top), then the earlier ones (the
 * last one first). However many there are, little more than the page is read. @param page counted from 1
 */
export async function listEvents(narrowing: Narrowing, now: Date, page: number): Promise<EventPage> {
  const skipped = (page - 1) * pageSize;
  const upcoming = await listed(toCome(narrowing, now), { from: skipped, size: pageSize + 1, direction: 1 });
  if (upcoming.length > pageSize) return { upcoming: upcoming.slice(0, pageSize), earlier: [], more: true };
  const before = page === 1 ? upcoming.length : await EventModel.countDocuments(toCome(narrowing, now));
  const [from, size] = [Math.max(0, skipped - before), pageSize - upcoming.length];
  const earlier = await listed(past(narrowing, now), { from, size: size + 1, direction: -1 });
  return { upcoming, earlier: earlier.slice(0, size), more: earlier.length > size };
}

function listed(
  filter: QueryFilter<Event>,
  { from, size, direction }: { from: number; size: number; direction: 1 | -1 },
): Promise<ListedEvent[]> {
  return EventModel.find(filter, shown.join(' '))
    .sort({ start: direction })
    .skip(from)
    .limit(size)
    .lean<ListedEvent[]>();
}

/** An event ends on the day on which it starts, which has 25 hours at most. */
const longest = 25 * 3600_000;

/** The indexes hold when an event starts, so what is asked about its end is bounded by that too. */
function toCome(narrowing: Narrowing, now: Date): QueryFilter<Event> {
  const recently = new Date(now.getTime() - longest);
  return { $and: [narrowed(narrowing), { start: { $gt: recently }, end: { $gt: now } }] };
}

function past(narrowing: Narrowing, now: Date): QueryFilter<Event> {
  return { $and: [narrowed(narrowing), { start: { $lte: now }, end: { $lte: now } }] };
}

/** How many visible events a narrowing leaves. */
export async function countEvents(narrowing: Narrowing): Promise<number> {
  return EventModel.countDocuments(narrowed(narrowing));
}

/** The visible events that a narrowing leaves. */
export function narrowed({ authority, kind, year }: Narrowing): QueryFilter<Event> {
  const filter: QueryFilter<Event> = { ...visible };
  if (authority) filter.authority = authority;
  if (kind) filter.kind = kind;
  if (year) {
    const { from, to } = yearSpan(year);
    filter.start = { $gte: from, $lt: to };
  }
  return filter;
}

/** The years from the first visible event to the last, newest first; none where there is no event. */
export async function yearsOfEvents(): Promise<number[]> {
  const [first, last] = await Promise.all([outermost(1), outermost(-1)]);
  if (!first || !last) return [];
  const newest = yearOf(last.start);
  return Array.from({ length: newest - yearOf(first.start) + 1 }, (_, index) => newest - index);
}

function outermost(direction: 1 | -1) {
  return EventModel.findOne(visible, 'start').sort({ start: direction }).lean<Pick<Event, 'start'>>();
}

/** An event, and the county board that invites to it. */
export type PublicEvent = { event: Event; authority: Authority };

/** The event at a visitors' address with its county board, in one read; null for a draft and for what is not there. */
export async function findVisible(slug: string): Promise<PublicEvent | null> {
  const stored = await findStored(slug);
  return stored ? placeOf(stored) : null;
}

/** The same as it is stored, for somebody who may know it already. */
export async function findStored(slug: string): Promise<Stored | undefined> {
  const boards = {
    from: AuthorityModel.collection.name,
    localField: 'authority',
    foreignField: '_id',
    as: 'boards',
  };
  const pipeline = [{ $match: { slug, ...visible } }, { $lookup: boards }];
  const [found] = await aggregateStored(EventModel, pipeline);
  return found;
}

/** The event and the county board of these bytes; null where there is no such county board. */
export function placeOf(stored: Stored): PublicEvent | null {
  const { boards, ...event } = documentIn<Event & { boards: Authority[] }>(stored);
  const [authority] = boards;
  return authority ? { event, authority } : null;
}
