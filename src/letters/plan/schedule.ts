import { inStockholm } from '../../base/dates.ts';
import { type Event, type LetterStep, letterSteps, usualPlan } from '../../events/event.ts';
import type { LetterKind } from '../../registrations/owed-letter.ts';

/** One letter by plan: when it is owed, and until when it is of use if that was not possible. */
export type Planned = { step: LetterStep; kind: LetterKind; dueAt: Date; until: Date };

const kinds: Record<LetterStep, LetterKind> = {
  vecka: 'paminnelse',
  dag: 'paminnelse',
  lank: 'lank',
  tack: 'tack',
  saknad: 'saknad',
};

/** For so many days after it was due a letter after the event is still sent, also to those who are marked later. */
const thankfulDays = 14;

/** The letters by plan that an event has chosen, in the order of time. Days and hours are Stockholm's. */
export function scheduleOf(event: Pick<Event, 'start' | 'end' | 'letterPlan'>): Planned[] {
  const chosen = event.letterPlan ?? usualPlan;
  return letterSteps
    .filter((step) => chosen.includes(step))
    .map((step) => ({ step, kind: kinds[step], ...windowOf(step, event) }));
}

function windowOf(step: LetterStep, { start, end }: Pick<Event, 'start' | 'end'>) {
  const at = (instant: Date, days: number, hour: number) =>
    inStockholm(instant).startOf('day').plus({ days }).set({ hour }).toJSDate();
  const dayBefore = at(start, -1, 9);
  switch (step) {
    case 'vecka':
      return { dueAt: at(start, -7, 9), until: dayBefore };
    case 'dag':
      return { dueAt: dayBefore, until: start };
    case 'lank':
      return { dueAt: at(start, -1, 13), until: start };
    default:
      return { dueAt: at(end, 1, 10), until: at(end, 1 + thankfulDays, 10) };
  }
}
