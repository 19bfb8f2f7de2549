import type { LetterKind } from '../writing/kind.ts';
import { about, leaving, titled } from '../writing/phrases.ts';
import { isOver } from '../writing/still-true.ts';

/** To the address that a registration had before: it takes the entry out of that calendar. */
export const newAddress: LetterKind = {
  subject: about('mejl.nyadress.amne'),
  says: (telling) => leaving(telling, [titled(telling, 'mejl.nyadress.text')]),
  office: {
    name: 'Ny e-postadress',
    when: 'Går till den gamla adressen när ni ger en deltagare en annan. Den nya får bekräftelsen.',
  },
  keepsAddress: true,
  untruth: (resent) =>
    isOver(resent) ?? (resent.registration.email === resent.letter.to.address ? 'changed' : undefined),
  sample: () => ({ more: { calendar: 'CANCEL' } }),
};
