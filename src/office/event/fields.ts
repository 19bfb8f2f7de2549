import { factsForm, factsOf } from '../../events/form.ts';
import type { Plan } from '../../events/planning.ts';
import { planChoices, usualPlan } from '../../letters/plan/schedule.ts';

/** The letters by plan as boxes of an event's form. */
export const letterBoxes = planChoices.map(({ step, name, help }) => ({ value: step, label: name, help }));

/** The rules of an event's form, which knows the letters that can be chosen. */
export function eventRules() {
  return factsForm(planChoices.map(({ step }) => step));
}

/** The fields of an event's form as they stand. An event that has chosen no letters by plan has the usual ones. */
export function eventFields(event: Plan): Record<string, string | string[]> {
  return { letterPlan: usualPlan, letterPlanAsked: 'ja', ...factsOf(event) };
}
