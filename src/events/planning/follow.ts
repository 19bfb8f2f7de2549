import { inStockholm } from '../../base/dates.ts';
import type { Plan } from '../details/details.ts';
import type { Event, Session } from '../event.ts';
import { isOutside } from './programme-check.ts';

/** Whether the last days and the programme's hours move along with the event. */
export type Follow = { days: boolean; programme: boolean };

/** The last days that can move along, by the event's own fields. */
const lastDays = ['closesAt', 'changeUntil', 'cancelUntil'] as const;
type LastDay = (typeof lastDays)[number];

/**
 * What can move along: the last days that the organiser has left as they were, and the programme, if it would lie outside
 * the new hours. `minutes` is how much later the event begins on its day; `fits` says that the programme then fits.
 */
export type Followers = {
  days: { name: LastDay; before: Date; after: Date }[];
  programme: { minutes: number; fits: boolean } | undefined;
};

/** What can move along when an event becomes what an organiser plans. */
export function followersOf(event: Event, plan: Plan): Followers {
  const days = daysBetween(event.start, plan.start);
  const names =
    days === 0 ? [] : lastDays.filter((name) => event[name] && +event[name] === Number(plan[name]));
  const minutes = minutesBetween(event.start, plan.start);
  const there = movedBy(event.sessions, { days });
  const isAsked = minutes !== 0 && !fitsInto(plan, there);
  return {
    days: names.flatMap((name) => {
      const before = event[name];
      return before ? [{ name, before, after: later(before, { days }) }] : [];
    }),
    programme: isAsked ? { minutes, fits: fitsInto(plan, movedBy(there, { minutes })) } : undefined,
  };
}

/** What moves along if nobody has been asked: all that makes sense. */
export function usualFollow({ programme }: Followers): Follow {
  return { days: true, programme: programme?.fits ?? false };
}

/** All that an organiser's plan changes of an event. The programme follows to another day, at the same hours or with them. */
export function changesBy(
  event: Event,
  plan: Plan,
  now: Date,
  follow = usualFollow(followersOf(event, plan)),
) {
  const { days, programme } = followersOf(event, plan);
  const isMoved = +event.start !== +plan.start || +event.end !== +plan.end;
  const movedFrom =
    isMoved && event.state === 'published'
      ? { start: event.start, end: event.end, at: now }
      : event.movedFrom;
  const followed = follow.days ? days.map(({ name, after }) => [name, after]) : [];
  const minutes = follow.programme && programme ? programme.minutes : 0;
  const sessions = movedBy(event.sessions, { days: daysBetween(event.start, plan.start), minutes });
  return { ...plan, ...(Object.fromEntries(followed) as Partial<Pick<Event, LastDay>>), movedFrom, sessions };
}

/**
 * Until when people cancel at least who are told today of another time or place: three whole days, and never past the
 * start. @returns what `cancelUntil` becomes; null: until the start
 */
export function cancelUntilAfterMove(
  { cancelUntil, start }: Pick<Event, 'cancelUntil' | 'start'>,
  now: Date,
): Date | null {
  const least = inStockholm(now).startOf('day').plus({ days: 4 }).toJSDate();
  if (!cancelUntil || cancelUntil >= least) return cancelUntil;
  return least < start ? least : null;
}

type Shift = { days?: number; minutes?: number };

function movedBy(sessions: Session[], step: Shift): Session[] {
  const moved = (instant: Date | null) => instant && later(instant, step);
  return sessions.map((one) => ({ ...one, start: moved(one.start), end: moved(one.end) }));
}

function later(instant: Date, step: Shift): Date {
  return inStockholm(instant).plus(step).toJSDate();
}

function fitsInto({ start, end }: Pick<Event, 'start' | 'end'>, sessions: Session[]): boolean {
  return sessions.every((one) => !isOutside(one, { start, end }));
}

function daysBetween(from: Date, to: Date): number {
  const day = (instant: Date) => inStockholm(instant).startOf('day');
  return Math.round(day(to).diff(day(from), 'days').days);
}

/** How much later on its day something begins, by the clock on the wall. */
function minutesBetween(from: Date, to: Date): number {
  const onItsDay = (instant: Date) => {
    const { hour, minute } = inStockholm(instant);
    return hour * 60 + minute;
  };
  return onItsDay(to) - onItsDay(from);
}
