import * as swedish from '../../../src/texts/sv.ts';

// A language as a translator would add one: the Swedish texts, each with a mark that tells it from the Swedish one.
export const name = 'nynorska';
export const dates = { ...swedish.dates, locale: 'nn', beforeSpan: 'kl. ' };
export const texts = Object.fromEntries(
  Object.entries(swedish.texts).map(([key, text]) => [key, `~${text}`]),
) as Record<swedish.TextKey, string>;
