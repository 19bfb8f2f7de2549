import { venueOf } from '../../events/rules.ts';
import type { LetterKind } from '../writing/kind.ts';
import { about, sampleSpeaker, speaking, titled } from '../writing/phrases.ts';
import { changesIn, earlierTime, linesOf } from './changed.ts';

/** To a speaker whose hours or place have changed. */
export const speakerChanged: LetterKind = {
  subject: about('mejl.medverkan.andrat.amne'),
  says: (telling) =>
    speaking(telling, [
      titled(telling, 'mejl.andrat.text'),
      ...changesIn(telling),
      ...linesOf(telling.facts.words),
      telling.t('mejl.medverkan.andrat.kvar'),
    ]),
  office: {
    name: 'Medverkande: ändrat',
    when: 'Går till de medverkande vars tid eller plats ändras.',
  },
  trueFor: ['invited', 'accepted'],
  sample: (event) => ({
    more: {
      ...sampleSpeaker(event),
      before: { ...earlierTime(event), place: venueOf(event) },
      calendar: 'REQUEST',
    },
  }),
};
