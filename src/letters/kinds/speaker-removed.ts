import type { LetterKind } from '../writing/kind.ts';
import { about, asking, sampleSpeaker, titled } from '../writing/phrases.ts';

/** To a speaker who has been taken out of the programme. */
export const speakerRemoved: LetterKind = {
  subject: about('mejl.medverkan.borta.amne'),
  says: (telling) =>
    asking(telling, [titled(telling, 'mejl.medverkan.borta.text'), telling.t('mejl.medverkan.borta.fel')]),
  office: {
    name: 'Medverkande: inte längre i programmet',
    when: 'Går till den som ni tar bort ur programmet efter att ha bjudit in.',
  },
  trueFor: ['removed'],
  sample: (event) => ({ more: { ...sampleSpeaker(event), calendar: 'CANCEL' } }),
};
