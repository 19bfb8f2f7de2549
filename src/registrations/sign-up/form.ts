import type { ValidationChain } from 'express-validator';
import type { Mode } from '../../events/event.ts';
import type { Language, Words } from '../../texts/texts.ts';
import { readAnswers } from '../answers.ts';
import type { Changes } from '../changes/change.ts';
import { modesIn } from '../question-kinds.ts';
import type { Offer } from '../question-rules.ts';
import { changeable, type NamedQuestion, questions } from '../questions.ts';
import type { Person } from '../registration.ts';

/** The rules of a sign-up, with messages in the words of its reader; the visitors' form and the office's use them. */
export const personForm = once((t) => rulesOf(questions, t));

/** The rules of a change by the personal link. */
export const changesForm = once((t) => rulesOf(changeable, t));

/** The rules of these questions under their own names. */
export function rulesOf(asked: NamedQuestion[], t: Words): ValidationChain[] {
  return asked.map(({ name, rule }) => rule(name, t));
}

/** Builds rules only once for the same words, since that takes longer than running them. */
export function once<Rules>(build: (t: Words) => Rules): (t: Words) => Rules {
  const built = new Map<Words, Rules>();
  return (t) => {
    const rules = built.get(t) ?? build(t);
    built.set(t, rules);
    return rules;
  };
}

/** The person that a valid form describes (personForm has run). */
export function personOf(form: Record<string, string>, offer: Offer, language: Language): Person {
  return { ...readAnswers(({ name }) => form[name], offer), language };
}

/** The changes that a valid form describes (changesForm has run); what the personal link does not change is not among them. */
export function changesOf(form: Record<string, string>, offer: Offer): Changes {
  const answers = readAnswers(({ name }) => form[name], offer);
  return Object.fromEntries(changeable.map(({ name }) => [name, answers[name]]));
}

/** All modes that a valid form names, in the order of the event's; the only one if nobody is asked. */
export function waysOf({ mode = '' }: Record<string, string>, offer: Offer): Mode[] {
  return modesIn(mode, offer);
}
