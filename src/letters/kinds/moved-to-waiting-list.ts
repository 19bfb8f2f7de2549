import type { LetterKind } from '../writing/kind.ts';
import { about, going, titled, waitingWords } from '../writing/phrases.ts';

/** To somebody whose seat was taken back since there are fewer. */
export const movedToWaitingList: LetterKind = {
  subject: about('mejl.utanplats.amne'),
  says: (telling) => ({
    ...going(telling, 'mejl.lank.ko'),
    paragraphs: [titled(telling, 'mejl.utanplats.text'), ...waitingWords(telling)],
  }),
  office: {
    name: 'Färre platser',
    when: 'Går till den som ni flyttar till väntelistan när platserna har blivit färre.',
  },
  sample: (_event, mode) => ({
    waits: true,
    more: { queue: [{ mode, number: 1 }], calendar: 'CANCEL' },
  }),
};
