import { body, type ValidationChain } from 'express-validator';
import { plain } from '../base/form/cleaning.ts';
import { type Field, inRows, mailbox, needed, phone, required } from '../base/form/fields.ts';
import type { Authority } from './authority.ts';

/** What a county board can set about itself. */
export type BoardSettings = Pick<
  Authority,
  | 'unit'
  | 'street'
  | 'postal'
  | 'organisationNumber'
  | 'contactEmail'
  | 'contactPhone'
  | 'dataProtectionEmail'
  | 'closingText'
>;

type SettingsQuestion = Omit<Field, 'name'> & { section: 'Myndigheten' | 'Kontakt' | 'Texter' };

/** The question about each setting, in the order of the form. */
const questions: { [Name in keyof BoardSettings]: SettingsQuestion } = {
  unit: {
    section: 'Myndigheten',
    label: 'Enhet',
    autocomplete: 'off',
    rule: (name) =>
      required(name, 'Enheten', 150, 'Skriv vilken enhet ni är, till exempel Enheten för social hållbarhet'),
  },
  street: {
    section: 'Myndigheten',
    label: 'Gatuadress',
    autocomplete: 'off',
    rule: (name) => required(name, 'Gatuadressen', 150, 'Skriv gatuadressen, till exempel Östgötagatan 3'),
  },
  postal: {
    section: 'Myndigheten',
    label: 'Postnummer och ort',
    autocomplete: 'off',
    rule: (name) =>
      required(name, 'Postadressen', 150, 'Skriv postnummer och ort, till exempel 581 86 Linköping'),
  },
  organisationNumber: {
    section: 'Myndigheten',
    label: 'Organisationsnummer',
    width: 10,
    autocomplete: 'off',
    rule: (name) =>
      body(name)
        .customSanitizer(plain)
        .matches(/^\d{6}-\d{4}$/)
        .withMessage('Skriv organisationsnumret med bindestreck, till exempel 202100-2270'),
  },
  contactEmail: {
    section: 'Kontakt',
    label: 'Enhetens e-postadress',
    help: 'Står i sidfoten, och fylls i som kontakt i nya evenemang.',
    input: 'email',
    autocomplete: 'off',
    rule: (name) => needed(mailbox(name), 'Skriv enhetens e-postadress, till exempel boostdagar@example.se'),
  },
  contactPhone: {
    section: 'Kontakt',
    label: 'Telefon',
    optional: '(frivilligt)',
    input: 'tel',
    autocomplete: 'off',
    rule: phone,
  },
  dataProtectionEmail: {
    section: 'Kontakt',
    label: 'Dataskyddsombudets e-postadress',
    help: 'Står på sidan om personuppgifter.',
    input: 'email',
    autocomplete: 'off',
    rule: (name) =>
      needed(mailbox(name), 'Skriv dataskyddsombudets e-postadress, till exempel dataskydd@example.se'),
  },
  closingText: {
    section: 'Texter',
    label: 'Text när anmälan har stängt',
    options: [
      { value: 'enkel', label: 'Det går inte längre att anmäla sig.' },
      { value: 'somIdag', label: 'Det är inte tillåtet att göra anmälningar längre.' },
    ],
    rule: (name) => body(name).isIn(['enkel', 'somIdag']).withMessage('Välj en av texterna'),
  },
};

/** The questions about the settings, each with the field of the county board that it sets. */
export const settingsFields = Object.entries(questions).map(([name, question]) => ({
  ...question,
  name: name as keyof BoardSettings,
}));

/** The form in its sections, as its page shows it. */
export const settingsSections = [...Map.groupBy(settingsFields, ({ section }) => section)].map(
  ([legend, fields]) => ({ legend, rows: inRows(fields) }),
);

/** The rules of the settings. */
export function settingsForm(): ValidationChain[] {
  return settingsFields.map(({ name, rule }) => rule(name));
}

/** The settings that a valid form describes (settingsForm has run). */
export function settingsIn(form: Record<string, string>): BoardSettings {
  return Object.fromEntries(settingsFields.map(({ name }) => [name, form[name] ?? ''])) as BoardSettings;
}

/** The settings as they are stored. */
export function settingsOf(board: Authority): BoardSettings {
  return Object.fromEntries(settingsFields.map(({ name }) => [name, board[name]])) as BoardSettings;
}
