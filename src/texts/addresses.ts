import type { Language } from './texts.ts';

/** What stands before a visitors' path in a language: nothing in Swedish, "/en" in English. */
export function prefixOf(language: Language): string {
  return language === 'sv' ? '' : `/${language}`;
}

/** A visitors' path in a language. Begins with one slash, so that it never leads to another site. */
export function inLanguage(path: string, language: Language): string {
  const own = path.replace(/^[/\\]+/, '/');
  return own === '/' ? prefixOf(language) || '/' : prefixOf(language) + own;
}
