import { hasReturned } from '../../registrations/personal/opened.ts';
import type { LetterKind } from '../writing/kind.ts';
import { about, leavingWithWayBack, titled } from '../writing/phrases.ts';
import { asOwed, type NotAgain, type Resent } from '../writing/still-true.ts';

/** To somebody whose registration has been cancelled. */
export const cancelled: LetterKind = {
  subject: about('mejl.avbokad.amne'),
  says: (telling) => leavingWithWayBack(telling, titled(telling, 'mejl.avbokad.text')),
  office: { name: 'Avbokad', when: 'Går till den som avbokar sig, eller som ni avbokar.' },
  untruth: isUndone,
  sample: () => ({ more: { calendar: 'CANCEL' } }),
};

/** Somebody who has signed up again is not told of the cancellation once more. */
export async function isUndone(resent: Resent): Promise<NotAgain | undefined> {
  return asOwed(resent, ['cancelled']) ?? ((await hasReturned(resent.registration)) ? 'changed' : undefined);
}
