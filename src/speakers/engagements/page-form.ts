import { body, type Meta, type ValidationChain } from 'express-validator';
import { tidy } from '../../base/form/cleaning.ts';
import { askAboutNumber } from '../../base/form/personal-numbers.ts';
import type { Words } from '../../texts/texts.ts';
import type { sessionTexts } from './engagement.ts';

/** A text that a speaker's page asks for. `most`: characters; one with line breaks has several lines. */
type SpeakerQuestion<Name> = { name: Name; most: number; lines: number };

/** What the page asks about each of the speaker's sessions. */
export const sessionQuestions: SpeakerQuestion<(typeof sessionTexts)[number]>[] = [
  { name: 'title', most: 150, lines: 1 },
  { name: 'description', most: 2000, lines: 5 },
  { name: 'titleEn', most: 150, lines: 1 },
  { name: 'descriptionEn', most: 2000, lines: 5 },
];

/** What it asks about the speaker. */
export const personQuestions: SpeakerQuestion<'biography' | 'needs'>[] = [
  { name: 'biography', most: 1000, lines: 4 },
  { name: 'needs', most: 500, lines: 3 },
];

/** The field for a text of one of the speaker's sessions, by its place among them: `title`, then `title-2`. */
export function fieldOf(name: (typeof sessionTexts)[number], index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}

/** The rules of a speaker's page for so many sessions, with messages in the words of its reader. */
export function speakersForm(t: Words, sessions: number): ValidationChain[] {
  const aboutSessions = Array.from({ length: sessions }, (_, index) =>
    sessionQuestions.map((asked) => ({ ...asked, name: fieldOf(asked.name, index) })),
  ).flat();
  const texts = [...aboutSessions, ...personQuestions].map(({ name, most, lines }) =>
    body(name)
      .customSanitizer((typed: unknown) => tidy(typed, lines > 1))
      .custom((typed: string, meta: Meta) => {
        const antal = typed.length;
        if (antal > most) throw new Error(t('fel.forlangt', { max: most, antal }));
        const asks = { question: t('fel.personnummer.fraga'), answer: t('falt.ingetPersonnummer') };
        askAboutNumber(typed, asks, meta);
        return true;
      }),
  );
  return [body('answer').isIn(['ja', 'nej']).withMessage(t('medverkan.svar.fel')), ...texts];
}
