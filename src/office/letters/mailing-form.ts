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
  mailingGroups,
  speakersIn,
  wordFields,
} from '../../letters/mailings/mailing.ts';
import {
  forSpeakers,
  forSubject,
  forText,
  type Placeholder,
  wrongPlaceholder,
} from '../../letters/mailings/placeholders.ts';
import { swedishNameOf, type Translation, translations } from '../../texts/texts.ts';

/** Those who can be written to, as the form calls them. */
const groupNames: Record<MailingFilter['status'], string> = {
  confirmed: 'Anmälda',
  waiting: 'På väntelistan',
  cancelled: 'Avbokade',
  speakers: 'Alla medverkande utom de som har tackat nej',
  accepted: 'Medverkande som har tackat ja',
  invited: 'Medverkande som inte har svarat',
};
const groups = Object.keys(groupNames) as MailingFilter['status'][];

type NamedMunicipality = { code: string; name: string };

/** The rules of a letter by hand: its words with their placeholders, in a translation all or nothing. */
export function mailingForm(): ValidationChain[] {
  return [
    holding(
      required('subject', 'Ämnet', 120, 'Skriv ett ämne, till exempel Program och karta till {titel}'),
      forSubject,
    ),
    holding(line('text', 'Texten', 5000, true).bail().notEmpty().withMessage('Skriv vad du vill säga')),
    ...translations.flatMap(translatedForm),
    body('status').isIn(groups).withMessage('Välj vilka mejlet går till'),
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
    ),
  ];
}

/** @param allowed left out: what a text to the chosen people may hold */
function holding(chain: ValidationChain, allowed?: Placeholder[]): ValidationChain {
  return chain.bail().custom((typed: string, { req }) => {
    const wrong = wrongPlaceholder(typed, allowed ?? placeholdersFor(req.body));
    if (wrong) throw new Error(wrong);
    return true;
  });
}

/** What the text of a letter to those whom the answers choose may hold in braces. */
export function placeholdersFor(answers: Record<string, unknown>): Placeholder[] {
  return speakersIn(filterIn(answers)) ? forSpeakers : forText;
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
  municipalities: NamedMunicipality[] = [],
): MailingFilter {
  const places = municipalityChoices(municipalities);
  const status = groups.find((one) => one === answers.status) ?? 'confirmed';
  if (speakersIn({ status })) return { status };
  const municipality = places.find(({ value }) => value === answers.municipality)?.value;
  const role = roles.find((one) => one === answers.role);
  const mode = modes.find((one) => one === answers.mode);
  return {
    status,
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
    groupNames[status],
    place,
    role && roleNames[role].toLowerCase(),
    mode && modeNames[mode].toLowerCase(),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The choices of the form, for a letter to participants or to speakers as the filter is. */
export function filterChoices(event: Event, filter: MailingFilter, municipalities: NamedMunicipality[]) {
  const states = mailingGroups[speakersIn(filter) ? 'speakers' : 'participants'];
  return {
    states: states.map((value) => ({ value, label: groupNames[value] })),
    municipalities: municipalityChoices(municipalities),
    roles: roles.map((role) => ({ value: role, label: roleNames[role] })),
    modes: offeredModes(event).map((mode) => ({ value: mode, label: modeNames[mode] })),
  };
}
