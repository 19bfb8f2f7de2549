import type { LetterKind } from '../writing/kind.ts';
import { about, asking, sampleSpeaker, titled } from '../writing/phrases.ts';

/** To the address that a speaker had before: it takes their hours out of that calendar. */
export const speakerNewAddress: LetterKind = {
  subject: about('mejl.nyadress.amne'),
  says: (telling) => asking(telling, [titled(telling, 'mejl.medverkan.nyadress.text')]),
  office: {
    name: 'Medverkande: ny e-postadress',
    when: 'Går till den gamla adressen när ni rättar den för någon som har tackat ja. Den nya får inbjudan till kalendern.',
  },
  keepsAddress: true,
  sample: (event) => ({ more: { ...sampleSpeaker(event), calendar: 'CANCEL' } }),
};
