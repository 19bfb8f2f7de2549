import { isoDay } from '../../base/dates.ts';
import { datesIn } from '../../texts/dates.ts';
import type { Event } from '../event.ts';
import { offeredModes } from '../rules.ts';
import { programmeWarnings } from './programme-check.ts';

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
  const message = 'Lägg in minst en programpunkt.';
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
    ...programmeWarnings(event).map((message) => ({ page: 'programme' as const, field: 'program', message })),
  ];
}
