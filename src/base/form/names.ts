/** What a name cannot hold, with a full stop that is not the end of a word. U+200C and U+200D join Persian and Indic letters. */
const strange = /[^\p{L}\p{M}\p{Pd} '’‘ʼ´`,().\u200c\u200d]|\.(?! |$)|\p{M}{5,}/u;

/** Why a text is no name. `holds`: what cannot stand in one. */
type WrongName = { wrong: 'noLetter' } | { wrong: 'fullStop' } | { wrong: 'strange'; holds: string };

/**
 * A name has a letter that can be seen, and holds letters, accents, spaces, hyphens, apostrophes, commas, parentheses
 * and full stops after which a space or the end comes: so no addresses, numbers or sentences of advertising.
 */
export function wrongIn(name: string): WrongName | undefined {
  const [holds] = strange.exec(name) ?? [];
  if (holds === '.') return { wrong: 'fullStop' };
  if (holds !== undefined) return { wrong: 'strange', holds };
  return /\p{L}/u.test(name) ? undefined : { wrong: 'noLetter' };
}
