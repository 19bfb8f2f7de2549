import type { LetterKind } from '../writing/kind.ts';
import { about, leaving, titled } from '../writing/phrases.ts';
import { asOwed } from '../writing/still-true.ts';

/** To those who still wait when the waiting list closes. */
export const noSeat: LetterKind = {
  subject: about('mejl.ingenplats.amne'),
  says: (telling) => leaving(telling, [titled(telling, 'mejl.ingenplats.text')]),
  office: { name: 'Ingen plats', when: 'Går till dem som står kvar på väntelistan när den stänger.' },
  untruth: (resent) => asOwed(resent, ['waiting', 'cancelled']),
};
