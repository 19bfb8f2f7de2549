import type { QueryFilter, Types } from 'mongoose';
import { isoDay } from '../../base/dates.ts';
import type { Event } from '../../events/event.ts';
import { LetterModel } from '../../outbox/letter.ts';
import { notErased, type Registration, RegistrationModel } from '../../registrations/registration.ts';
import { kinds } from '../kinds/all.ts';
import type { LetterKind } from '../writing/kind.ts';
import type { Planned } from '../writing/step.ts';
import { scheduleOf } from './schedule.ts';

/** What is noted on a registration that has been seen to. An event that is moved to another day begins anew. */
export function markOf(event: Event, { step }: Planned): string {
  return `${step}.${isoDay(event.start)}`;
}

/** What tells the letter from others of its kind to the same person. */
export function planRevision(event: Event, { step, word = step }: Planned): string {
  return `${word}.${isoDay(event.start)}`;
}

/** The people who are to have a letter by plan and have not been seen to, as a filter for the database. */
export function planReceivers(event: Event, planned: Planned): QueryFilter<Registration> {
  return {
    event: event._id,
    status: 'confirmed',
    ...notErased,
    email: { $gt: '' },
    bouncedAt: null,
    planned: { $ne: markOf(event, planned) },
    ...planned.receivers(planned.dueAt),
    ...(planned.optional && { noReminders: { $ne: true } }),
  };
}

const newsKinds = Object.entries<LetterKind>(kinds)
  .filter(([, { saysWhenAndWhere }]) => saysWhenAndWhere)
  .map(([kind]) => kind);

/** Who of these (ids as hex) has just had another letter that says the same. */
export async function alreadyTold(
  event: Event,
  { toldBy, dueAt }: Planned,
  people: Types.ObjectId[],
): Promise<Set<string>> {
  if (!toldBy) return new Set();
  const letters = await LetterModel.find(
    {
      registration: { $in: people },
      kind: { $in: newsKinds },
      state: { $nin: ['dropped', 'failed', 'bounced'] },
      ...toldBy(event, dueAt),
    },
    { registration: 1 },
  ).lean();
  return new Set(letters.map(({ registration }) => String(registration)));
}

/** How many will have the letter, as it looks now. */
export async function countPlanReceivers(event: Event, planned: Planned, now: Date): Promise<number> {
  const untold = planned.untold?.(event, scheduleOf(event), now);
  const people = await RegistrationModel.distinct('_id', { ...planReceivers(event, planned), ...untold });
  const told = await alreadyTold(event, planned, people);
  return people.length - told.size;
}
