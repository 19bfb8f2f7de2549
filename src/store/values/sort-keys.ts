import { type Collation, foldKey, letters } from './collation.ts';

// Unicode's sort keys (UTS #10, section 4.3): the weights of all letters, then those of their accents. JavaScript has no
// function for them, so the order of the weights is found by asking the collator how characters compare.

/** What stands for a character in a sort key. */
type Weights = { letter: string; accents: string };

type Compare = (a: string, b: string) => number;

/** Below every weight, and above the byte that ends a text in an index. */
const separator = '\x02';
const usual = '\x03';
/** Letters with a stroke cannot be decomposed, and sort as if they had this mark. */
const stroke = '\u0335';

const plain = [...range(0x20, 0x7e), ...letters, '’', '–'].filter((one) => one === one.toLowerCase());
const accented = [...range(0xa0, 0x17f), ...range(0x1e00, 0x1eff)];
const marks = [
  ...range(0x300, 0x304),
  ...range(0x306, 0x30c),
  '\u031b',
  '\u0323',
  '\u0326',
  '\u0327',
  '\u0328',
  stroke,
];

const alphabets = new WeakMap<Collation, Map<string, Weights>>();

/**
 * A text whose bytes compare as the collation compares `text`. Undefined if the weight of a character is not known (other
 * scripts, symbols), and for collations of another strength than 2: an index finds such a text, but gives no order.
 */
export function sortKey(text: string, collation: Collation): string | undefined {
  if (collation.strength !== 2) return undefined;
  const alphabet = alphabets.get(collation) ?? makeAlphabet(collation);
  let [ofLetters, ofAccents] = ['', ''];
  for (const character of foldKey(text, collation)) {
    const weights = alphabet.get(character);
    if (!weights) return undefined;
    ofLetters += weights.letter;
    ofAccents += weights.accents;
  }
  return ofLetters + separator + ofAccents;
}

function makeAlphabet(collation: Collation): Map<string, Weights> {
  const { compare, spec } = collation;
  const { compare: letterOrder } = new Intl.Collator(spec.locale.replace('_', '-'), { sensitivity: 'base' });
  const variants = [...plain, ...accented].map((character) => {
    const letter = plain.find((one) => letterOrder(one, character) === 0) ?? '';
    return { character, letter, accents: accentsOf(character, letter, compare) };
  });
  const own = variants.flatMap(({ accents }) => accents.filter((one) => one && !marks.includes(one)));
  const letterWeights = weigh(plain, letterOrder);
  const accentWeights = weigh([...own, ...marks], accentOrder(compare)).set('', usual);
  const alphabet = new Map<string, Weights>();
  for (const { character, letter, accents } of variants)
    if (accents.length > 0)
      alphabet.set(character, {
        letter: letterWeights.get(letter) ?? '',
        accents: accents.map((one) => accentWeights.get(one)).join(''),
      });
  alphabets.set(collation, alphabet);
  return alphabet;
}

/** A weight for each above the usual one, the same for equals. */
function weigh(values: string[], order: Compare): Map<string, string> {
  let weight = usual.charCodeAt(0);
  let before: string | undefined;
  const weights = new Map<string, string>();
  for (const value of values.toSorted(order)) {
    if (before === undefined || order(before, value) !== 0) weight++;
    weights.set(value, String.fromCharCode(weight));
    before = value;
  }
  return weights;
}

/** Variants of letters are less than all marks. */
function accentOrder(compare: Compare): Compare {
  return (a, b) => Number(marks.includes(a)) - Number(marks.includes(b)) || compare(a, b);
}

/**
 * What a character has besides its letter: nothing ('') and then its marks, or itself if a language has made it a variant of
 * another letter (Swedish ü is a y). Empty if neither is true of it.
 */
function accentsOf(character: string, letter: string, compare: Compare): string[] {
  const [first, ...apart] = character.normalize('NFD');
  if (letter === '') return [];
  if (compare(character, letter) === 0) return [''];
  if (first === letter) return apart.every((mark) => marks.includes(mark)) ? ['', ...apart] : [];
  if (compare(character, letter + stroke) === 0) return ['', stroke];
  const isVariant = marks.every(
    (mark) => compare(character, letter + mark) > 0 && compare(`a${character}`, `a${mark}${letter}`) < 0,
  );
  return isVariant && apart.length < 2 ? [character] : [];
}

function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCharCode(first + i));
}
