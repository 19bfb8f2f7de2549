import type { LetterKind } from '../writing/kind.ts';
import { about } from '../writing/phrases.ts';

/** To the organisers of an event that unusually many have signed up for in a short time. */
export const unusualSpeed: LetterKind = {
  subject: about('mejl.fart.amne'),
  says: ({ facts, links, t, dates }) => {
    const { people = 0, from = facts.start, to = facts.start, isNetwork } = facts.burst ?? {};
    const values = { titel: facts.title, antal: people, fran: dates.moment(from), till: dates.moment(to) };
    return {
      paragraphs: [t(isNetwork ? 'mejl.fart.natverk' : 'mejl.fart.text', values), t('mejl.fart.gor')],
      action: { label: t('mejl.fart.lank'), url: links.burst, note: t('mejl.fart.kontoret') },
    };
  },
  opensThread: true,
};
