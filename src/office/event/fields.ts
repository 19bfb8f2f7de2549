import type { Field } from '../../base/form/fields.ts';
import { type DetailAnswers, onlyKnown } from '../../events/details/detail.ts';
import { fields, type Plan, sections } from '../../events/details/details.ts';
import { detailsForm, detailsOf, planOf, unaskedOf } from '../../events/details/form.ts';
import type { Event } from '../../events/event.ts';
import { planChoices, usualPlan } from '../../letters/plan/schedule.ts';

/** Which letters an event can choose is known here, above the letters, and not to the events. */
const letterBoxes = planChoices.map(({ step, word = step, name, help }) => ({
  value: word,
  label: name,
  help,
}));

function withBoxes(field: Field): Field {
  return field.name === 'letterPlan' ? { ...field, options: letterBoxes } : field;
}

/** All questions of an event's form, in its order. */
export const eventFields = fields.map(withBoxes);

/** The form in its sections. */
export const eventSections = sections.map((section) => ({
  ...section,
  rows: section.rows.map((row) => row.map(withBoxes)),
}));

/** The rules of the form. */
export function eventRules() {
  const words = letterBoxes.map(({ value }) => value);
  const plan = onlyKnown('letterPlan', words)
    .withMessage('Välj bland breven i listan')
    .customSanitizer((chosen: string[]) => words.filter((word) => chosen.includes(word)));
  return [...detailsForm(), plan];
}

/** The event as the form shows it. One that has chosen no letters by plan has the usual ones. */
export function eventAnswers(event: Plan): DetailAnswers {
  const { letterPlan = usualPlan } = event;
  return { ...detailsOf(event), letterPlan: wordsOf(letterPlan) };
}

/** The plan that a valid form describes. */
export function planIn(form: Parameters<typeof planOf>[0]): Plan {
  const { letterPlan, ...plan } = planOf(form);
  const chosen = planChoices.filter(({ step, word = step }) => letterPlan?.includes(word));
  return { ...plan, ...(letterPlan && { letterPlan: chosen.map(({ step }) => step) }) };
}

/** What the form's boxes send for the letters of a plan. */
export function wordsOf(steps: string[]): string[] {
  return planChoices.filter(({ step }) => steps.includes(step)).map(({ step, word = step }) => word);
}

/** The answers of the event that a form did not ask for. */
export function unaskedAnswers(event: Event, form: Parameters<typeof unaskedOf>[1]): DetailAnswers {
  const unasked = unaskedOf(event, form);
  const { letterPlan = [] } = eventAnswers(event);
  return { ...unasked, ...('letterPlanAsked' in unasked && { letterPlan }) };
}
