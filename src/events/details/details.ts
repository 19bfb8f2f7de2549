import { type Field, inRows } from '../../base/form/fields.ts';
import type { Event } from '../event.ts';
import { contact } from './contact.ts';
import { type Detail, isAsked } from './detail.ts';
import { howAndWhere } from './how-and-where.ts';
import { letters } from './letters.ts';
import { what } from './what.ts';
import { when } from './when.ts';

const { title, kind, ...content } = what;
const { start, end, closesAt, ...otherDays } = when;
const { queueHours, ...place } = howAndWhere;
const { letterPlan, documentation } = letters;

/** What a draft needs. */
const first = { title, kind, start, end, closesAt };
const signUp = { ...otherDays, queueHours };

/** The sections of an event's form, in their order: first what a draft needs, then what can wait, folded. */
const inSections = [
  { legend: 'Evenemanget', details: first },
  { legend: 'Innehåll', isFolded: true, details: content },
  {
    legend: 'Hur och var',
    isFolded: true,
    help: 'Lämna antalet platser tomt om det inte finns någon gräns. Skriv 0 om det sättet inte erbjuds.',
    details: place,
  },
  { legend: 'Kontakt', isFolded: true, details: contact },
  { legend: 'Mer om anmälan', isFolded: true, details: signUp },
  { legend: 'Mejl', isFolded: true, details: { letterPlan } },
  { legend: 'Dokumentation', isFolded: true, isForAfterwards: true, details: { documentation } },
];

/** All that an organiser decides about an event apart from its programme, by the event's own field, in the order of the form. */
const details = {
  ...{ ...first, ...content, ...place, ...contact },
  ...{ ...signUp, letterPlan, documentation },
} satisfies {
  [Key in keyof Event]?: Detail<Event[Key]>;
};

type Name = keyof typeof details;

/** An organiser's decisions about an event. What is left out stays as it is, or is as usual in a new event. */
export type Plan = Omit<Pick<Event, Name>, 'queueHours'> & Partial<Pick<Event, 'queueHours'>>;

/** Each of them with the event's field that it decides, in the order of the form. */
export const entries = Object.entries(details) as [Name, Detail<unknown>][];

/** All questions of the form, in its order. */
export const fields: Field[] = entries.flatMap(([, detail]) => detail.fields);

/**
 * A section as a page shows it: its questions in rows of those that stand beside each other. `isFolded`: what a first
 * draft can do without; `isForAfterwards`: what there is to write when the event is over.
 */
export type Section = {
  legend: string;
  help?: string;
  isFolded?: boolean;
  isForAfterwards?: boolean;
  rows: Field[][];
};

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
