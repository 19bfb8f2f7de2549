import type { LetterKind } from '../writing/kind.ts';
import { about, sampleSpeaker, speaking, titled } from '../writing/phrases.ts';

/** To a speaker who has said no. */
export const speakerDeclined: LetterKind = {
  subject: about('mejl.medverkan.nej.amne'),
  says: (telling) =>
    speaking(telling, [titled(telling, 'mejl.medverkan.nej.text'), telling.t('mejl.medverkan.nej.angra')]),
  office: { name: 'Medverkande: nej', when: 'Går till den som har tackat nej.' },
  trueFor: ['declined'],
  sample: (event) => ({ more: sampleSpeaker(event) }),
};
