/** What can stand in the words of a letter by hand, in braces, and what each is. To a speaker the time is their own. */
export const placeholders = {
  fornamn: 'mottagarens förnamn',
  efternamn: 'mottagarens efternamn',
  titel: 'evenemangets rubrik',
  datum: 'dagen, till exempel 11 februari 2027',
  tid: 'tiden, till exempel klockan 9.00–12.00',
  plats: 'lokalen och adressen, eller möteslänken för den som deltar digitalt',
  lank: 'mottagarens egen länk',
} as const;
export type Placeholder = keyof typeof placeholders;

/** Others see a subject in lists and over shoulders: so no name and no link, nor the place, which may be the meeting link. */
export const forSubject: Placeholder[] = ['titel', 'datum', 'tid'];
export const forText = Object.keys(placeholders) as Placeholder[];
/** The register has a speaker's name in one piece. */
export const forSpeakers = forText.filter((name) => name !== 'fornamn' && name !== 'efternamn');

const inBraces = /\{([^{}]*)\}/g;

/** Why the placeholders of a text are wrong, as a sentence that names the first wrong one and all that may stand there; undefined if they are right. */
export function wrongPlaceholder(text: string, allowed: readonly Placeholder[]): string | undefined {
  const names = [...text.matchAll(inBraces)].map(([, name = '']) => name);
  const unknown = names.find((name) => !allowed.some((one) => one === name));
  const list = allowed.map((name) => `{${name}}`).join(', ');
  if (unknown !== undefined) return `{${unknown}} går inte att använda här. Det här går bra: ${list}`;
  const alone = /[{}]/.exec(text.replace(inBraces, ''))?.[0];
  return (
    alone && `Det finns ett ensamt ${alone}. Skriv en klammer på var sida om ordet. Det här går bra: ${list}`
  );
}

/** The text with what its placeholders stand for. */
export function filled(text: string, values: Record<Placeholder, string>): string {
  return text.replace(inBraces, (all, name: string) => values[name as Placeholder] ?? all);
}
