import type { Session, TimedSession } from '../event.ts';
import { inParallel, isTimed, spanOf } from '../planning/parallel.ts';

/** A programme with a session at its place: before the first one that begins later, or last if it has no start. */
export function inserted(sessions: Session[], session: Session): Session[] {
  const { start } = session;
  const found = start ? sessions.findIndex((one) => one.start !== null && isLater(one, session)) : -1;
  const place = found < 0 ? sessions.length : found;
  return sessions.toSpliced(place, 0, session);
}

function isLater(one: Session, other: Session): boolean {
  const [first, second] = [Number(one.start), Number(other.start)];
  return first > second || (first === second && Number(one.end) > Number(other.end));
}

/** A programme with one session changed: at the same place, or where its new start belongs. */
export function replaced(sessions: Session[], session: Session): Session[] {
  const place = sessions.findIndex((one) => one._id.equals(session._id));
  const before = sessions[place];
  if (!before) return inserted(sessions, session);
  if (Number(before.start) === Number(session.start)) return sessions.with(place, session);
  return inserted(sessions.toSpliced(place, 1), session);
}

/**
 * A programme with the session at a place and the next one in the other order. With times, each keeps its length, and
 * what runs in parallel moves together. Two of those that run in parallel only change places.
 */
export function swapped(sessions: Session[], place: number): Session[] {
  const [first, second] = sessions.slice(place, place + 2);
  if (!first || !second || place < 0) return sessions;
  const groups = inParallel(sessions);
  const at = groups.findIndex((group) => group.includes(first));
  const [group = [], next = []] = groups.slice(at, at + 2);
  if (group.includes(second)) return sessions.toSpliced(place, 2, second, first);
  return groups.toSpliced(at, 2, inOtherOrder(group, next)).flat();
}

function inOtherOrder(first: Session[], second: Session[]): Session[] {
  if (!first.every(isTimed) || !second.every(isTimed)) return [...second, ...first];
  const [before, after] = [spanOf(first), spanOf(second)];
  return [...later(second, +before.start - +after.start), ...later(first, +after.end - +before.end)];
}

function later(sessions: TimedSession[], milliseconds: number): Session[] {
  const moved = (instant: Date) => new Date(+instant + milliseconds);
  return sessions.map((one) => ({ ...one, start: moved(one.start), end: moved(one.end) }));
}

/** A programme in which all that begins at a moment or later begins so many minutes later; earlier if they are negative. */
export function shifted(sessions: Session[], from: Date, minutes: number): Session[] {
  const moved = (instant: Date | null) => instant && new Date(+instant + minutes * 60_000);
  return sessions.map((one) =>
    one.start && one.start >= from ? { ...one, start: moved(one.start), end: moved(one.end) } : one,
  );
}
