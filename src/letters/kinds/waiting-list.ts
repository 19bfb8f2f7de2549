import type { LetterKind } from '../writing/kind.ts';
import { about, byWhom, going, titled, waitingWords } from '../writing/phrases.ts';

/** To somebody who has come onto the waiting list. */
export const waitingList: LetterKind = {
  subject: about('mejl.vantelista.amne'),
  says: (telling) => ({
    ...going(telling, 'mejl.lank.ko'),
    paragraphs: [titled(telling, 'mejl.vantelista.text'), ...byWhom(telling), ...waitingWords(telling)],
  }),
  office: { name: 'På väntelistan', when: 'Går till den som anmäler sig när platserna är slut.' },
  sample: (_event, mode) => ({ waits: true, first: true, more: { queue: [{ mode, number: 3 }] } }),
};
