import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../base/dates.ts';
import { catalogue } from './catalogue.ts';

export type TextKey = keyof typeof catalogue;
type Values = Record<string, string | number>;

/** A text with placeholders needs its values; one without takes none. */
type Needed<K extends TextKey> = (typeof catalogue)[K][0] extends `${string}{${string}`
  ? [values: Values]
  : [];

/** The words of one language. A key that is missing does not compile. */
export type Words = <K extends TextKey>(key: K, ...values: Needed<K>) => string;

function wordsIn(language: Language): Words {
  const messages = new Map<TextKey, IntlMessageFormat>();
  return (key, ...[values]) => {
    const text = catalogue[key][language === 'sv' ? 0 : 1];
    if (!text.includes('{')) return text;
    const message =
      messages.get(key) ?? new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    messages.set(key, message);
    return message.format<string>(values as Values) as string;
  };
}

const words: Record<Language, Words> = { sv: wordsIn('sv'), en: wordsIn('en') };

/** The words of a language, as `t('lista.rubrik')`. @throws Error for a placeholder without a value */
export function textsIn(language: Language): Words {
  return words[language];
}
