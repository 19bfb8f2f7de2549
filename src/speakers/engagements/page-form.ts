import { body, type Meta, type ValidationChain } from 'express-validator';
import { tidy } from '../../base/form/cleaning.ts';
import { askAboutNumber } from '../../base/form/personal-numbers.ts';
import type { Words } from '../../texts/texts.ts';

/** How long a speaker's answers may be, in characters; those with line breaks have several lines. */
const longest = {
  title: { most: 150, lines: 1 },
  description: { most: 2000, lines: 5 },
  titleEn: { most: 150, lines: 1 },
  descriptionEn: { most: 2000, lines: 5 },
  biography: { most: 1000, lines: 4 },
  needs: { most: 500, lines: 3 },
};

/** The texts that a speaker's page asks for, in its order, with the height of their fields. */
export const speakersTexts = Object.entries(longest).map(([name, { lines }]) => ({
  name: name as keyof typeof longest,
  lines,
}));

/** The rules of a speaker's page, with messages in the words of its reader. */
export function speakersForm(t: Words): ValidationChain[] {
  const texts = Object.entries(longest).map(([name, { most, lines }]) =>
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
