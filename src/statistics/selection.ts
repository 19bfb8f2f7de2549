import type { QueryFilter } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Role } from '../authorities/roles.ts';
import { yearOf, yearSpan } from '../base/dates.ts';
import { type Event, EventModel, type Factor, type Kind, type Mode } from '../events/event.ts';

/** Which events to count, and whom of their people; undefined is all of them. */
export type Selection = {
  /** The year in Stockholm. */
  year?: number | undefined;
  /** Events that begin at this moment or later, and before this one. */
  from?: Date | undefined;
  before?: Date | undefined;
  kind?: Kind | undefined;
  factor?: Factor | undefined;
  /** SCB code, or `annan`. */
  municipality?: string | undefined;
  role?: Role | undefined;
  /** Those who came in this way, and those who had signed up for it. */
  mode?: Mode | undefined;
};

/** What statistics need to know of an event. */
export type HeldEvent = Pick<Event, '_id' | 'authority' | 'title' | 'start' | 'state'>;

/** The events of a selection that have taken place, in the order of time. */
export async function heldEvents(authority: string, selection: Selection, now: Date): Promise<HeldEvent[]> {
  return EventModel.find(held(authority, selection, now), { authority: 1, title: 1, start: 1, state: 1 })
    .sort({ start: 1 })
    .lean<HeldEvent[]>();
}

/** The years from the county board's first event that has taken place to the last, newest first. */
export async function yearsWithEvents(authority: Authority, now: Date): Promise<number[]> {
  const [first, last] = await Promise.all(
    ([1, -1] as const).map((order) =>
      EventModel.findOne(held(authority._id, {}, now), { start: 1 })
        .sort({ start: order })
        .lean<HeldEvent>(),
    ),
  );
  if (!first || !last) return [];
  const newest = yearOf(last.start);
  return Array.from({ length: newest - yearOf(first.start) + 1 }, (_, index) => newest - index);
}

function held(authority: string, selection: Selection, now: Date): QueryFilter<Event> {
  const { year, from, before, kind, factor } = selection;
  const span = year === undefined ? undefined : yearSpan(year);
  const earliest = Math.max(...[span?.from, from].map((at) => +(at ?? 0)));
  const latest = Math.min(...[span?.to, before, now].map((at) => +(at ?? now)));
  return {
    authority,
    state: { $in: ['published', 'recorded'] },
    start: { $gte: new Date(earliest), $lt: new Date(latest) },
    end: { $lte: now },
    ...(kind && { kind }),
    ...(factor && { factors: factor }),
  };
}
