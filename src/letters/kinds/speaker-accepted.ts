import type { LetterKind } from '../writing/kind.ts';
import { about, sampleSpeaker, speaking, titled } from '../writing/phrases.ts';

/** To a speaker who has said yes, with their hours for their calendar. */
export const speakerAccepted: LetterKind = {
  subject: about('mejl.medverkan.ja.amne'),
  says: (telling) =>
    speaking(telling, [titled(telling, 'mejl.medverkan.ja.text'), telling.t('mejl.medverkan.ja.kalender')]),
  office: {
    name: 'Medverkande: ja',
    when: 'Går till den som har tackat ja, med en inbjudan till kalendern för den egna tiden.',
  },
  trueFor: ['accepted'],
  sample: (event) => ({ more: { ...sampleSpeaker(event), calendar: 'REQUEST' } }),
};
