import type { QueryFilter } from 'mongoose';
import { type Authority, AuthorityModel } from '../authorities/authority.ts';
import { yearOf, yearSpan } from '../base/dates.ts';
import { type Event, EventModel, type Kind } from './event.ts';

const shown = [
  'slug',
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

/** The events that visitors may see, those to come first (the next one at the top), then the earlier ones (the last one first). */
export async function listEvents(
  narrowing: Narrowing,
  now: Date,
): Promise<{ upcoming: ListedEvent[]; earlier: ListedEvent[] }> {
  const events = await EventModel.find(narrowed(narrowing), shown.join(' '))
    .sort({ start: 1 })
    .lean<ListedEvent[]>();
  const upcoming = events.filter((event) => event.end > now);
  return { upcoming, earlier: events.filter((event) => event.end <= now).reverse() };
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
  const boards = {
    from: AuthorityModel.collection.name,
    localField: 'authority',
    foreignField: '_id',
    as: 'boards',
  };
  const [found] = await EventModel.aggregate<Event & { boards: Authority[] }>([
    { $match: { slug, ...visible } },
    { $lookup: boards },
  ]);
  if (!found) return null;
  const {
    boards: [authority],
    ...event
  } = found;
  return authority ? { event, authority } : null;
}
