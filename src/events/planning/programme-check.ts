import { datesIn } from '../../texts/dates.ts';
import type { Event, Session, TimedSession } from '../event.ts';

/** The sessions that lie outside the event's own hours, each as a Swedish sentence. */
export function sessionsOutside(event: Programme): string[] {
  return event.sessions.filter((one) => isOutside(one, event)).map((one) => outsideWords(one, event));
}

type Programme = Pick<Event, 'start' | 'end' | 'sessions'>;

/** True if a session begins before the event, or begins or ends after it. */
export function isOutside({ start, end }: Session, event: Pick<Event, 'start' | 'end'>): boolean {
  if (!start) return false;
  return start < event.start || (end ?? start) > event.end;
}

function outsideWords(one: Session, { start, end }: Programme): string {
  return `${named(one)} ligger utanför evenemangets tid, ${datesIn('sv').shortSpan(start, end)}.`;
}

/** What is odd about one session: it lies outside the event's own hours, or overlaps with a later one. In Swedish. */
export function sessionWarnings(event: Programme, session: Session): string[] {
  const following = event.sessions.slice(event.sessions.indexOf(session) + 1);
  const clashes = following.filter((other) => isTimed(session) && isTimed(other) && overlap(session, other));
  return [
    ...(isOutside(session, event) ? [outsideWords(session, event)] : []),
    ...clashes.map((other) => `${named(session)} krockar med ${named(other)}.`),
  ];
}

/** The times of the event that no session fills, in Swedish; none while a session has no times. */
export function gaps({ start, end, sessions }: Programme): string[] {
  if (sessions.length === 0 || !sessions.every(isTimed)) return [];
  const { shortSpan } = datesIn('sv');
  const ordered = sessions.toSorted((a, b) => +a.start - +b.start);
  const empty: string[] = [];
  let filled = start;
  for (const next of [...ordered, { start: end, end }]) {
    if (next.start > filled) empty.push(`Programmet är tomt ${shortSpan(filled, next.start)}.`);
    if (next.end > filled) filled = next.end;
  }
  return empty;
}

/** True if a session has a start and an end. */
export function isTimed(session: Session): session is TimedSession {
  return session.start !== null && session.end !== null;
}

function overlap(one: TimedSession, other: TimedSession): boolean {
  return other.start < one.end && one.start < other.end;
}

function named({ title, start, end }: Session): string {
  const { clock, shortSpan } = datesIn('sv');
  if (!start) return `”${title}”`;
  return `”${title}” (${end ? shortSpan(start, end) : clock(start)})`;
}
