import type { ValidationChain } from 'express-validator';
import { line } from '../../base/form/fields.ts';
import { httpsLink, linkIn } from '../../base/form/links.ts';
import type { Event } from '../event.ts';
import { answer, type Detail, linesOf, manyOf } from './detail.ts';

/** The letters that go by themselves, by their keys. What can be chosen is not known here: letters are about events. */
const letterPlan: Detail<Event['letterPlan']> = {
  fields: [
    {
      name: 'letterPlan',
      label: 'Mejl som går av sig själva',
      help: 'De går bara till den som är anmäld. Du ser alla mejl under Förhandsvisning, och när de går under Mejl.',
      options: [],
      several: true,
      asked: 'letterPlanAsked',
      rule: manyOf,
    },
  ],
  read: (form) => [form.letterPlan ?? []].flat(),
  show: (value) => ({ ...(value && { letterPlan: value }), letterPlanAsked: 'ja' }),
  copy: 'kept',
  mayBeUnasked: true,
};

const documentation: Detail<Event['documentation']> = {
  fields: [
    {
      name: 'documentation',
      label: 'Dokumentation',
      help: 'En rubrik och en länk på varje rad, till exempel: Elins presentation https://example.se/elin. Visas på sidan efter evenemanget och står i tackmejlet.',
      optional: '(frivilligt)',
      lines: 3,
      autocomplete: 'off',
      rule: documentationRule,
    },
  ],
  read: (form) => linesOf(answer(form, 'documentation')).flatMap((row) => documentIn(row) ?? []),
  show: (value = []) => ({ documentation: value.map(({ title, url }) => `${title} ${url}`).join('\n') }),
  copy: 'emptied',
  mayBeUnasked: true,
};

/** What people get by mail and on the page around the day. */
export const letters = { letterPlan, documentation };

/** One document a line: its title, then its link. */
function documentationRule(name: string): ValidationChain {
  return line(name, 'Dokumentationen', 4000, true)
    .bail()
    .custom((typed: string) => {
      const wrong = linesOf(typed).find((row) => documentIn(row) === undefined);
      if (wrong !== undefined)
        throw new Error(
          `Skriv en rubrik och en länk på varje rad, till exempel Presentation https://example.se/bilder. Det går inte att läsa: ${wrong}`,
        );
      return true;
    });
}

function documentIn(row: string): { title: string; url: string } | undefined {
  const [, title = '', typed = ''] = /^(\S.*?)\s+(\S+)$/.exec(row) ?? [];
  const url = linkIn(typed);
  return httpsLink.test(url) ? { title, url } : undefined;
}
