import type { LetterKind } from '../writing/kind.ts';
import { about, sampleSpeaker, titled, withDocumentation } from '../writing/phrases.ts';
import { documentation } from './thanks.ts';

/** To those who spoke, the day after. */
export const speakerThanks: LetterKind = {
  subject: about('mejl.medverkan.tack.amne'),
  says: (telling) => withDocumentation(telling, titled(telling, 'mejl.medverkan.tack.text')),
  office: { name: 'Medverkande: tack', when: 'Går dagen efter, till dem som har medverkat.' },
  trueFor: ['accepted'],
  sample: (event) => ({ more: { ...sampleSpeaker(event), ...documentation(event) } }),
};
