import { body, type CustomValidator, type ValidationChain } from 'express-validator';
import type { Language, TextKey, Words } from '../../texts/texts.ts';
import { readAnswers } from '../answers.ts';
import type { Offer } from '../question-rules.ts';
import { questions } from '../questions.ts';
import type { Person } from '../registration.ts';
import type { Group } from './colleagues.ts';
import { once, personForm, personOf, rulesOf } from './form.ts';

/** The most colleagues that one form signs up. */
export const mostColleagues = 9;

const colleagueQuestions = questions.filter(({ about }) => about !== 'workplace');

/** The field of a question about a colleague, which comes once for each of them. */
export function colleagueField(name: string): string {
  return `colleague${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const repeated = colleagueQuestions.map(({ name }) => colleagueField(name));

type ColleaguesForm = Record<string, unknown>;

/**
 * Numbers the answers about colleagues, which come as repeated fields in the order of the people: the second
 * `colleagueEmail` is `colleagueEmail-2` from then on.
 * @returns how many colleagues there are
 */
export function numberColleagues(form: ColleaguesForm): number {
  const columns = repeated.map((field) => ({ field, answers: [form[field] ?? []].flat() }));
  for (const { field, answers } of columns) {
    delete form[field];
    for (const [index, answer] of answers.entries()) form[`${field}-${index + 1}`] = answer;
  }
  return Math.max(...columns.map(({ answers }) => answers.length));
}

/** Takes one of so many numbered colleagues out, so that the others move up. */
export function removeColleague(form: ColleaguesForm, number: number, count: number): void {
  for (const field of repeated) {
    for (let place = number; place < count; place += 1)
      form[`${field}-${place}`] = form[`${field}-${place + 1}`];
    delete form[`${field}-${count}`];
  }
}

/** The registrar only signs up others and does not come: only the name, the address and the workplace are asked for. */
export function signsUpOnlyOthers(form: ColleaguesForm): boolean {
  return form.onlyOthers === 'ja';
}

/** The rules of a form for so many colleagues. */
export function colleaguesForm(t: Words, form: ColleaguesForm, count: number): ValidationChain[] {
  const registrar = signsUpOnlyOthers(form) ? registrarForm(t) : personForm(t);
  return [...registrar, ...colleagueForms(t).slice(0, count).flat(), numberRule(t)];
}

const registrarForm = once((t) =>
  rulesOf(
    questions.filter(({ about }) => about !== 'attendance'),
    t,
  ),
);

const colleagueForms = once((t) =>
  Array.from({ length: mostColleagues }, (_, index) => colleagueForm(t, index + 1)),
);

const numberRule = once((t) =>
  body(`${colleagueField('givenName')}-${mostColleagues + 1}`)
    .custom((_, { req }) => !repeated.some((field) => `${field}-${mostColleagues + 1}` in req.body))
    .withMessage(t('fel.kollega.flest', { antal: mostColleagues })),
);

/** The group that a valid form describes (colleaguesForm has run). */
export function groupOf(
  form: Record<string, string>,
  offer: Offer,
  language: Language,
  count: number,
): Group {
  const registrar = personOf(form, offer, language);
  const colleagues = Array.from({ length: count }, (_, index) =>
    colleagueOf(form, offer, registrar, index + 1),
  );
  return { registrar, people: [...(signsUpOnlyOthers(form) ? [] : [registrar]), ...colleagues] };
}

function colleagueForm(t: Words, number: number): ValidationChain[] {
  const words = wordsOn(t, number);
  return colleagueQuestions.map(({ name, rule }) => {
    const chain = rule(`${colleagueField(name)}-${number}`, words);
    return name === 'email' ? chain.custom(isNew(number)).withMessage(words('fel.kollega.samma')) : chain;
  });
}

/** Nobody before this colleague has the address; the registrar's own counts only if they come. */
function isNew(number: number): CustomValidator {
  const earlier = Array.from({ length: number - 1 }, (_, index) => `${colleagueField('email')}-${index + 1}`);
  return (typed, { req }) => {
    const fields = signsUpOnlyOthers(req.body) ? earlier : ['email', ...earlier];
    return fields.every((field) => req.body[field] !== typed);
  };
}

function colleagueOf(form: Record<string, string>, offer: Offer, registrar: Person, number: number): Person {
  const answers = readAnswers(
    ({ name, about }) => form[about === 'workplace' ? name : `${colleagueField(name)}-${number}`],
    offer,
  );
  return { ...answers, language: registrar.language };
}

const aboutColleague = new Map<TextKey, TextKey>(
  questions.flatMap(({ missing }) => (missing?.colleague ? [[missing.person, missing.colleague]] : [])),
);

/** The messages as they speak of a colleague, with whom they are about. */
function wordsOn(t: Words, nummer: number): Words {
  return (key, ...values) => {
    const about = aboutColleague.get(key);
    const fel = about ? t(about) : t(key, ...values);
    return t('fel.kollega', { nummer, fel });
  };
}
