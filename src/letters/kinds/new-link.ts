import type { LetterKind } from '../writing/kind.ts';
import { about, going, titled } from '../writing/phrases.ts';

/** To somebody who asks for their personal link again. */
export const newLink: LetterKind = {
  subject: about('mejl.nylank.amne'),
  says: (telling) => ({
    ...going(telling, telling.facts.waitsUntil ? 'mejl.lank.ko' : 'mejl.lank.visa'),
    paragraphs: [titled(telling, 'mejl.nylank.text')],
  }),
  office: { name: 'Ny länk', when: 'Går till den som ber om sin länk igen.' },
};
