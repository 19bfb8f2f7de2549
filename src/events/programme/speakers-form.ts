import type { Meta, ValidationChain } from 'express-validator';
import { shownAddress } from '../../base/form/addresses.ts';
import { line, mailbox, personName } from '../../base/form/fields.ts';
import type { SpeakerAnswers } from '../event.ts';

/** A question about each speaker: its field in the form, which comes once for each, and what it is about. */
type SpeakerField = {
  part: keyof SpeakerAnswers;
  name: string;
  label: string;
  note?: string;
  beside?: boolean;
  rule: (name: string) => ValidationChain;
};

const short = (name: string) => line(name, 'Svaret', 150);

/** The questions about a speaker, in the order of `SpeakerAnswers`. */
export const speakerFields: SpeakerField[] = [
  { part: 'name', name: 'speakerName', label: 'Namn', rule: nameRule },
  { part: 'title', name: 'speakerTitle', label: 'Titel', beside: true, rule: short },
  { part: 'organisation', name: 'speakerOrganisation', label: 'Organisation', rule: short },
  {
    part: 'email',
    name: 'speakerEmail',
    label: 'E-postadress',
    note: '(visas inte)',
    beside: true,
    rule: mailbox,
  },
];

/** Who speaks must have a name, if anything else is said of them. */
function nameRule(name: string): ValidationChain {
  const missing = 'Skriv vem som talar, till exempel Elin Sandbäck';
  const row = name.slice(name.lastIndexOf('-') + 1);
  return personName(name, 'Svaret', 150, missing)
    .bail()
    .custom((typed: string, { req }: Meta) => typed !== '' || !isFilled(speakerIn(req.body, row)))
    .withMessage(missing);
}

/** A form with the answers about speakers numbered from 1, as the page's ids: `speakerName-1`. */
type NumberedForm = Record<string, string>;

/** Numbers the answers about speakers, which come as repeated fields in the order of the people; other answers stay. */
export function numberSpeakers(form: Record<string, unknown>): { form: NumberedForm; count: number } {
  const columns = speakerFields.map(({ name }) => ({ name, answers: [form[name] ?? []].flat() }));
  const count = Math.min(20, Math.max(...columns.map(({ answers }) => answers.length)));
  const numbered = columns.flatMap(({ name, answers }) =>
    Array.from({ length: count }, (_, index) => [`${name}-${index + 1}`, answers[index] ?? '']),
  );
  return { form: { ...form, ...Object.fromEntries(numbered) }, count };
}

/** The rules of the speakers in a numbered form. The name is last, since it depends on the other answers. */
export function speakersForm(count: number): ValidationChain[] {
  return Array.from({ length: count }, (_, index) =>
    speakerFields.toReversed().map(({ name, rule }) => rule(`${name}-${index + 1}`)),
  ).flat();
}

/** The speakers in a numbered form whose rules have run, row by row; empty rows too. */
export function speakersIn(form: NumberedForm, count: number): SpeakerAnswers[] {
  return Array.from({ length: count }, (_, index) => speakerIn(form, String(index + 1)));
}

function speakerIn(form: NumberedForm, row: string): SpeakerAnswers {
  const answers = speakerFields.map(({ part, name }) => [part, form[`${name}-${row}`] ?? '']);
  return Object.fromEntries(answers) as SpeakerAnswers;
}

/** True if something is typed in the row. */
export function isFilled(row: SpeakerAnswers): boolean {
  return Object.values(row).some((typed) => typed !== '');
}

/** A speaker as the form shows them. */
export function shownSpeaker({ name, title, organisation, email }: SpeakerAnswers): SpeakerAnswers {
  return { name, title, organisation, email: shownAddress(email) };
}

/** Its speakers as the form's repeated fields. */
export function speakerValues(speakers: SpeakerAnswers[]): Record<string, string[]> {
  const shown = speakers.map(shownSpeaker);
  return Object.fromEntries(speakerFields.map(({ part, name }) => [name, shown.map((one) => one[part])]));
}
