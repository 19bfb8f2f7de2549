import type { LetterKind } from '../writing/kind.ts';
import { about, titled, withDocumentation } from '../writing/phrases.ts';
import { documentation, fortnightAfter } from './thanks.ts';

/** To those who had a seat and did not come, at the same time as the thanks to the others. */
export const missedYou: LetterKind = {
  subject: about('mejl.saknad.amne'),
  says: (telling) => withDocumentation(telling, titled(telling, 'mejl.saknad.text')),
  office: {
    name: 'Vi saknade dig',
    when: 'Går dagen efter till den som är markerad som frånvarande, om ni har valt det.',
  },
  steps: [
    {
      step: 'missed-you',
      word: 'saknad',
      name: 'Vi saknade dig',
      help: 'Samtidigt, till de som är markerade som frånvarande.',
      ...fortnightAfter,
      receivers: () => ({ present: false }),
      more: documentation,
      nobody: 'De som markeras som frånvarande',
      growsLater: true,
    },
  ],
  optional: true,
  untruth: ({ registration }) => (registration.present === false ? undefined : 'changed'),
  sample: (event) => ({ more: documentation(event) }),
};
