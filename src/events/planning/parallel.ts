import type { Session, TimedSession } from '../event.ts';

/** True if a session has a start and an end. */
export function isTimed(session: Session): session is TimedSession {
  return session.start !== null && session.end !== null;
}

/** True if two sessions have a time in common, as far as their times are known. */
export function overlap(one: Session, other: Session): boolean {
  return isTimed(one) && isTimed(other) && other.start < one.end && one.start < other.end;
}

/** True if two sessions are in the same room; false while either has none. */
export function isSameRoom({ room }: Session, other: Session): boolean {
  return Boolean(room) && room?.toLowerCase() === other.room?.toLowerCase();
}

/** True if two sessions overlap in rooms of their own, as they are meant to. */
export function isParallel(one: Session, other: Session): boolean {
  return Boolean(one.room && other.room) && !isSameRoom(one, other) && overlap(one, other);
}

/** A programme in its order, with those sessions together that run in parallel. */
export function inParallel(sessions: Session[]): Session[][] {
  const groups: Session[][] = [];
  for (const session of sessions) {
    const group = groups.at(-1);
    if (group?.some((one) => isParallel(one, session))) group.push(session);
    else groups.push([session]);
  }
  return groups;
}

/** What runs in parallel, room by room, in the order in which the rooms come. */
export function byRoom(group: Session[]): Session[][] {
  return [...Map.groupBy(group, ({ room }) => room?.toLowerCase()).values()];
}

/** From the first start to the last end of sessions that have times. */
export function spanOf(group: TimedSession[]): { start: Date; end: Date } {
  const [starts, ends] = [group.map(({ start }) => +start), group.map(({ end }) => +end)];
  return { start: new Date(Math.min(...starts)), end: new Date(Math.max(...ends)) };
}

/** The rooms that a programme is in, each once. */
export function roomsOf(sessions: Session[]): string[] {
  return [...new Set(sessions.flatMap(({ room }) => room || []))];
}

/** A session's title with its room, if it has one: "Samtal (Lilla salen)". */
export function titleWithRoom({ title, room }: Session): string {
  return room ? `${title} (${room})` : title;
}
