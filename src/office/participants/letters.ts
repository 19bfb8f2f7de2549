import { subjectLine } from '../../letters/compose.ts';
import { type ListedLetter, listLetters } from '../../outbox/queries.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import type { Registration } from '../../registrations/registration.ts';
import { states } from '../letters/list.ts';
import { type LetterTrouble, troubleOf } from '../letters/trouble.ts';

/** The letters to one person, the newest first: what became of each, why it did not arrive, and whether it can go again. */
export async function lettersTo({ _id, authority, email }: Registration) {
  const { letters } = await listLetters<LetterFacts>(authority, { registration: _id }, 1);
  return letters.map((letter) => ({
    letter,
    subject: subjectLine(letter),
    state: states[letter.state],
    trouble: troubleWith(letter, email),
    mayGoAgain: ['sent', 'failed', 'bounced'].includes(letter.state),
  }));
}

/** What went wrong with an address that the person has no more asks for nothing. */
function troubleWith(
  letter: Pick<ListedLetter, 'state' | 'error' | 'to'>,
  email: string,
): LetterTrouble | undefined {
  const trouble = troubleOf(letter);
  const isPast = trouble && letter.to.address !== email;
  return isPast ? { ...trouble, todo: 'Personen har fått en annan adress sedan dess.' } : trouble;
}
