import { type Event, type Mode, modes } from './event.ts';

/** What a visitor is told of an event: its state in words. */
export type Status = 'draft' | 'upcoming' | 'open' | 'full' | 'closed' | 'cancelled' | 'past';

type Seats = Pick<Event, 'seats' | 'taken' | 'waiting'>;
type EventStanding = Seats & Pick<Event, 'state' | 'start' | 'end' | 'opensAt' | 'closesAt'>;

/** The one state that matters most to a visitor at this moment. */
export function statusOf(event: EventStanding, now: Date): Status {
  if (event.state === 'recorded') return 'past';
  if (event.state !== 'published') return event.state;
  if (event.end <= now) return 'past';
  if (event.opensAt && now < event.opensAt) return 'upcoming';
  if (now >= signUpEnd(event)) return 'closed';
  return offeredModes(event).some((mode) => hasSeat(event, mode)) ? 'open' : 'full';
}

/** When sign-up ends: the midnight after the last day for it, or the start if that is sooner. */
export function signUpEnd({ closesAt, start }: Pick<Event, 'closesAt' | 'start'>): Date {
  return earlier(closesAt, start);
}

type Lasting = Pick<Event, 'start' | 'closesAt' | 'changeUntil' | 'cancelUntil'>;

/**
 * From when on people cannot change their own answers: as the organiser decided, else when sign-up closes; never after
 * the start.
 */
export function changesEnd({ changeUntil, closesAt, start }: Lasting): Date {
  return earlier(changeUntil ?? closesAt, start);
}

/** From when on people cannot cancel by themselves: as the organiser decided, else the start. */
export function cancellationsEnd({ cancelUntil, start }: Lasting): Date {
  return earlier(cancelUntil ?? start, start);
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

/** People can change their own answers: published, after the first day, before the last moment for it. */
export function isChangeable(event: EventStanding & Lasting, now: Date): boolean {
  const hasOpened = !event.opensAt || event.opensAt <= now;
  return event.state === 'published' && hasOpened && now < changesEnd(event);
}

/** People can cancel themselves. */
export function isCancellable(event: EventStanding & Lasting, now: Date): boolean {
  return event.state === 'published' && now < cancellationsEnd(event);
}

/** The ways of attending that the event has. */
export function offeredModes(event: Pick<Event, 'seats'>): Mode[] {
  return modes.filter((mode) => event.seats[mode] !== 0);
}

/** Seats left of a way; undefined where there is no limit. Never below 0. */
export function seatsLeft(event: Seats, mode: Mode): number | undefined {
  const seats = event.seats[mode];
  return seats === null ? undefined : Math.max(0, seats - event.taken[mode]);
}

/** True where one more can attend this way: a seat is free and nobody waits for it. */
export function hasSeat(event: Seats, mode: Mode): boolean {
  const { seats, taken, waiting } = event;
  return seats[mode] === null || (taken[mode] < seats[mode] && waiting[mode] === 0);
}

/** From when on nobody is promoted from the waiting list any more, so that people have time to plan. */
export function waitingListEnd({ start, queueHours }: Pick<Event, 'start' | 'queueHours'>): Date {
  return new Date(+start - queueHours * 3600_000);
}

/** The ways that one can stand in the queue for: offered and full, while the list is open. */
export function waitingListModes(event: Seats & Pick<Event, 'start' | 'queueHours'>, now: Date): Mode[] {
  return now < waitingListEnd(event) ? offeredModes(event).filter((mode) => !hasSeat(event, mode)) : [];
}

/** Where those who attend on site go: room, street and town on one line. */
export function venueOf(event: Pick<Event, 'venue' | 'address'>): string {
  return [event.venue, event.address].filter(Boolean).join(', ');
}

/** How an event that costs nothing is stored, whatever words its organiser chose. */
export const freeOfCharge = 'Kostnadsfritt';

const freeWords = [
  /^(kostnads|avgifts)?fri(tt)?$/,
  /^gratis$/,
  /^(ingen|utan) (kostnad|avgift)$/,
  /^(0([.,]0+)?|noll) ?(kr|kronor|sek|:-)?$/,
];

/**
 * True if the whole text says that the event costs nothing, as "Gratis." and "0 kr" do. Readers are then told so in
 * their own language; all else is shown as the organiser wrote it. An empty text says nothing.
 */
export function isFree({ cost }: Pick<Event, 'cost'>): boolean {
  const typed = cost.normalize('NFKC').toLowerCase().replaceAll('\u00ad', '').replace(/\s+/g, ' ');
  const words = typed.trim().replace(/[.!]+$/, '');
  return freeWords.some((free) => free.test(words));
}
