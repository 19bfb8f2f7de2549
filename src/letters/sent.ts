import type { Event, LetterStep } from '../events/event.ts';
import { LetterModel } from '../post/letter.ts';
import { scheduleOf } from './schedule.ts';

/** How many letters of one kind have been written, and when the first of them was. */
export type SentByPlan = { number: number; first: Date };

/** The letters by plan that an event, on the day that it now has, has written; what a newer letter replaced is not among them. */
export async function sentByPlan(event: Event): Promise<Map<LetterStep, SentByPlan>> {
  const kinds = [...new Set(scheduleOf(event).map(({ kind }) => kind))];
  const groups = await LetterModel.aggregate<SentByPlan & { _id: LetterStep }>([
    {
      $match: {
        event: event._id,
        kind: { $in: kinds },
        'facts.start': event.start,
        'facts.again': { $exists: false },
        state: { $ne: 'dropped' },
      },
    },
    { $group: { _id: '$facts.step', number: { $sum: 1 }, first: { $min: '$createdAt' } } },
  ]);
  return new Map(groups.map(({ _id, ...sent }) => [_id, sent]));
}
