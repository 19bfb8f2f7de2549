import { body, type ValidationChain } from 'express-validator';
import { shownAddress } from '../../base/form/addresses.ts';
import { type Field, inRows, line, mailbox, needed, personName, phone } from '../../base/form/fields.ts';
import { capital } from '../../texts/grammar.ts';
import { languages, swedishNameOf } from '../../texts/texts.ts';
import type { SpeakerDetails } from './speaker.ts';

const optional = '(frivilligt)';
const missing = 'Skriv vad personen heter, till exempel Elin Sandbäck';

/** The questions about somebody in the register, in the order of their form. */
export const speakerFields: Field[] = [
  {
    name: 'name',
    label: 'Namn',
    autocomplete: 'off',
    rule: (name) => needed(personName(name, 'Namnet', 150, missing), missing),
  },
  {
    name: 'title',
    label: 'Titel',
    optional,
    autocomplete: 'off',
    rule: (name) => line(name, 'Titeln', 150),
  },
  {
    name: 'organisation',
    label: 'Organisation',
    optional,
    beside: true,
    autocomplete: 'off',
    rule: (name) => line(name, 'Organisationen', 150),
  },
  {
    name: 'email',
    label: 'E-postadress',
    optional: '(visas inte för besökare)',
    input: 'email',
    autocomplete: 'off',
    rule: mailbox,
  },
  {
    name: 'phone',
    label: 'Telefon',
    optional: '(visas inte för besökare)',
    input: 'tel',
    beside: true,
    autocomplete: 'off',
    rule: phone,
  },
  {
    name: 'language',
    label: 'Språk i mejl och på den personliga sidan',
    options: languages.map((language) => ({
      value: language,
      label: capital(swedishNameOf(language)),
    })),
    rule: (name) => body(name).default('sv').isIn(languages).withMessage('Välj ett av språken'),
  },
  {
    name: 'text',
    label: 'Om personen, på svenska',
    help: 'Visas på evenemangets sida, om du väljer det där.',
    optional,
    lines: 4,
    rule: (name) => line(name, 'Texten', 1000, true),
  },
  {
    name: 'textEn',
    label: 'Om personen, på engelska',
    optional,
    lines: 4,
    rule: (name) => line(name, 'Texten', 1000, true),
  },
  {
    name: 'needs',
    label: 'Teknik som personen behöver',
    help: 'Bara teknik, till exempel egen dator eller ljud från en film. Skriv inget om hälsa.',
    optional,
    lines: 2,
    rule: (name) => line(name, 'Texten', 500, true),
  },
];

/** The form's questions, those of a row beside each other. */
export const speakerRows = inRows(speakerFields);

/** The rules of the form. */
export function speakerForm(): ValidationChain[] {
  return speakerFields.map(({ name, rule }) => rule(name));
}

/** What a valid form says (speakerForm has run). */
export function speakerDetails(form: Record<string, string>): SpeakerDetails {
  const details = Object.fromEntries(speakerFields.map(({ name }) => [name, form[name] ?? '']));
  return details as SpeakerDetails;
}

/** An entry as its form shows it. */
export function speakerAnswers(details: SpeakerDetails): Record<string, string> {
  const answers = Object.fromEntries(
    speakerFields.map(({ name }) => [name, details[name as keyof SpeakerDetails]]),
  );
  return { ...answers, email: shownAddress(details.email) };
}
