import type { Language } from './texts.ts';

/** The form of a word that goes with a number: "plats" with 1, "platser" with any other. */
export function byNumber(number: number, one: string, other: string): string {
  return number === 1 ? one : other;
}

/** A number with its word: "1 plats", "12 platser". */
export function counted(number: number, one: string, other: string): string {
  return `${number} ${byNumber(number, one, other)}`;
}

/** The same at the beginning of a sentence, for a word that takes "en": "En plats", "12 platser". */
export function countedFirst(number: number, one: string, other: string): string {
  return number === 1 ? `En ${one}` : counted(number, one, other);
}

/** "1 person", "12 personer". */
export function people(number: number): string {
  return counted(number, 'person', 'personer');
}

/** The people of whom a sentence begins to speak: "Den" som …, "De 12" som …. */
export function those(number: number): string {
  return byNumber(number, 'Den', `De ${number}`);
}

const numberWords = ['Två', 'Tre', 'Fyra', 'Fem', 'Sex', 'Sju', 'Åtta', 'Nio', 'Tio', 'Elva', 'Tolv'];

/** A number at the beginning of a sentence, in words up to twelve. @param small the words for 0 and 1, which follow the noun */
export function numberWord(number: number, small: [none: string, one: string] = ['Ingen', 'En']): string {
  return [...small, ...numberWords][number] ?? String(number);
}

/** Words as a list: "Boxholm, Ydre och Ödeshög". */
export function listed(words: string[], language: Language = 'sv'): string {
  return new Intl.ListFormat(language).format(words);
}

/** The same list in parts, so that a page can set its words apart from what joins them. */
export function listParts(words: string[]): { text: string; isWord: boolean }[] {
  const parts = new Intl.ListFormat('sv').formatToParts(words);
  return parts.map(({ type, value }) => ({ text: value, isWord: type === 'element' }));
}

/** A title in a sentence, in quotation marks. */
export function quoted(title: string): string {
  return `”${title}”`;
}

/** The question about a title, with one question mark: "Vill du ställa in ”Vill du vara med?”". */
export function questionAbout(words: string, title: string): string {
  return `${words} ${quoted(title)}${/[?!]$/.test(title) ? '' : '?'}`;
}

/** The text with a capital letter first, for a line that begins with a word that is written with a small one. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text on one line if it is so short, or as many whole words of it as fit before an ellipsis. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  if (line.length <= most) return line;
  const start = line.slice(0, Math.max(most, 1)).replace(/\s+\S*$/, '');
  return `${start
    .slice(0, Math.max(most - 1, 0))
    .replace(/[\s,.:;–-]+$/, '')
    .toWellFormed()}…`;
}
