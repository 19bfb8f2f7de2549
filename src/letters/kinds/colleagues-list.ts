import type { LetterKind } from '../writing/kind.ts';
import { about, asking } from '../writing/phrases.ts';

/** To somebody who has signed up several people: their names, whatever became of each. */
export const colleaguesList: LetterKind = {
  subject: about('mejl.lista.amne'),
  says: (telling) => {
    const { facts, dates, t } = telling;
    const nar = dates.when(facts.start, facts.end);
    const first = t('mejl.lista.text', { titel: facts.title, nar });
    const part = asking(telling, [first, (facts.names ?? []).join('\n'), t('mejl.lista.sedan')]);
    const action = { label: t('mejl.lista.lank'), url: telling.links.own, note: t('mejl.lank.personlig') };
    return { ...part, action };
  },
  office: { name: 'Lista över kollegor', when: 'Går till den som har anmält flera på en gång.' },
  sample: () => ({ more: { names: ['Åsa Exempel', 'Bo Exempel', 'Cai Exempel'] } }),
};
