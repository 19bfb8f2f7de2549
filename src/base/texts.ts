import { IntlMessageFormat } from 'intl-messageformat';
import { catalogue } from './catalogue.ts';
import type { Language } from './dates.ts';

export type TextKey = keyof typeof catalogue;
type Values = Record<string, string | number>;

/** A text with placeholders needs its values; one without takes none. */
type Needed<K extends TextKey> = (typeof catalogue)[K][0] extends `${string}{${string}`
  ? [values: Values]
  : [];

/** The words of one language. A key that is missing does not compile. */
export type Words = <K extends TextKey>(key: K, ...values: Needed<K>) => string;

const messages = new Map<string, IntlMessageFormat>();

function wordsIn(language: Language): Words {
  return (key, ...[values]) => {
    const text = catalogue[key][language === 'sv' ? 0 : 1];
    if (!text.includes('{')) return text;
    return message(language, text).format<string>(values as Values) as string;
  };
}

function message(language: Language, text: string): IntlMessageFormat {
  const known = messages.get(language + text);
  if (known) return known;
  const made = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  messages.set(language + text, made);
  return made;
}

const words: Record<Language, Words> = { sv: wordsIn('sv'), en: wordsIn('en') };

/** The words of a language, as `t('lista.rubrik')`. @throws Error for a placeholder without a value */
export function textsIn(language: Language): Words {
  return words[language];
}
