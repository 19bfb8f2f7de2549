import type { LetterKind } from '../writing/kind.ts';
import { about, going, titled } from '../writing/phrases.ts';

const seated = about('mejl.redan.amne');
const waiting = about('mejl.redan.ko.amne');

/** To an address that signs up once more, since the page may not tell that it is registered. */
export const alreadyRegistered: LetterKind = {
  subject: (told) => (told.facts.waitsUntil ? waiting : seated)(told),
  says: (telling) =>
    telling.facts.waitsUntil
      ? { ...going(telling, 'mejl.lank.ko'), paragraphs: [titled(telling, 'mejl.redan.ko.text')] }
      : { ...going(telling, 'mejl.lank.visa'), paragraphs: [titled(telling, 'mejl.redan.text')] },
  office: { name: 'Redan anmäld', when: 'Går till den som anmäler sig en gång till.' },
};
