import type { Plan } from '../details/details.ts';
import type { Event } from '../event.ts';
import { type Hindrance, hindrances } from './publish-check.ts';

/** Why an event cannot be changed like this. `missing`: what a published event would lack. */
export type Forbidden = { refused: 'cancelled' | 'past' | 'incomplete'; event: Event; missing: Hindrance[] };

/** A cancelled event stays as it is, a past one keeps its time as a record, and a published one stays complete. */
export function forbiddenBy(event: Event, plan: Plan, now: Date): Forbidden | undefined {
  const moves = +plan.start !== +event.start || +plan.end !== +event.end;
  if (event.state === 'cancelled') return { refused: 'cancelled', event, missing: [] };
  if (event.state === 'draft') return undefined;
  if (moves && event.end <= now) return { refused: 'past', event, missing: [] };
  const missing = hindrances({ ...event, ...plan }, now).filter(
    ({ field, page }) => page === 'details' && (moves || field !== 'date'),
  );
  return missing.length > 0 ? { refused: 'incomplete', event, missing } : undefined;
}
