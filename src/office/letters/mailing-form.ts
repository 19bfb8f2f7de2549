import { body, type ValidationChain } from 'express-validator';
import { municipalityChoices } from '../../authorities/municipalities.ts';
import { roleNames, roles } from '../../authorities/roles.ts';
import { line, required } from '../../base/form/fields.ts';
import { type Event, modeNames, modes } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import {
  allWordFields,
  type Mailing,
  type MailingFilter,
  type MailingWords,
  wordFields,
} from '../../letters/mailings/mailing.ts';
import {
  forSubject,
  forText,
  type Placeholder,
  wrongPlaceholder,
} from '../../letters/mailings/placeholders.ts';
import { swedishNameOf, type Translation, translations } from '../../texts/texts.ts';

/** The states of those who can be written to, as the form calls them. */
const states = [
  { value: 'confirmed', label: 'Anmälda' },
  { value: 'waiting', label: 'På väntelistan' },
  { value: 'cancelled', label: 'Avbokade' },
] as const;

type NamedMunicipality = { code: string; name: string };

/** The rules of a letter by hand: its words with their placeholders, in a translation all or nothing. */
export function mailingForm(): ValidationChain[] {
  return [
    holding(
      required('subject', 'Ämnet', 120, 'Skriv ett ämne, till exempel Program och karta till {titel}'),
      forSubject,
    ),
    holding(
      line('text', 'Texten', 5000, true).bail().notEmpty().withMessage('Skriv vad du vill säga'),
      forText,
    ),
    ...translations.flatMap(translatedForm),
    body('status')
      .isIn(states.map(({ value }) => value))
      .withMessage('Välj vilka mejlet går till'),
  ];
}

function translatedForm(language: Translation): ValidationChain[] {
  const { subject, text } = wordFields(language);
  const name = swedishNameOf(language);
  return [
    holding(
      line(subject, 'Ämnet', 120)
        .bail()
        .custom((typed: string, { req }) => typed !== '' || !req.body[text]?.trim())
        .withMessage(`Skriv ett ämne på ${name} också, eller ta bort den ${name} texten`),
      forSubject,
    ),
    holding(
      line(text, 'Texten', 5000, true)
        .bail()
        .custom((typed: string, { req }) => typed !== '' || !req.body[subject]?.trim())
        .withMessage(`Skriv texten på ${name} också, eller ta bort det ${name} ämnet`),
      forText,
    ),
  ];
}

function holding(chain: ValidationChain, allowed: Placeholder[]): ValidationChain {
  return chain.bail().custom((typed: string) => {
    const wrong = wrongPlaceholder(typed, allowed);
    if (wrong) throw new Error(wrong);
    return true;
  });
}

/** The words of a valid form. */
export function wordsIn(answers: Partial<MailingWords>): MailingWords {
  return Object.fromEntries(allWordFields.map((field) => [field, answers[field] ?? ''])) as MailingWords;
}

/** The fields of each translation, with what its language is called. */
export const translatedFields = translations.map((language) => ({
  name: swedishNameOf(language),
  ...wordFields(language),
}));

/** Whom the answers of a form or of an address choose; those with a seat where nothing is said. */
export function filterIn(
  answers: Record<string, unknown>,
  municipalities: NamedMunicipality[],
): MailingFilter {
  const places = municipalityChoices(municipalities);
  const municipality = places.find(({ value }) => value === answers.municipality)?.value;
  const role = roles.find((one) => one === answers.role);
  const mode = modes.find((one) => one === answers.mode);
  return {
    status: states.find(({ value }) => value === answers.status)?.value ?? 'confirmed',
    ...(municipality && { municipality }),
    ...(role && { role }),
    ...(mode && { mode }),
  };
}

/** A draft as its form shows it. */
export function answersOf(mailing: Mailing): Record<string, string> {
  const { municipality = '', role = '', mode = '', status } = mailing.filter;
  return { ...wordsIn(mailing), municipality, role, mode, status, version: String(mailing.version) };
}

/** Whom a letter goes to, in words: "Anmälda, Linköping, Chef, På plats". */
export function filterInWords(
  { status, municipality, role, mode }: MailingFilter,
  places: NamedMunicipality[],
): string {
  const place =
    municipality &&
    (places.find(({ code }) => code === municipality)?.name ?? 'annan kommun eller organisation');
  return [
    states.find(({ value }) => value === status)?.label,
    place,
    role && roleNames[role].toLowerCase(),
    mode && modeNames[mode].toLowerCase(),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The choices of the form. */
export function filterChoices(event: Event, municipalities: NamedMunicipality[]) {
  return {
    states,
    municipalities: municipalityChoices(municipalities),
    roles: roles.map((role) => ({ value: role, label: roleNames[role] })),
    modes: offeredModes(event).map((mode) => ({ value: mode, label: modeNames[mode] })),
  };
}
