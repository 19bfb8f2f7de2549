import { offeredModes } from '../../events/rules.ts';
import type { LetterKind } from '../writing/kind.ts';
import { about, stillTrue, titled, whenAndWhere } from '../writing/phrases.ts';

const day = 24 * 3600_000;

/**
 * The meeting link for those who attend online and whom no other letter has brought it. They could not take part without
 * it, so it is no reminder that somebody can refuse.
 */
export const meetingLink: LetterKind = {
  subject: about('mejl.lank.amne'),
  says: (telling) => {
    const { t, facts, links } = telling;
    return {
      paragraphs: [titled(telling, 'mejl.lank.text')],
      facts: [...whenAndWhere(telling), { label: t(stillTrue('mejl.lank', telling)), value: links.own }],
      action: { label: t('mejl.lank.anslut'), url: facts.place, note: t('mejl.lank.anmalda') },
    };
  },
  office: {
    name: 'Möteslänk',
    when: 'Går dagen före till den som deltar digitalt och inte har fått länken i påminnelsen. Är länken ifylld står den redan i bekräftelsen.',
  },
  steps: [
    {
      step: 'meeting-link',
      word: 'lank',
      name: 'Möteslänken dagen före',
      help: 'Klockan 13.00, till de som deltar digitalt och inte har fått länken i påminnelsen. Mejlet väntar tills länken är ifylld. Från det att den är ifylld står den också i bekräftelsen.',
      usual: true,
      due: { from: 'start', days: -1, hour: 13 },
      receivers: () => ({ mode: 'digitalt' }),
      toldBy: (event, dueAt) => ({
        createdAt: { $gt: new Date(+dueAt - day) },
        'facts.mode': 'digitalt',
        // The digital door leads to the link of the day.
        $or: [{ 'facts.door': true }, { 'facts.place': event.meetingLink }],
      }),
      concerns: (event) => offeredModes(event).includes('digitalt') || event.taken.digitalt > 0,
      lacks: (event) =>
        event.meetingLink
          ? undefined
          : {
              field: 'meetingLink',
              state: 'Möteslänken saknas',
              waits: 'Mejlet väntar tills den är ifylld.',
              why: 'Den mejlas till dem som deltar digitalt.',
            },
      // The reminder the day before brings the link to all others.
      untold: (event, plan, now) => {
        const reminder = plan.find(({ step }) => step === 'day-before');
        return event.meetingLink && reminder && now < reminder.dueAt ? { noReminders: true } : {};
      },
      note: 'Till den som inte har fått länken i ett annat mejl dagen före.',
      nobody: 'Ingen',
    },
  ],
  sample: (event) => ({
    mode: 'digitalt',
    told: { ...event, meetingLink: event.meetingLink || 'https://moten.example.se/er-lank' },
  }),
};
