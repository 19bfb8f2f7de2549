import type { Types } from 'mongoose';

/**
 * What stands for a kind in the keys of letters. Kinds had Swedish names until they became English; keys, and with them
 * Message-IDs and the answers to letters, go on with the old words, so that nothing is owed twice and replies still
 * find what they answer. A kind that is not here stands for itself.
 */
const words: ReadonlyMap<string, string> = new Map([
  ['confirmation', 'bekraftelse'],
  ['already-registered', 'redan'],
  ['new-link', 'nylank'],
  ['changed', 'andrat'],
  ['new-address', 'nyadress'],
  ['cancelled', 'avbokad'],
  ['cancelled-event', 'installt'],
  ['waiting-list', 'vantelista'],
  ['promoted', 'erbjudande'],
  ['moved-to-waiting-list', 'utanplats'],
  ['no-seat', 'ingenplats'],
  ['left-waiting-list', 'lamnat'],
  ['reminder', 'paminnelse'],
  ['meeting-link', 'lank'],
  ['thanks', 'tack'],
  ['missed-you', 'saknad'],
  ['mailing', 'utskick'],
  ['are-you-coming', 'fraga'],
  ['colleagues-list', 'lista'],
]);

/**
 * Tells a letter from all others: no second one with the same key can be owed.
 * @param of the registration that it is about, or the letter by hand
 * @param revision what tells it from others of its kind
 */
export function keyOf({ _id }: { _id: Types.ObjectId }, kind: string, revision: string | number): string {
  return `${_id}.${words.get(kind) ?? kind}.${revision}`;
}
