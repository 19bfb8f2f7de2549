import { Types } from 'mongoose';
import type { CalendarEntry } from '../../../src/calendar/entry.ts';
import { invitation } from '../../../src/calendar/invitation.ts';
import type { Letter } from '../../../src/outbox/letter.ts';
import type { Message } from '../../../src/outbox/message.ts';
import type { OwedLetter } from '../../../src/outbox/outbox.ts';

/** An entry in the calendar of an invented person; change what the test is about. */
export function entry(changes: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: '0b8e7c52-6f0c-4f0e-9a7e-3c1d2f5a9b10@boostdagar.example.se',
    sequence: 0,
    stamp: new Date('2026-11-21T09:00:00Z'),
    start: new Date('2026-12-01T08:00:00Z'),
    end: new Date('2026-12-01T10:30:00Z'),
    title: 'Boostdag: trygga skolvägar – åäö ÅÄÖ',
    description: 'Kontakt: Eva Ek, eva.ek@example.se',
    location: 'Rådhuset, sal 3, Stora gatan 1, Linköping',
    url: 'https://boostdagar.example.se/evenemang/trygga-skolvagar',
    organiser: { name: 'Länsstyrelsen Östergötland', address: 'boostdagar@example.se' },
    attendee: { name: 'Åsa Öberg', address: 'asa.oberg@example.se' },
    ...changes,
  };
}

/** What a confirmation says, with its invitation. */
export function confirmation(changes: Partial<Message> = {}): Message {
  return {
    subject: 'Bekräftelse: Boostdag: trygga skolvägar, 1 december 2026',
    content: {
      sender: 'Länsstyrelsen Östergötland',
      greeting: 'Hej Åsa!',
      paragraphs: ['Du är anmäld till Boostdag: trygga skolvägar.', 'Två rader:\nden andra & <sista>.'],
      facts: [
        { label: 'När', value: 'tisdag 1 december 2026, klockan 9.00–11.30 (svensk tid)' },
        { label: 'Var', value: 'Rådhuset, sal 3\nStora gatan 1, Linköping' },
      ],
      action: {
        label: 'Ändra eller avboka',
        url: 'https://boostdagar.example.se/anmalan/aGVt-bGlndA?a=1&b=2',
        note: 'Länken är personlig. Skicka den inte vidare.',
      },
      closing: ['Varmt välkommen!', 'Sociala enheten, Länsstyrelsen Östergötland'],
      footer: {
        label: 'Så behandlar vi dina personuppgifter',
        url: 'https://boostdagar.example.se/personuppgifter',
      },
    },
    calendar: { method: 'REQUEST', text: invitation(entry()) },
    ...changes,
  };
}

/** A letter that is owed to an invented person; change what the test is about. */
export function owedLetter(changes: Partial<OwedLetter> = {}): OwedLetter {
  const createdAt = changes.createdAt ?? new Date('2026-11-21T09:00:00Z');
  return {
    kind: 'confirmation',
    key: `${new Types.ObjectId()}.bekraftelse.0`,
    authority: '05',
    from: { name: 'Länsstyrelsen Östergötland', address: 'boostdagar@example.se' },
    to: { name: 'Åsa Öberg', address: 'asa.oberg@example.se' },
    replyTo: { name: 'Eva Ek', address: 'eva.ek@example.se' },
    language: 'sv',
    facts: {},
    state: 'queued',
    createdAt,
    dueAt: createdAt,
    listed: true,
    ...changes,
  };
}

/** A letter as the worker has it in its hand. */
export function letter(changes: Partial<Letter> = {}): Letter {
  const { calendar: _calendar, ...owed } = owedLetter({ key: '65f000000000000000000001.bekraftelse.0' });
  const _id = new Types.ObjectId('65f0000000000000000000aa');
  return { _id, attempts: 0, mayHaveLeft: false, ...owed, ...changes };
}
