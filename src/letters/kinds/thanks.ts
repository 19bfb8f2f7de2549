import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import type { More } from '../../registrations/letter-facts.ts';
import type { LetterKind } from '../writing/kind.ts';
import { about, titled, withDocumentation } from '../writing/phrases.ts';
import type { Step } from '../writing/step.ts';

/** From the day after the event on. */
export const fortnightAfter = {
  due: { from: 'end', days: 1, hour: 10 },
  until: { from: 'end', days: 15, hour: 10 },
} satisfies Partial<Step>;

/** To those who came, the day after. It goes for two weeks, also to those who are marked later. */
export const thanks: LetterKind = {
  subject: about('mejl.tack.amne'),
  says: (telling) => withDocumentation(telling, titled(telling, 'mejl.tack.text')),
  office: { name: 'Tack', when: 'Går dagen efter till den som är markerad som närvarande.' },
  steps: [
    {
      step: 'thanks',
      word: 'tack',
      name: 'Tack dagen efter',
      help: 'Klockan 10.00, med dokumentationen, till de som är markerade som närvarande.',
      usual: true,
      ...fortnightAfter,
      receivers: () => ({ present: true }),
      more: documentation,
      nobody: 'De som markeras som närvarande',
      growsLater: true,
    },
  ],
  optional: true,
  untruth: ({ registration }) => (registration.present === true ? undefined : 'changed'),
  sample: (event) => ({ more: documentation(event) }),
};

/** What an event has from its day, for the letters after it. Our own addresses begin with a slash: the letter knows the site. */
export function documentation({ downloads = [], documentation: links = [] }: Event): More {
  const files = downloads.map(({ hash, name, title }) => ({ title, url: paths.file(hash, name) }));
  const all = [...files, ...links];
  return all.length > 0 ? { documentation: all } : {};
}
