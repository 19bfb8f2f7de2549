import type { Municipality } from '../authorities/authority.ts';
import { modes } from '../events/event.ts';
import type { Words } from '../texts/texts.ts';
import { type Offer, ticked } from './question-rules.ts';
import { type Answers, type NamedQuestion, type QuestionName, questions } from './questions.ts';

/** The answers of a valid form. @param typed what the form holds for a question */
export function readAnswers(typed: (question: NamedQuestion) => string | undefined, offer: Offer): Answers {
  return answersBy((question) => question.read(typed(question) ?? '', offer));
}

/** The answers in a registration. */
export function answersOf(person: Answers): Answers {
  return answersBy(({ name }) => person[name]);
}

/** Invented answers that are right: those of number 0 for one person of tests and sample letters. */
export function exampleAnswers(number = 0): Answers {
  return answersBy(({ example }) => example(number));
}

function answersBy(answer: (question: NamedQuestion) => Answers[QuestionName] | boolean): Answers {
  return Object.fromEntries(questions.map((question) => [question.name, answer(question)])) as Answers;
}

/** Answers as the fields of a form send and show them. */
export function fieldsOf(answers: Answers): Record<QuestionName, string> {
  const fields = questions.map(({ name, shown = asIs }) => [name, shown(fieldOf(answers[name]))]);
  return Object.fromEntries(fields) as Record<QuestionName, string>;
}

const asIs = (answer: string) => answer;

/** One answer as a field holds it; empty for none. */
export function fieldOf(answer: unknown): string {
  if (answer === true) return ticked;
  return typeof answer === 'string' ? answer : '';
}

/**
 * Puts what a form's field holds into words, for many answers: a line for each choice, none if there is no answer.
 * The words are the visitors' with `t`, else the office's.
 */
export function wordsFor(municipalities: Municipality[], t?: Words) {
  const offer = { municipalities, modes: [...modes] };
  const labels = new Map(questions.map(({ name, choices }) => [name, choices?.(offer, t)]));
  const inLetters = new Map(questions.map(({ name, shown = asIs }) => [name, shown]));
  return (name: QuestionName, field: string): string[] => {
    const choices = labels.get(name);
    const chosen = field.split(',');
    if (!choices) return field ? [inLetters.get(name)?.(field) ?? field] : [];
    return choices.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  };
}
