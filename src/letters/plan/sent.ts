import type { Event } from '../../events/event.ts';
import { LetterModel } from '../../outbox/letter.ts';
import { scheduleOf } from './schedule.ts';

/** How many letters of one step have been written, when the first of them was, and how many of them are only kept. */
export type SentByPlan = { number: number; first: Date; kept: number };

/**
 * The letters by plan that an event, on the day that it now has, has written, by their steps. Letters whose place a newer
 * one took are not counted.
 */
export async function sentByPlan(event: Event): Promise<Map<string, SentByPlan>> {
  const kinds = [...new Set(scheduleOf(event).map(({ kind }) => kind))];
  const groups = await LetterModel.aggregate<SentByPlan & { _id: string }>([
    {
      $match: {
        event: event._id,
        kind: { $in: kinds },
        'facts.start': event.start,
        'facts.again': { $exists: false },
        state: { $ne: 'dropped' },
      },
    },
    {
      $group: {
        _id: '$facts.step',
        number: { $sum: 1 },
        first: { $min: '$createdAt' },
        kept: { $sum: { $cond: [{ $eq: ['$state', 'kept'] }, 1, 0] } },
      },
    },
  ]);
  return new Map(groups.map(({ _id, ...sent }) => [_id, sent]));
}
