import { cleaned } from './cleaning.ts';

/** Letters that Unicode does not take apart into a plain letter and an accent. */
const plainLetters: Record<string, string> = {
  ...{ æ: 'ae', œ: 'oe', ø: 'o', ß: 'ss', þ: 'th', ð: 'd', đ: 'd', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't' },
};

/** A text in lower case and without accents, apostrophes and invisible characters: "Renée O’Brien" is "renee obrien". */
export function folded(text: string): string {
  return cleaned(text)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}'’‘ʼ´`]/gu, '')
    .toLowerCase()
    .replace(/[æœøßþðđłħıŋŧ]/g, (letter) => plainLetters[letter] ?? letter);
}

/** The words of a text for a search, each once: "Öberg, Anna-Karin" has "oberg", "anna" and "karin". */
export function foldedWords(text: string): string[] {
  return [...new Set(folded(text).match(/[\p{L}\p{N}]+/gu))];
}
