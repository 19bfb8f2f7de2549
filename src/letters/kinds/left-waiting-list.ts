import type { LetterKind } from '../writing/kind.ts';
import { about, leavingWithWayBack, titled } from '../writing/phrases.ts';
import { isUndone } from './cancelled.ts';

/** To somebody who has left the waiting list. */
export const leftWaitingList: LetterKind = {
  subject: about('mejl.lamnat.amne'),
  says: (telling) => leavingWithWayBack(telling, titled(telling, 'mejl.lamnat.text')),
  office: {
    name: 'Lämnat väntelistan',
    when: 'Går till den som lämnar väntelistan, eller som ni tar bort.',
  },
  untruth: isUndone,
};
