import type { LetterKind } from '../writing/kind.ts';
import { about, sampleSpeaker, speaking, titled } from '../writing/phrases.ts';

/** To somebody in the programme who is asked to speak. */
export const speakerInvitation: LetterKind = {
  subject: about('mejl.medverkan.inbjudan.amne'),
  says: (telling) =>
    speaking(
      telling,
      [titled(telling, 'mejl.medverkan.inbjudan.text'), telling.t('mejl.medverkan.inbjudan.gor')],
      'mejl.medverkan.lank.svara',
    ),
  office: { name: 'Medverkande: inbjudan', when: 'Går till den som ni bjuder in att medverka.' },
  opensThread: true,
  trueFor: ['invited'],
  sample: (event) => ({ first: true, more: sampleSpeaker(event) }),
};
