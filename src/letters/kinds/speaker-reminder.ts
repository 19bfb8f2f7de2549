import type { LetterKind } from '../writing/kind.ts';
import { about, sampleSpeaker, speaking, titled } from '../writing/phrases.ts';

/** To a speaker who has not answered. */
export const speakerReminder: LetterKind = {
  subject: about('mejl.medverkan.paminnelse.amne'),
  says: (telling) =>
    speaking(
      telling,
      [titled(telling, 'mejl.medverkan.paminnelse.text'), telling.t('mejl.medverkan.inbjudan.gor')],
      'mejl.medverkan.lank.svara',
    ),
  office: {
    name: 'Medverkande: påminnelse om svar',
    when: 'Går en och två veckor efter inbjudan, till den som inte har svarat.',
  },
  trueFor: ['invited'],
  sample: (event) => ({ more: sampleSpeaker(event) }),
};
