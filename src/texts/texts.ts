import { IntlMessageFormat } from 'intl-messageformat';
import type { DateFormats } from './date-formats.ts';
import * as table from './languages.ts';
import type { texts as swedish, TextKey } from './sv.ts';

export type { TextKey };
export type Language = keyof typeof table;
/** The languages besides Swedish, which organisers write in and in which every page and letter exists first. */
export type Translation = Exclude<Language, 'sv'>;
type Values = Record<string, string | number>;

/** A text with placeholders needs its values; one without takes none. */
type Needed<K extends TextKey> = (typeof swedish)[K] extends `${string}{${string}` ? [values: Values] : [];

/** The words of one language. A key that is missing does not compile. */
export type Words = <K extends TextKey>(key: K, ...values: Needed<K>) => string;

/** What the file of a language holds. */
type LanguageFile = { name: string; dates: DateFormats; texts: Record<TextKey, string> };
const files: Record<Language, LanguageFile> = table;

const isTranslation = (language: string): language is Translation => language !== 'sv';
export const translations = Object.keys(files).filter(isTranslation);
export const languages: readonly Language[] = ['sv', ...translations];

const words = new Map<Language, Words>(languages.map((language) => [language, wordsIn(language)]));

/** The words of a language, as `t('lista.rubrik')`. @throws Error for a placeholder without a value */
export function textsIn(language: Language): Words {
  return words.get(language) as Words;
}

function wordsIn(language: Language): Words {
  const messages = new Map<TextKey, IntlMessageFormat>();
  return (key, ...[values]) => {
    const text = files[language].texts[key];
    if (!text.includes('{')) return text;
    const message =
      messages.get(key) ?? new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    messages.set(key, message);
    return ended(message.format<string>(values as Values) as string);
  };
}

/** A quoted title that ends in ? or ! ends its sentence too: "Du är anmäld till ”Vill du vara med?”". */
function ended(sentence: string): string {
  return sentence.replace(/([^”“][?!]”)[.?!]/g, '$1');
}

/** How a language writes dates and times. */
export function dateFormatsOf(language: Language): DateFormats {
  return files[language].dates;
}

/** What a language is called in Swedish, with a small letter. */
export function swedishNameOf(language: Language): string {
  return files[language].name;
}

/** The language that an address or a form names; undefined if there is no such language. */
export function languageFrom(given: unknown): Language | undefined {
  return languages.find((language) => language === given);
}
