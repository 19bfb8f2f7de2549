import type { Event } from '../../events/event.ts';
import { kinds } from '../kinds/all.ts';
import type { LetterKind } from '../writing/kind.ts';
import { instantOf, type Moment, type Planned, type Step } from '../writing/step.ts';

/** A step with the kind of letter that goes then. */
type PlanChoice = Step & Pick<Planned, 'kind' | 'optional'>;

/** Every letter that an event can choose to have sent by itself, in the order of the event's form. */
export const planChoices: PlanChoice[] = Object.entries<LetterKind>(kinds).flatMap(
  ([kind, { steps = [], optional }]) => steps.map((step) => ({ ...step, kind, optional })),
);

/** What a new event has chosen, and one from before there was a choice. */
export const usualPlan: string[] = planChoices.filter(({ usual }) => usual).map(({ step }) => step);

/** What the office calls the letters by plan, by step. */
export const stepNames: Record<string, string> = Object.fromEntries(
  planChoices.map(({ step, name }) => [step, name]),
);

/** So many days before its start an event's first letter can be due, and so many after its end its last is of use. */
export const planDays = {
  before: Math.max(...momentsFrom('start').map(({ days }) => -days)),
  after: Math.max(...momentsFrom('end').map(({ days }) => days)),
};

function momentsFrom(from: Moment['from']): Moment[] {
  return planChoices.flatMap(({ due, until = due }) => [due, until]).filter((moment) => moment.from === from);
}

/** The letters by plan that an event has chosen, in the order of time. Steps that no kind has any more are left out. */
export function scheduleOf(event: Pick<Event, 'start' | 'end' | 'letterPlan'>): Planned[] {
  const chosen = event.letterPlan ?? usualPlan;
  return planChoices
    .filter(({ step }) => chosen.includes(step))
    .map(({ due, until, ...step }) => ({
      ...step,
      dueAt: instantOf(due, event),
      until: until ? instantOf(until, event) : event.start,
    }))
    .toSorted((one, other) => +one.dueAt - +other.dueAt);
}
