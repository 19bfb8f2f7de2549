import type { Event, LetterStep } from '../../events/event.ts';
import { LetterModel } from '../../outbox/letter.ts';
import type { Listed } from '../../outbox/queries.ts';
import { scheduleOf } from '../plan/schedule.ts';
import type { Mailing } from './mailing.ts';

/** How many letters of one kind have been written, when the first of them was, and how many of them are only kept. */
export type SentByPlan = { number: number; first: Date; kept: number };

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

/** What a letter by hand has become: everybody's copy without its bytes, by address; a copy that was sent again stands after the first. */
export async function copiesOf({ _id, event }: Pick<Mailing, '_id' | 'event'>): Promise<Listed[]> {
  const key = { $gt: `${_id}.utskick.`, $lt: `${_id}.utskick/` };
  return LetterModel.find({ event, key }, { raw: 0 })
    .sort({ 'to.address': 1, createdAt: 1, _id: 1 })
    .lean<Listed[]>();
}
