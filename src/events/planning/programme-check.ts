import { datesIn } from '../../texts/dates.ts';
import { listed } from '../../texts/grammar.ts';
import type { Event, Session, Speaker } from '../event.ts';
import { isParallel, isSameRoom, isTimed, overlap } from './parallel.ts';

/** All that is odd about a programme: clashes, what lies outside the event's hours, and gaps. In Swedish. */
export function programmeWarnings(event: WholeProgramme): string[] {
  return [...event.sessions.flatMap((one) => sessionWarnings(event, one)), ...gaps(event)];
}

/** The sessions that lie outside the event's own hours, each as a Swedish sentence. */
export function sessionsOutside(event: WholeProgramme): string[] {
  return event.sessions.filter((one) => isOutside(one, event)).map((one) => outsideWords(one, event));
}

type WholeProgramme = Pick<Event, 'start' | 'end' | 'sessions'>;

/** True if a session begins before the event, or begins or ends after it. */
export function isOutside({ start, end }: Session, event: Pick<Event, 'start' | 'end'>): boolean {
  if (!start) return false;
  return start < event.start || (end ?? start) > event.end;
}

function outsideWords(one: Session, { start, end }: WholeProgramme): string {
  return `${named(one)} ligger utanför evenemangets tid, ${datesIn('sv').shortSpan(start, end)}.`;
}

/** What is odd about one session: it lies outside the event's own hours, or clashes with a later one. In Swedish. */
export function sessionWarnings(event: WholeProgramme, session: Session): string[] {
  const following = event.sessions.slice(event.sessions.indexOf(session) + 1);
  const clashes = following.filter((other) => overlap(session, other));
  return [
    ...(isOutside(session, event) ? [outsideWords(session, event)] : []),
    ...clashes.flatMap((other) => clashWords(session, other)),
  ];
}

/** What is wrong with two sessions at the same time; nothing if they run in parallel with people of their own. */
function clashWords(one: Session, other: Session): string[] {
  const both = one.speakers.filter((speaker) => other.speakers.some((also) => isSamePerson(speaker, also)));
  const pair = `${named(one)} och ${named(other)}`;
  const busy =
    both.length > 0 ? [`${listed(both.map(({ name }) => name))} medverkar i ${pair} samtidigt.`] : [];
  if (isSameRoom(one, other)) return [`${pair} är i ${one.room} samtidigt.`, ...busy];
  if (isParallel(one, other)) return busy;
  const clash = `${named(one)} krockar med ${named(other)}.`;
  return [`${clash} Ska de pågå samtidigt? Skriv en lokal för var och en.`, ...busy];
}

/** The same entry of the register; while one of the two has none yet, the same name. */
function isSamePerson(one: Speaker, other: Speaker): boolean {
  if (one.entry && other.entry) return one.entry.equals(other.entry);
  return one.name.toLowerCase() === other.name.toLowerCase();
}

/** The times of the event that no session fills, in Swedish; none while a session has no times. */
export function gaps({ start, end, sessions }: WholeProgramme): string[] {
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

function named({ title, start, end }: Session): string {
  const { clock, shortSpan } = datesIn('sv');
  if (!start) return `”${title}”`;
  return `”${title}” (${end ? shortSpan(start, end) : clock(start)})`;
}
