import { type Field, inRows } from '../../base/form/fields.ts';
import type { Event } from '../event.ts';
import { contact } from './contact.ts';
import { type Detail, isAsked } from './detail.ts';
import { howAndWhere } from './how-and-where.ts';
import { letters } from './letters.ts';
import { what } from './what.ts';
import { when } from './when.ts';

/** The sections of an event's form, in their order. */
const inSections = [
  { legend: 'Vad', details: what },
  { legend: 'När', details: when },
  {
    legend: 'Hur och var',
    help: 'Lämna antalet platser tomt om det inte finns någon gräns. Skriv 0 om det sättet inte erbjuds.',
    details: howAndWhere,
  },
  { legend: 'Brev och dokumentation', details: letters },
  { legend: 'Kontakt', details: contact },
];

/** All that an organiser decides about an event apart from its programme, by the event's own field. */
const details = { ...what, ...when, ...howAndWhere, ...letters, ...contact } satisfies {
  [Key in keyof Event]?: Detail<Event[Key]>;
};

type Name = keyof typeof details;

/** An organiser's decisions about an event. What is left out stays as it is, or is as usual in a new event. */
export type Plan = Omit<Pick<Event, Name>, 'queueHours'> & Partial<Pick<Event, 'queueHours'>>;

/** Each of them with the event's field that it decides, in the order of the form. */
export const entries = Object.entries(details) as [Name, Detail<unknown>][];

/** All questions of the form, in its order. */
export const fields: Field[] = entries.flatMap(([, detail]) => detail.fields);

/** A section as a page shows it: its questions in rows of those that stand beside each other. */
export type Section = { legend: string; help?: string; rows: Field[][] };

/** The form in its sections. */
export const sections: Section[] = inSections.map(({ details: own, ...section }) => ({
  ...section,
  rows: inRows(Object.values(own).flatMap((detail: Detail<unknown>) => detail.fields)),
}));

/** What a copy of an event takes over. @param moved an instant of the event, moved to the day of the copy */
export function copied(event: Event, moved: (instant: Date) => Date): Plan {
  const values = entries.flatMap(([name, detail]) => {
    const value = event[name];
    if (detail.copy === 'moved') return [[name, value instanceof Date ? moved(value) : value]];
    if (detail.copy === 'emptied') return isAsked(detail, {}) ? [[name, detail.read({})]] : [];
    return name in event ? [[name, value]] : [];
  });
  return Object.fromEntries(values) as Plan;
}

/** The questions about what nobody gets a letter about. @param promotes true if the change gives people seats */
export function quietFields(promotes: boolean): Field[] {
  const isQuiet = ({ told }: Detail<unknown>) => !told || (told === 'promoted' && !promotes);
  return entries.flatMap(([, detail]) => (isQuiet(detail) ? detail.fields : []));
}
