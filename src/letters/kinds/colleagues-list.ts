import type { LetterKind, LetterTold } from '../writing/kind.ts';
import { about, asking } from '../writing/phrases.ts';

/** To somebody who has signed up several people: who has a seat, and who waits for one. */
export const colleaguesList: LetterKind = {
  subject: about('mejl.lista.amne'),
  says: (telling) => {
    const { facts, dates, t } = telling;
    const nar = dates.when(facts.start, facts.end);
    const first = t('mejl.lista.text', { titel: facts.title, nar });
    const part = asking(telling, [first, ...groupsOf(telling), t('mejl.lista.sedan')]);
    const action = { label: t('mejl.lista.lank'), url: telling.links.own, note: t('mejl.lank.personlig') };
    return { ...part, action };
  },
  office: { name: 'Lista över kollegor', when: 'Går till den som har anmält flera på en gång.' },
  sample: () => ({ more: { names: ['Åsa Exempel', 'Bo Exempel'], waitingNames: ['Cai Exempel'] } }),
};

/** The names under what became of them; a list that an earlier version owed does not know that. */
function groupsOf({ facts: { names = [], waitingNames }, t }: LetterTold): string[] {
  if (!waitingNames) return [names.join('\n')];
  const groups = [
    { heading: t('mejl.lista.plats'), names },
    { heading: t('mejl.lista.ko'), names: waitingNames },
  ];
  return groups.flatMap((group) =>
    group.names.length > 0 ? [group.heading, ...group.names].join('\n') : [],
  );
}
