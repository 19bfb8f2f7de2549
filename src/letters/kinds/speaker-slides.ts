import type { LetterKind } from '../writing/kind.ts';
import { about, sampleSpeaker, speaking, titled } from '../writing/phrases.ts';

/** To a speaker whose slides are not there a week before the event. */
export const speakerSlides: LetterKind = {
  subject: about('mejl.medverkan.bilder.amne'),
  says: (telling) =>
    speaking(
      telling,
      [titled(telling, 'mejl.medverkan.bilder.text'), telling.t('mejl.medverkan.bilder.gor')],
      'mejl.medverkan.lank.bilder',
    ),
  office: {
    name: 'Medverkande: presentation',
    when: 'Går en vecka före, till den som har tackat ja och inte har lämnat någon presentation.',
  },
  trueFor: ['accepted'],
  sample: (event) => ({ more: sampleSpeaker(event) }),
};
