import { inStockholm, stockholmInstant } from '../../base/dates.ts';
import { plain } from '../../base/form/cleaning.ts';
import type { Field } from '../../base/form/fields.ts';
import type { FormValues } from '../../base/form/merging.ts';
import { readDay } from '../../base/form/typed-dates.ts';
import { isDay } from '../../events/details/days.ts';
import { onlyKnown } from '../../events/details/detail.ts';
import { fields, type Plan, sections } from '../../events/details/details.ts';
import { detailsForm, detailsOf, planOf, unaskedOf } from '../../events/details/form.ts';
import { type Event, usualQueueHours } from '../../events/event.ts';
import { freeOfCharge } from '../../events/rules.ts';
import { planChoices, usualPlan } from '../../letters/plan/schedule.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';

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

const withAllBoxes = sections.map((section) => ({
  ...section,
  rows: section.rows.map((row) => row.map(withBoxes)),
}));

/** What the answers are where nobody has decided anything else. */
const defaults: FormValues = {
  cost: freeOfCharge,
  queueHours: String(usualQueueHours),
  letterPlan: wordsOf(usualPlan),
};

/**
 * The form in its sections, with the day in words. One that is folded is open if it asks for attention or is answered
 * otherwise than by default; what is for afterwards is open after the event.
 * @param attention what is wrong or missing, by field
 * @param isOver true after the event, undefined for a new one
 */
export function shownSections(values: FormValues, attention: Record<string, string>, isOver?: boolean) {
  const isAnswered = ({ name }: Field) =>
    isOver !== undefined && String(values[name] ?? '') !== String(defaults[name] ?? '');
  return withAllBoxes.map(({ rows, ...section }) => {
    const needsIt = rows.flat().some(({ name }) => name in attention);
    const isUsed = section.isForAfterwards ? isOver : rows.flat().some(isAnswered);
    return { ...section, isOpen: needsIt || isUsed, rows: rows.map((row) => row.map(withDay(values))) };
  });
}

/** The day of the event with its weekday and week, if it is one: "Torsdag 11 februari 2027, vecka 6". */
function withDay({ date }: FormValues) {
  const typed = readDay(plain(date));
  const noon = isDay(typed) ? stockholmInstant(typed, '12:00') : undefined;
  const help = noon && `${capital(datesIn('sv').long(noon))}, vecka ${inStockholm(noon).weekNumber}.`;
  return (field: Field): Field => (help && field.name === 'date' ? { ...field, help } : field);
}

/** The rules of the form. */
export function eventRules() {
  const words = letterBoxes.map(({ value }) => value);
  const plan = onlyKnown('letterPlan', words)
    .withMessage('Välj bland mejlen i listan')
    .customSanitizer((chosen: string[]) => words.filter((word) => chosen.includes(word)));
  return [...detailsForm(), plan];
}

/** The event as the form shows it. One that has chosen no letters by plan has the usual ones. */
export function eventAnswers(event: Plan): FormValues {
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
export function unaskedAnswers(event: Event, form: Parameters<typeof unaskedOf>[1]): FormValues {
  const unasked = unaskedOf(event, form);
  const { letterPlan = [] } = eventAnswers(event);
  return { ...unasked, ...('letterPlanAsked' in unasked && { letterPlan }) };
}
