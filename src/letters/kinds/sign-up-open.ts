import type { LetterKind } from '../writing/kind.ts';
import { about, asking, titled } from '../writing/phrases.ts';

/** To somebody who wanted to know when sign-up opens: how to sign up, and how to erase the address. */
export const signUpOpen: LetterKind = {
  subject: about('mejl.oppnat.amne'),
  says: (telling) => {
    const { facts, links, t, dates } = telling;
    const { paragraphs, facts: rows = [] } = asking(telling, [
      titled(telling, 'mejl.oppnat.text'),
      t('mejl.oppnat.bort', { lank: links.erase }),
    ]);
    const when = t('mejl.nar', { nar: dates.when(facts.start, facts.end) });
    return {
      greeting: t('mejl.halsning.utanNamn'),
      paragraphs,
      facts: [{ label: t('evenemang.nar'), value: when }, ...rows],
      action: { label: t('mejl.oppnat.lank'), url: `${links.event}#anmalan` },
    };
  },
  office: {
    name: 'Anmälan är öppen',
    when: 'Går när anmälan öppnar, till den som har bett om det på evenemangets sida. Mejlet raderas när det har gått.',
  },
  opensThread: true,
  sample: () => ({ more: { erase: 'exempel' } }),
};
