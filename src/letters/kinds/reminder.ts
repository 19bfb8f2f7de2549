import type { LetterKind } from '../writing/kind.ts';
import { about, going, titled } from '../writing/phrases.ts';
import type { Step } from '../writing/step.ts';

const hour = 3600_000;

/** Not for somebody who has just signed up or heard of a change: that letter says the same. */
const unlessJustTold = {
  receivers: (dueAt) => ({ createdAt: { $lte: new Date(+dueAt - hour) } }),
  toldBy: (_event, dueAt) => ({ createdAt: { $gt: new Date(+dueAt - hour) } }),
} satisfies Partial<Step>;

const dayBefore = { from: 'start', days: -1, hour: 9 } as const;

/** To those with a seat, a week and a day before. */
export const reminder: LetterKind = {
  subject: about('mejl.paminnelse.amne'),
  says: (telling) => {
    const part = going(telling, 'mejl.lank');
    const programme = { label: telling.t('mejl.kalender.program'), value: telling.links.event };
    return {
      ...part,
      paragraphs: [titled(telling, 'mejl.paminnelse.text'), telling.t('mejl.paminnelse.avboka')],
      facts: [...part.facts, programme],
    };
  },
  office: { name: 'Påminnelse', when: 'Går en vecka och en dag före, till den som är anmäld.' },
  steps: [
    {
      step: 'week-before',
      word: 'vecka',
      name: 'Påminnelse en vecka före',
      help: 'Klockan 9.00.',
      usual: true,
      due: { from: 'start', days: -7, hour: 9 },
      until: dayBefore,
      ...unlessJustTold,
    },
    {
      step: 'day-before',
      word: 'dag',
      name: 'Påminnelse dagen före',
      help: 'Klockan 9.00. De som deltar digitalt får möteslänken i samma mejl.',
      usual: true,
      due: dayBefore,
      ...unlessJustTold,
    },
  ],
  saysWhenAndWhere: true,
  optional: true,
};
