import type { LetterKind } from '../writing/kind.ts';
import { about, leaving } from '../writing/phrases.ts';
import { asOwed } from '../writing/still-true.ts';

/** To everybody who is registered for an event that has been cancelled, with its reason. */
export const eventCancelled: LetterKind = {
  subject: about('mejl.installt.amne'),
  says: (telling) => {
    const { facts, dates, t } = telling;
    const values = { titel: facts.title, datum: dates.day(facts.start), orsak: facts.reason ?? '' };
    const rest = t(facts.waitsUntil ? 'mejl.installt.ko' : 'mejl.installt.avboka');
    return leaving(telling, [t('mejl.installt.text', values).trim(), rest]);
  },
  office: { name: 'Inställt', when: 'Går till alla anmälda när evenemanget ställs in.' },
  untruth: (resent) => asOwed(resent, undefined, true),
  sample: ({ cancelReason }) => ({
    more: { reason: cancelReason || 'Här står orsaken som du skriver.', calendar: 'CANCEL' },
  }),
};
