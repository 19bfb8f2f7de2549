import { Types } from 'mongoose';
import type { Letter } from '../../outbox/letter.ts';
import type { OwedLetter } from '../../outbox/outbox.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';

/** A letter as the worker would find it, though it is not in the outbox. */
export function unsent({ calendar, ...row }: OwedLetter<LetterFacts>): Letter<LetterFacts> {
  return {
    ...row,
    ...(calendar && { calendar }),
    _id: new Types.ObjectId(),
    attempts: 0,
    mayHaveLeft: false,
  };
}
