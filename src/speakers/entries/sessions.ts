import type { QueryFilter, Types } from 'mongoose';
import { type Event, EventModel, type Session } from '../../events/event.ts';

/** The events at which some of these speak. */
export function spokeIn(entries: Types.ObjectId[]): QueryFilter<Event> {
  return { 'sessions.speakers.entry': { $in: entries } };
}

/** Notes at the events whose pages show this person's portrait and text that these have changed, so that the pages are made anew. */
export async function showAnew(entry: Types.ObjectId): Promise<void> {
  const shown = { speakers: { $elemMatch: { entry, profile: true } } };
  await EventModel.updateMany(
    { ...spokeIn([entry]), sessions: { $elemMatch: shown } },
    { $inc: { profilesVersion: 1 } },
  );
}

/** The sessions of an event that somebody of the register speaks in, in the order of the programme. */
export function sessionsOf(event: Pick<Event, 'sessions'>, entry: Types.ObjectId): Session[] {
  return event.sessions.filter(({ speakers }) => speakers.some((one) => one.entry?.equals(entry)));
}

/** All events at which somebody of the register speaks or has spoken, the latest first, with their sessions. */
export async function appearancesOf(entry: Types.ObjectId): Promise<{ event: Event; sessions: Session[] }[]> {
  const events = await EventModel.find(spokeIn([entry]))
    .sort({ start: -1 })
    .lean<Event[]>();
  return events.map((event) => ({ event, sessions: sessionsOf(event, entry) }));
}

/** How often each of these speaks or has spoken, and when last; those who never do are not among them. */
export async function countAppearances(
  entries: Types.ObjectId[],
): Promise<Map<string, { number: number; last: Date }>> {
  const found = await EventModel.aggregate<{ _id: Types.ObjectId; number: number; last: Date }>([
    { $match: spokeIn(entries) },
    { $unwind: '$sessions' },
    { $unwind: '$sessions.speakers' },
    { $match: { 'sessions.speakers.entry': { $in: entries } } },
    { $group: { _id: { entry: '$sessions.speakers.entry', event: '$_id' }, start: { $first: '$start' } } },
    { $group: { _id: '$_id.entry', number: { $sum: 1 }, last: { $max: '$start' } } },
  ]);
  return new Map(found.map(({ _id, number, last }) => [String(_id), { number, last }]));
}
