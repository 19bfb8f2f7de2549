import type { LetterKind } from '../writing/kind.ts';
import { about, going, titled } from '../writing/phrases.ts';
import { asOwed, isOver } from '../writing/still-true.ts';

/** To somebody whose calendar has declined the invitation, and who still has the seat. */
export const areYouComing: LetterKind = {
  subject: about('mejl.fraga.amne'),
  says: (telling) => ({
    ...going(telling, 'mejl.fraga.lank', telling.links.cancel),
    paragraphs: [titled(telling, 'mejl.fraga.text'), telling.t('mejl.fraga.svara')],
  }),
  office: {
    name: 'Fråga efter ett nej',
    when: 'Går till den vars kalender svarar nej på inbjudan, där tjänsten tar emot sådana svar.',
  },
  // Somebody who has said since that they come is not asked again.
  untruth: (resent) => {
    const hasAccepted = resent.registration.answer?.status === 'accepted';
    return isOver(resent) ?? (hasAccepted ? 'changed' : asOwed(resent));
  },
};
