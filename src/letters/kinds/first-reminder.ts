import type { Kind } from '../writing/kind.ts';
import { about, going, titled } from '../writing/phrases.ts';

const day = 24 * 3600_000;

/** To those who signed up long ago, two weeks before. */
export const firstReminder: Kind = {
  subject: about('mejl.forvag.amne'),
  says: (telling) => ({
    ...going(telling, 'mejl.lank'),
    paragraphs: [titled(telling, 'mejl.forvag.text'), telling.t('mejl.paminnelse.avboka')],
  }),
  office: {
    name: 'Tidig påminnelse',
    when: 'Går två veckor före, till den som har varit anmäld i en vecka.',
  },
  steps: [
    {
      step: 'tvaveckor',
      name: 'Påminnelse två veckor före',
      help: 'Klockan 9.00, till de som har varit anmälda i en vecka.',
      due: { from: 'start', days: -14, hour: 9 },
      until: { from: 'start', days: -7, hour: 9 },
      receivers: (dueAt) => ({ createdAt: { $lte: new Date(+dueAt - 7 * day) } }),
      toldBy: (_event, dueAt) => ({ createdAt: { $gt: new Date(+dueAt - 7 * day) } }),
    },
  ],
  saysWhenAndWhere: true,
  optional: true,
};
