import type { Field } from '../../base/fields.ts';
import { type Answers, onlyKnown } from '../../events/details/detail.ts';
import { fields, type Plan, sections } from '../../events/details/details.ts';
import { detailsForm, detailsOf } from '../../events/details/form.ts';
import { planChoices, usualPlan } from '../../letters/plan/schedule.ts';

/** Which letters an event can choose is known here, above the letters, and not to the events. */
const letterBoxes = planChoices.map(({ step, name, help }) => ({ value: step, label: name, help }));

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
  const steps = planChoices.map(({ step }) => step);
  const plan = onlyKnown('letterPlan', steps)
    .withMessage('Välj bland breven i listan')
    .customSanitizer((chosen: string[]) => steps.filter((step) => chosen.includes(step)));
  return [...detailsForm(), plan];
}

/** The event as the form shows it. One that has chosen no letters by plan has the usual ones. */
export function eventAnswers(event: Plan): Answers {
  return { letterPlan: usualPlan, ...detailsOf(event) };
}
