import type { LetterKind } from '../writing/kind.ts';
import { about, asking, sampleSpeaker } from '../writing/phrases.ts';

/** To the speakers of an event that has been cancelled, with its reason. */
export const speakerEventCancelled: LetterKind = {
  subject: about('mejl.installt.amne'),
  says: (telling) => {
    const { facts, dates, t } = telling;
    const values = { titel: facts.title, datum: dates.day(facts.start), orsak: facts.reason ?? '' };
    return asking(telling, [t('mejl.installt.text', values).trim(), t('mejl.installt.ko')]);
  },
  office: { name: 'Medverkande: inställt', when: 'Går till de medverkande när evenemanget ställs in.' },
  trueFor: ['invited', 'accepted'],
  sample: (event) => ({
    more: {
      ...sampleSpeaker(event),
      reason: event.cancelReason || 'Här står skälet som du skriver.',
      calendar: 'CANCEL',
    },
  }),
};
