import { type Event, EventModel } from './event.ts';
import { type Narrowing, narrowed, visible } from './public-events.ts';

const shown = [
  '_id',
  'authority',
  'slug',
  'state',
  'title',
  'start',
  'end',
  'venue',
  'address',
  'seats',
  'summary',
  'contactName',
  'contactEmail',
  'contactPhone',
  'cancelReason',
  'changedAt',
  'version',
] as const satisfies (keyof Event)[];

/** What a calendar shows of an event; nothing else is read. */
export type FollowedEvent = Pick<Event, (typeof shown)[number]>;

const counts = ['taken', 'countedAt'] as const satisfies (keyof Event)[];

/** The same with how many are registered, and since when. */
export type CountedEvent = Omit<FollowedEvent, 'state'> &
  Pick<Event, (typeof counts)[number]> & { state: Exclude<Event['state'], 'recorded'> };

const day = 24 * 3600_000;
/** Days that a feed keeps what has been, and what was cancelled after the day on which it would have been. */
const kept = { past: 180, cancelled: 30 };
/** More than any county has in years; the oldest are left out first. */
const most = 1000;

/**
 * The events that the public feed shows: from half a year back, or of the year that is asked for, the latest first.
 * @returns changedAt: when the feed last became what it is, by an organiser's change or by an event that fell out of it;
 *   undefined where there has never been an event
 */
export async function eventsToFollow(
  narrowing: Narrowing,
  now: Date,
): Promise<{ events: FollowedEvent[]; changedAt: Date | undefined }> {
  const from = daysBefore(kept.past, now);
  const [found, newest, outside] = await Promise.all([
    EventModel.find({ start: { $gte: from }, ...narrowed(narrowing) }, shown.join(' '))
      .sort({ start: -1 })
      .limit(most)
      .lean<FollowedEvent[]>(),
    EventModel.findOne({}, 'changedAt').sort({ changedAt: -1 }).lean<Pick<Event, 'changedAt'>>(),
    EventModel.findOne({ ...visible, start: { $gte: daysBefore(kept.past, from), $lt: from } }, 'start')
      .sort({ start: -1 })
      .lean<Pick<Event, 'start'>>(),
  ]);
  const isDropped = ({ state, start }: FollowedEvent) =>
    state === 'cancelled' && start < daysBefore(kept.cancelled, now);
  const moments = [
    ...(newest ? [newest.changedAt] : []),
    ...(outside ? [daysBefore(-kept.past, outside.start)] : []),
    ...found.filter(isDropped).map(({ start }) => daysBefore(-kept.cancelled, start)),
  ];
  const latest = moments.sort((a, b) => +b - +a);
  return { events: found.filter((event) => !isDropped(event)), changedAt: latest[0] };
}

/** A county board's events from half a year back, drafts too but none that was recorded afterwards, with how many are registered; the latest first. */
export async function eventsOfBoardToFollow(authority: string, now: Date): Promise<CountedEvent[]> {
  return EventModel.find(
    { authority, start: { $gte: daysBefore(kept.past, now) }, state: { $ne: 'recorded' } },
    [...shown, ...counts].join(' '),
  )
    .sort({ start: -1 })
    .limit(most)
    .lean<CountedEvent[]>();
}

/**
 * The UID of the event itself in public calendars, which is never that of an invitation.
 * @param mailFrom gives the domain
 */
export function calendarUid({ _id }: Pick<Event, '_id'>, mailFrom: string): string {
  return `${_id}@${mailFrom.split('@')[1]}`;
}

function daysBefore(days: number, moment: Date): Date {
  return new Date(moment.getTime() - days * day);
}
