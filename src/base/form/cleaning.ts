const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** What shows nothing (Unicode Default_Ignorable_Code_Point, UAX 44; interlinear marks), without the kinds below. */
const invisible = /[[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\p{Variation_Selector}]]/gv;

/**
 * Joiners and variation selectors where they join or vary nothing. Between letters joiners shape Persian and Indic
 * words, between pictures they make one picture; a selector varies the visible character before it.
 */
const idle = new RegExp(
  [
    String.raw`(?<![[\p{L}\p{M}]--\p{Default_Ignorable_Code_Point}])\u200c`,
    String.raw`\u200c(?![[\p{L}\p{M}]--\p{Default_Ignorable_Code_Point}])`,
    String.raw`(?<![[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]--[\u3164\u115f\u1160\uffa0]])\u200d`,
    String.raw`\u200d(?![[\p{L}\p{M}\p{Extended_Pictographic}]--\p{Default_Ignorable_Code_Point}])`,
    String.raw`(?<![^\s\p{Default_Ignorable_Code_Point}])\p{Variation_Selector}`,
  ].join('|'),
  'gv',
);

/**
 * A text without what cannot be seen: line breaks of every kind are `\n`, a tab is a space, other control characters,
 * marks of direction, soft hyphens and the like are gone, and accented letters are composed (NFC).
 */
export function cleaned(text: string): string {
  return text
    .normalize('NFC')
    .replace(lineBreaks, '\n')
    .replace(invisible, '')
    .replace(idle, '')
    .replace(/[\t\u2800]/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '');
}

/** An answer as it is stored, without the spaces around it; of a field that came several times nothing is taken. */
export function tidy(typed: unknown, several = false): string {
  const text = typeof typed === 'string' ? cleaned(typed).trim() : '';
  return several ? text : text.replace(/\s+/g, ' ');
}

/** An answer whose dashes and spaces are the plain ones, for numbers and days. */
export function plain(typed: unknown): string {
  return tidy(typed)
    .normalize('NFKC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/g, ' ');
}
