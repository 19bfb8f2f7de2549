import type { Document } from 'bson';
import { refuse, StoreError } from './errors.ts';
import { own } from './types.ts';

/** How strings compare if a command does not want code point order; of the same options there is only one. */
export type Collation = { compare(a: string, b: string): number; strength: number; spec: Document };

const locales: Record<string, string> = { sv: 'sv', en: 'en', en_US: 'en-US' };
const sensitivities: Record<number, 'base' | 'accent' | 'variant'> = { 1: 'base', 2: 'accent', 3: 'variant' };

/** The options that describe what the collator does by default; all others are refused. */
const defaults: Document = {
  caseLevel: false,
  caseFirst: 'off',
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
  version: '57.1',
};

/**
 * The collation of a command's or index's specification, `undefined` for none and for `simple`.
 * Swedish and English, strength 1–3 and numericOrdering; everything else is refused by name.
 */
export function collationOf(spec: Document | undefined): Collation | undefined {
  if (!spec || Object.keys(spec).length === 0) return undefined;
  const { locale, strength = 3, numericOrdering = false, ...rest } = spec;
  if (locale === undefined)
    throw new StoreError(40414, 'Field collation.locale is missing but a required field');
  for (const [option, value] of Object.entries(rest)) {
    if (defaults[option] !== value) refuse(`the collation option ${option}: ${value}`);
  }
  if (locale === 'simple') return undefined;
  const language = own(locales, String(locale));
  const sensitivity = sensitivities[Number(strength)];
  if (!language) refuse(`the collation locale ${locale}`);
  if (!sensitivity) refuse(`the collation strength ${strength}`);
  const full = { ...defaults, locale, strength: Number(strength), numericOrdering: Boolean(numericOrdering) };
  return madeOnce(full, new Intl.Collator(language, { sensitivity, numeric: full.numericOrdering }));
}

const made = new Map<string, Collation>();

function madeOnce(spec: Document, { compare }: Intl.Collator): Collation {
  const name = JSON.stringify(spec);
  const collation = made.get(name) ?? { compare, strength: spec.strength, spec };
  made.set(name, collation);
  return collation;
}

/** The letters of the Swedish alphabet. */
export const letters = [...'abcdefghijklmnopqrstuvwxyzåäö'];
const representatives = new WeakMap<Collation, Map<string, string>>();

/**
 * A text that is the same for strings that the collation holds equal and differs for others: each character is replaced by
 * one that stands for all its equals. Numeric ordering is refused (there '01' and '1' are equal).
 */
export function foldKey(text: string, collation: Collation): string {
  if (collation.spec.numericOrdering) refuse('equality under the collation option numericOrdering');
  let known = representatives.get(collation);
  if (!known) {
    known = new Map();
    representatives.set(collation, known);
  }
  let key = '';
  for (const character of text.normalize('NFC')) {
    let representative = known.get(character);
    if (representative === undefined) {
      representative = representativeOf(character, collation);
      known.set(character, representative);
    }
    key += representative;
  }
  return key;
}

function representativeOf(character: string, { compare }: Collation): string {
  const folded = character.normalize('NFKC').toUpperCase().toLowerCase();
  const plain = folded.normalize('NFKD').replace(/\p{M}/gu, '');
  for (const candidate of ['', ...letters, plain, folded]) {
    if (compare(character, candidate) === 0) return candidate;
  }
  return character;
}
