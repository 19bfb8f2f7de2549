import { isoDay } from '../../base/dates.ts';
import { datesIn } from '../../texts/dates.ts';
import type { Event } from '../event.ts';
import { offeredModes } from '../rules.ts';

/** What stands in the way of publishing: the field of the form to go to, its matter in a word or two, and what to do there. */
export type Hindrance = { field: string; page: 'details' | 'programme'; matter: string; message: string };

/** What an event still lacks before visitors may see it. */
export function hindrances(event: Event, now: Date): Hindrance[] {
  const lastDayIsLate = isoDay(new Date(+event.closesAt - 1)) >= isoDay(event.start);
  const missing: [boolean, string, string, string][] = [
    [!event.summary, 'summary', 'inbjudan', 'Skriv en inbjudan på ett par meningar.'],
    [!event.audience, 'audience', 'vem som kan delta', 'Skriv vem som kan delta.'],
    [event.start <= now, 'date', 'en dag framåt i tiden', 'Välj en dag som inte har varit.'],
    [lastDayIsLate, 'lastDay', 'sista anmälningsdag', 'Sista anmälningsdag ska vara före evenemangets dag.'],
    [
      offeredModes(event).length === 0,
      'seatsPlats',
      'sätt att delta',
      'Välj minst ett sätt att delta: på plats eller digitalt.',
    ],
    [
      event.seats.plats !== 0 && !event.venue,
      'venue',
      'lokal',
      'Skriv var evenemanget hålls, eller sätt platserna på plats till 0.',
    ],
    [!event.cost, 'cost', 'kostnad', 'Skriv vad det kostar, till exempel Kostnadsfritt.'],
    [
      !event.accessibility,
      'accessibility',
      'tillgänglighet',
      'Skriv om tillgängligheten på plats och digitalt.',
    ],
    [!event.contactName, 'contactName', 'kontaktperson', 'Skriv vem man kan fråga.'],
    [!event.contactEmail, 'contactEmail', 'kontaktens e-postadress', 'Skriv en e-postadress för frågor.'],
  ];
  const details = missing
    .filter(([isMissing]) => isMissing)
    .map(([, field, matter, message]) => ({ field, page: 'details' as const, matter, message }));
  if (event.sessions.length > 0) return details;
  const message = 'Lägg in minst en programpunkt med tider.';
  return [...details, { field: 'title', page: 'programme', matter: 'program', message }];
}

/** What is odd about an event that lacks nothing: it can be published so, if it is meant. In Swedish. */
export function oddities(event: Event, now: Date): Omit<Hindrance, 'matter'>[] {
  const { lastDay } = datesIn('sv');
  const isClosed = event.closesAt <= now && event.start > now;
  const isOnline = event.seats.digitalt !== 0;
  const found: [boolean, string, string][] = [
    [
      isClosed,
      'lastDay',
      `Anmälan är stängd från början. Sista anmälningsdag var ${lastDay(event.closesAt)}.`,
    ],
    [
      isOnline && !event.meetingLink,
      'meetingLink',
      'Möteslänken saknas. De som deltar digitalt får den först när du har fyllt i den.',
    ],
  ];
  const details = found.filter(([isOdd]) => isOdd);
  return [
    ...details.map(([, field, message]) => ({ page: 'details' as const, field, message })),
    ...sessionsOutside(event).map((message) => ({ page: 'programme' as const, field: 'program', message })),
  ];
}

/** The parts of a programme that lie outside the event's own hours, each as a Swedish sentence. */
export function sessionsOutside({
  start,
  end,
  sessions,
}: Pick<Event, 'start' | 'end' | 'sessions'>): string[] {
  const { shortSpan } = datesIn('sv');
  return sessions
    .filter((one) => one.start < start || one.end > end)
    .map((one) => `${named(one)} ligger utanför evenemangets tid, ${shortSpan(start, end)}.`);
}

function named({ title, start, end }: Event['sessions'][number]): string {
  return `”${title}” (${datesIn('sv').shortSpan(start, end)})`;
}

/** What is odd in a programme: parts that overlap, and parts outside the event's own hours. In Swedish. */
export function programmeWarnings(event: Pick<Event, 'start' | 'end' | 'sessions'>): string[] {
  const clashes = event.sessions.flatMap((one, index) =>
    event.sessions
      .slice(index + 1)
      .filter((other) => other.start < one.end && one.start < other.end)
      .map((other) => `${named(one)} krockar med ${named(other)}.`),
  );
  return [...sessionsOutside(event), ...clashes, ...gaps(event)];
}

/** Times of the event that no part of the programme fills. */
function gaps({ start, end, sessions }: Pick<Event, 'start' | 'end' | 'sessions'>): string[] {
  if (sessions.length === 0) return [];
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
