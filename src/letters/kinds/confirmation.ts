import type { LetterKind } from '../writing/kind.ts';
import { about, byWhom, going, titled } from '../writing/phrases.ts';

/** To somebody who has a seat from the sign-up on, with the invitation to their calendar. */
export const confirmation: LetterKind = {
  subject: about('mejl.bekraftelse.amne'),
  says: (telling) => ({
    ...going(telling, 'mejl.lank'),
    paragraphs: [
      titled(telling, 'mejl.bekraftelse.text'),
      ...byWhom(telling),
      telling.t('mejl.bekraftelse.kalender'),
    ],
    welcome: true,
  }),
  office: { name: 'Bekräftelse', when: 'Går till den som har anmält sig.' },
  saysWhenAndWhere: true,
  opensThread: true,
  sample: () => ({ first: true }),
};
