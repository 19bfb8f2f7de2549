import { body, type ValidationChain } from 'express-validator';
import type { Initiative } from '../authorities/authority.ts';
import { plain } from '../base/form/cleaning.ts';
import { type Field, inRows, line, optionsOf, required } from '../base/form/fields.ts';
import type { FormValues } from '../base/form/merging.ts';
import { factorNames, factors } from './event.ts';

/** The questions about an initiative, in the order of their form. */
export const initiativeFields: Field[] = [
  {
    name: 'name',
    label: 'Namn',
    autocomplete: 'off',
    rule: (name) =>
      required(name, 'Namnet', 100, 'Skriv vad satsningen heter, till exempel Alla barn i Östergötland'),
  },
  {
    name: 'targetGroup',
    label: 'Målgrupp',
    optional: '(frivilligt)',
    autocomplete: 'off',
    rule: (name) => line(name, 'Målgruppen', 200),
  },
  {
    name: 'factors',
    label: 'Skyddsfaktorer som årets boostdagar ska handla om',
    optional: '(frivilligt)',
    options: optionsOf(factors, factorNames),
    several: true,
    rule: (name) =>
      body(name)
        .customSanitizer((chosen: unknown) => [chosen ?? []].flat())
        .custom((chosen: string[]) => chosen.every((one) => factors.some((factor) => factor === one)))
        .withMessage('Välj bland de tre skyddsfaktorerna'),
  },
  {
    name: 'daysAYear',
    label: 'Minst antal boostdagar om året',
    width: 5,
    autocomplete: 'off',
    attributes: { inputmode: 'numeric' },
    rule: (name) =>
      body(name)
        .customSanitizer(plain)
        .isInt({ min: 1, max: 12 })
        .withMessage('Skriv ett antal mellan 1 och 12, till exempel 3'),
  },
  {
    name: 'since',
    label: 'Från och med år',
    width: 5,
    autocomplete: 'off',
    attributes: { inputmode: 'numeric' },
    rule: (name) => year(name).withMessage('Skriv det första året, till exempel 2027'),
  },
  {
    name: 'until',
    label: 'Till och med år',
    optional: '(frivilligt)',
    width: 5,
    autocomplete: 'off',
    attributes: { inputmode: 'numeric' },
    rule: (name) =>
      year(name)
        .optional({ values: 'falsy' })
        .withMessage('Skriv det sista året, till exempel 2029, eller lämna fältet tomt')
        .bail()
        .custom((until: string, { req }) => !(Number(until) < Number(req.body.since)))
        .withMessage('Det sista året är före det första. Skriv ett senare år'),
  },
];

/** The form's questions, those of a row beside each other. */
export const initiativeRows = inRows(initiativeFields);

function year(name: string): ValidationChain {
  return body(name)
    .customSanitizer(plain)
    .matches(/^20\d\d$/);
}

/** The rules of the form. */
export function initiativeForm(): ValidationChain[] {
  return initiativeFields.map(({ name, rule }) => rule(name));
}

/** The initiative that a valid form describes (initiativeForm has run). */
export function initiativeOf(form: FormValues): Initiative {
  const { name = '', targetGroup = '', factors: chosen = [], daysAYear, since, until } = form;
  return {
    name: String(name),
    targetGroup: String(targetGroup),
    factors: factors.filter((factor) => chosen.includes(factor)),
    daysAYear: Number(daysAYear),
    since: Number(since),
    until: until ? Number(until) : null,
  };
}

/** The initiative as the form shows it; a new one asks for three days a year about all factors. */
export function initiativeAnswers(initiative: Initiative | null, thisYear: number): FormValues {
  const {
    name,
    targetGroup,
    factors: chosen,
    daysAYear,
    since,
    until,
  } = initiative ?? {
    ...{ name: '', targetGroup: '', factors: [...factors], daysAYear: 3, since: thisYear, until: null },
  };
  const numbers = { daysAYear: String(daysAYear), since: String(since), until: until ? String(until) : '' };
  return { name, targetGroup, factors: chosen, ...numbers };
}
