import { body } from 'express-validator';
import { isoDay } from '../../base/dates.ts';
import { type Field, line, required } from '../../base/form/fields.ts';
import { formattingHelp } from '../../texts/formatting.ts';
import type { Event } from '../event.ts';
import { endsLater, minutesRule, time } from './session-times.ts';

/** What visitors are told of a session, apart from its speakers. Its times are those of the event's day, and need not be decided. */
export function sessionFields({ start }: Pick<Event, 'start'>): Field[] {
  const date = isoDay(start);
  return [
    {
      name: 'start',
      label: 'Börjar',
      optional: '(frivilligt)',
      width: 5,
      rule: (name) => time(name, date, 'Skriv när programpunkten börjar, till exempel 09.00'),
    },
    {
      name: 'end',
      label: 'Slutar',
      optional: '(frivilligt)',
      width: 5,
      beside: true,
      rule: (name) =>
        time(name, date, 'Skriv när programpunkten slutar, till exempel 09.45').custom(endsLater(date)),
    },
    {
      name: 'minutes',
      label: 'Eller längd i minuter',
      optional: '(frivilligt)',
      width: 5,
      beside: true,
      attributes: { inputmode: 'numeric' },
      rule: minutesRule,
    },
    {
      name: 'title',
      label: 'Rubrik',
      rule: (name) => required(name, 'Rubriken', 150, 'Skriv en rubrik, till exempel Paus'),
    },
    {
      name: 'room',
      label: 'Lokal eller sal',
      help: 'Punkter som pågår samtidigt i olika lokaler visas bredvid varandra.',
      optional: '(frivilligt)',
      width: 20,
      attributes: { list: 'lokaler' },
      rule: (name) => line(name, 'Lokalen', 100),
    },
    {
      name: 'break',
      label: 'Paus',
      options: [{ value: 'ja', label: 'Det är en paus, som kaffe, lunch eller registrering' }],
      several: true,
      asked: 'breakAsked',
      rule: (name) => body(name).customSanitizer((ticked: unknown) => (ticked ? 'ja' : '')),
    },
    {
      name: 'description',
      label: 'Text',
      help: formattingHelp,
      optional: '(frivilligt)',
      lines: 3,
      rule: (name) => line(name, 'Texten', 2000, true),
    },
    {
      name: 'parts',
      label: 'Delar',
      help: 'En på varje rad, till exempel de kommuner som berättar under samma rubrik.',
      optional: '(frivilligt)',
      lines: 3,
      rule: (name) => line(name, 'Delarna', 2000, true),
    },
  ];
}

/** The questions whose answers stand on the run sheet and nowhere else. */
export const runSheetFields: Field[] = [
  {
    name: 'responsible',
    label: 'Ansvarig',
    help: 'Till exempel den som hälsar välkommen eller sköter mikrofonerna.',
    optional: '(frivilligt)',
    rule: (name) => line(name, 'Svaret', 150),
  },
  {
    name: 'technique',
    label: 'Teknik',
    help: 'Det som de medverkande själva har svarat kommer med ändå.',
    optional: '(frivilligt)',
    lines: 2,
    rule: (name) => line(name, 'Tekniken', 1000, true),
  },
  {
    name: 'notes',
    label: 'Anteckningar',
    optional: '(frivilligt)',
    lines: 3,
    rule: (name) => line(name, 'Anteckningarna', 2000, true),
  },
];

/** All questions about a session, apart from its speakers. */
export function allSessionFields(event: Pick<Event, 'start'>): Field[] {
  return [...sessionFields(event), ...runSheetFields];
}
