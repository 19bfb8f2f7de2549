import type { LetterKind } from '../writing/kind.ts';
import { about, going, titled } from '../writing/phrases.ts';

/** To somebody who has got a seat from the waiting list, with their first invitation. */
export const promoted: LetterKind = {
  subject: about('mejl.erbjudande.amne'),
  says: (telling) => ({
    ...going(telling, 'mejl.lank'),
    paragraphs: [
      titled(telling, 'mejl.erbjudande.text'),
      telling.t('mejl.bekraftelse.kalender'),
      telling.t('mejl.erbjudande.avboka'),
    ],
    welcome: true,
  }),
  office: {
    name: 'Plats från väntelistan',
    when: 'Går till den som står på väntelistan och får en plats.',
  },
  saysWhenAndWhere: true,
  sample: () => ({ first: true }),
};
