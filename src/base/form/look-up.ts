/**
 * What a table says of a word that somebody else has written, such as a word of a request. Undefined for a word that it
 * does not have, also for one that every object has ("constructor", "__proto__").
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: unknown): T | undefined {
  return typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined;
}
