import type { Language } from './texts.ts';

/** What stands before a visitors' path in a language: nothing in Swedish, "/en" in English. */
export function prefixOf(language: Language): string {
  return language === 'sv' ? '' : `/${language}`;
}

/** A visitors' path in a language. */
export function inLanguage(path: string, language: Language): string {
  return path === '/' ? prefixOf(language) || '/' : prefixOf(language) + path;
}
