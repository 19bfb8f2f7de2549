import type { ValidationChain } from 'express-validator';
import { line } from '../../base/form/fields.ts';
import type { FormValues } from '../../base/form/merging.ts';
import type { Event } from '../event.ts';
import { type DetailsForm, isAsked } from './detail.ts';
import { entries, type Plan } from './details.ts';

/** The rules of an event's details (contract: POST /kontor/evenemang/:id). What a draft may lack is the publish check's matter. */
export function detailsForm(): ValidationChain[] {
  return entries.flatMap(([, { fields, mayBeUnasked }]) =>
    fields.map(({ name, rule }) => (mayBeUnasked ? rule(name).optional() : rule(name))),
  );
}

/** The plan that a valid form describes. What the form did not ask for is left out. */
export function planOf(form: DetailsForm): Plan {
  const asked = entries.filter(([, detail]) => isAsked(detail, form));
  return Object.fromEntries(asked.map(([name, { read }]) => [name, read(form)])) as Plan;
}

/** The event as its form shows it: `planOf` backwards. */
export function detailsOf(plan: Plan): FormValues {
  return Object.assign({}, ...entries.map(([name, { show }]) => show(plan[name])));
}

/** The answers of the event that a form did not ask for. */
export function unaskedOf(event: Event, form: DetailsForm): FormValues {
  const unasked = entries.filter(([, detail]) => !isAsked(detail, form));
  return Object.assign({}, ...unasked.map(([name, { show }]) => show(event[name])));
}

/** What the letters about a change say besides what has changed. */
export function wordsForm(): ValidationChain[] {
  return [line('words', 'Texten', 1000, true).optional()];
}

/** Why an event is cancelled: stands on its page and in the letters. */
export function reasonForm(): ValidationChain[] {
  return [
    line('reason', 'Orsaken', 500)
      .bail()
      .notEmpty()
      .withMessage('Skriv varför, till exempel Föreläsaren har fått förhinder.'),
  ];
}
