import { body, type ValidationChain } from 'express-validator';
import { roles } from '../../authorities/roles.ts';
import { capital } from '../../texts/grammar.ts';
import type { Language, TextKey, Words } from '../../texts/texts.ts';
import type { Person } from '../registration.ts';
import type { Group } from './colleagues.ts';
import {
  attendance,
  email,
  type Naming,
  names,
  type Offer,
  personForm,
  personOf,
  waysOf,
  workplace,
} from './form.ts';

/** The most colleagues that one form signs up. */
export const mostColleagues = 9;

const repeated = ['GivenName', 'FamilyName', 'Email', 'Role', 'Mode'].map((field) => `colleague${field}`);

type Form = Record<string, unknown>;

/**
 * Numbers the answers about colleagues, which come as repeated fields in the order of the people: the second
 * `colleagueEmail` is `colleagueEmail-2` from then on.
 * @returns how many colleagues there are
 */
export function numberColleagues(form: Form): number {
  const columns = repeated.map((field) => ({ field, answers: [form[field] ?? []].flat() }));
  for (const { field, answers } of columns) {
    delete form[field];
    for (const [index, answer] of answers.entries()) form[`${field}-${index + 1}`] = answer;
  }
  return Math.max(...columns.map(({ answers }) => answers.length));
}

/** Takes one of so many numbered colleagues out, so that the others move up. */
export function removeColleague(form: Form, number: number, count: number): void {
  for (const field of repeated) {
    for (let place = number; place < count; place += 1)
      form[`${field}-${place}`] = form[`${field}-${place + 1}`];
    delete form[`${field}-${count}`];
  }
}

/** The registrar only signs up others and does not come: only the name, the address and the workplace are asked for. */
export function signsUpOnlyOthers(form: Form): boolean {
  return form.onlyOthers === 'ja';
}

/** The rules of a form for several people; organisation and municipality are asked for once (WCAG 3.3.7). */
export function colleaguesForm(t: Words, offer: Offer, form: Form, count: number): ValidationChain[] {
  const onlyOthers = signsUpOnlyOthers(form);
  const registrar = onlyOthers ? [...names(t), email(t), ...workplace(t, offer)] : personForm(t, offer);
  const numbers = Array.from({ length: Math.min(count, mostColleagues) }, (_, index) => index + 1);
  const first = onlyOthers ? [] : ['email'];
  const tooMany = body(nameOf(mostColleagues + 1)('givenName'))
    .custom(() => count <= mostColleagues)
    .withMessage(t('fel.kollega.flest', { antal: mostColleagues }));
  return [...registrar, ...numbers.flatMap((number) => colleagueForm(t, offer, number, first)), tooMany];
}

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

function colleagueForm(t: Words, offer: Offer, number: number, first: string[]): ValidationChain[] {
  const words = wordsOn(t, number);
  const naming = nameOf(number);
  const earlier = [...first, ...Array.from({ length: number - 1 }, (_, index) => nameOf(index + 1)('email'))];
  const address = email(words, naming).custom((typed: string, { req }) => {
    if (earlier.some((field) => req.body[field] === typed)) throw new Error(words('fel.kollega.samma'));
    return true;
  });
  return [...names(words, naming), address, ...attendance(words, offer, naming)];
}

function colleagueOf(
  form: Record<string, string>,
  offer: Offer,
  { organisation, municipality, language }: Person,
  number: number,
): Person {
  const naming = nameOf(number);
  const answer = (field: Parameters<Naming>[0]) => form[naming(field)] ?? '';
  const [mode = 'plats' as const] = waysOf({ mode: answer('mode') }, offer);
  return {
    ...{ givenName: answer('givenName'), familyName: answer('familyName'), email: answer('email') },
    ...{ organisation, municipality, mode, language },
    role: roles.find((role) => role === answer('role')) ?? 'annan',
  };
}

function nameOf(number: number): Naming {
  return (field) => `colleague${capital(field)}-${number}`;
}

const own = {
  'fel.fornamn': 'fel.kollega.fornamn',
  'fel.efternamn': 'fel.kollega.efternamn',
  'fel.epost.saknas': 'fel.kollega.epost',
  'fel.roll': 'fel.kollega.roll',
  'fel.deltagande': 'fel.kollega.deltagande',
} as const satisfies Partial<Record<TextKey, TextKey>>;

/** The messages as they speak of a colleague, with whom they are about. */
function wordsOn(t: Words, nummer: number): Words {
  return (key, ...values) => {
    const fel = key in own ? t(own[key as keyof typeof own]) : t(key, ...values);
    return t('fel.kollega', { nummer, fel });
  };
}
