import { LetterModel } from '../../outbox/letter.ts';
import type { ListedLetter } from '../../outbox/queries.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import type { Mailing } from './mailing.ts';

/**
 * What a letter by hand has become: everybody's copy without its bytes, in the order of the addresses. A copy that was
 * sent again stands after the first.
 */
export async function copiesOfMailing({
  _id,
  event,
}: Pick<Mailing, '_id' | 'event'>): Promise<ListedLetter<LetterFacts>[]> {
  const key = { $gt: `${_id}.utskick.`, $lt: `${_id}.utskick/` };
  return LetterModel.find({ event, key }, { raw: 0 })
    .sort({ 'to.address': 1, createdAt: 1, _id: 1 })
    .lean<ListedLetter<LetterFacts>[]>();
}
