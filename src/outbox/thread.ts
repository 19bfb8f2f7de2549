import { type Letter, LetterModel, type LetterState } from './letter.ts';
import { messageIdOf } from './message.ts';

const neverGot: LetterState[] = ['dropped', 'failed', 'bounced', 'held'];

/**
 * The Message-ID that a letter refers to (RFC 5322, 3.6.4): that of the first letter about the same registration to the
 * same address. Undefined for the first letter, or if it is about no registration.
 */
export async function threadOf(letter: Letter): Promise<string | undefined> {
  if (!letter.registration) return undefined;
  const earlier = {
    registration: letter.registration,
    createdAt: { $lte: letter.createdAt },
    _id: { $ne: letter._id },
    'to.address': letter.to.address,
    state: { $nin: neverGot },
  };
  const first = await LetterModel.findOne(earlier, { key: 1, from: 1 })
    .sort({ createdAt: 1, _id: 1 })
    .lean<Pick<Letter, 'key' | 'from'>>();
  return first ? messageIdOf(first.key, first.from.address) : undefined;
}
