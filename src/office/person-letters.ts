import { subjectLine } from '../letters/text.ts';
import { listLetters } from '../post/archive.ts';
import type { Registration } from '../registrations/registration.ts';
import { troubleOf } from './letter-trouble.ts';
import { states } from './letters.ts';

/** The letters to one person, the newest first: what became of each, why it did not arrive, and whether it can go again. */
export async function lettersTo({ _id, authority }: Registration) {
  const { letters } = await listLetters(authority, { registration: _id }, 1);
  return letters.map((letter) => ({
    letter,
    subject: subjectLine(letter),
    state: states[letter.state],
    trouble: troubleOf(letter),
    mayGoAgain: ['sent', 'failed', 'bounced'].includes(letter.state),
  }));
}
