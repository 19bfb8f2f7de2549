import { BSONRegExp, BSONSymbol } from 'bson';
import { refuse, StoreError } from '../values/errors.ts';
import { Machine, type Span, tooMuchWork } from './machine.ts';
import { type Node, parsePattern } from './parse.ts';

/** What was found: the text, where it begins in code points, and the texts of the groups. */
export type Found = { match: string; index: number; captures: (string | null)[] };

/** Steps that JavaScript's own matcher may take in the worst case. Beyond them the machine matches. */
const mostBacktracking = 100_000;

/**
 * A regular expression of MongoDB. JavaScript's own matcher runs it if its backtracking is bounded for the text at hand, else a
 * machine that does not backtrack.
 */
export class Regex {
  readonly pattern: string;
  readonly options: string;
  /** The text that every match begins with, at the start of the searched text. */
  readonly prefix: string | undefined;
  readonly #node: Node;
  readonly #native: RegExp;
  readonly #groups: number;
  readonly #anchored: boolean;
  /** A group within a repetition keeps what it captured last; JavaScript forgets it at each round. */
  readonly #capturesAgain: boolean;
  #machine: Machine | undefined;

  constructor(pattern: string, options: string) {
    this.pattern = pattern;
    this.options = options;
    this.#node = parsePattern(pattern, options);
    const cases = new Set(charactersIn(this.#node));
    this.#native = nativeOf(sourceOf(this.#node, cases.size > 1), cases.size === 1 && cases.has(true));
    this.#groups = groupsIn(this.#node);
    this.prefix = prefixOf(this.#node);
    this.#anchored = this.prefix !== undefined;
    this.#capturesAgain = capturesAgain(this.#node) && !needsBacktracking(this.#node);
  }

  test(text: string): boolean {
    if (this.#fast(text.length)) return this.#native.test(text);
    return this.#runMachine(Array.from(text), 0) !== undefined;
  }

  /** The first match, null if there is none. */
  find(text: string): Found | null {
    const [first] = this.findAll(text, 1);
    return first ?? null;
  }

  findAll(text: string, most = Number.POSITIVE_INFINITY): Found[] {
    const found: Found[] = [];
    const matches =
      this.#fast(text.length) && !this.#capturesAgain
        ? this.#nativeMatches(text)
        : this.#machineMatches(text);
    for (const match of matches) {
      found.push(match);
      if (found.length >= most) break;
    }
    return found;
  }

  /** Whether JavaScript's matcher takes few steps for every text of this length. */
  #fast(length: number): boolean {
    const ways = waysOf(this.#node, length);
    if (ways === waysOf(this.#node, 2 * length + 2)) return ways <= mostBacktracking / 100;
    return ways * (this.#anchored ? 1 : length) <= mostBacktracking;
  }

  *#nativeMatches(text: string): Iterable<Found> {
    let units = 0;
    let index = 0;
    for (const match of text.matchAll(new RegExp(this.#native, `${this.#native.flags}g`))) {
      for (; units < match.index; index++) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
      yield { match: match[0], index, captures: match.slice(1).map((capture) => capture ?? null) };
    }
  }

  *#machineMatches(text: string): Iterable<Found> {
    const characters = Array.from(text);
    for (let from = 0; from <= characters.length; ) {
      const span = this.#runMachine(characters, from);
      if (!span) return;
      const { start, end, groups } = span;
      const part = ([from, to]: readonly [number, number]) => characters.slice(from, to).join('');
      const captures = Array.from({ length: this.#groups }, (_, i) => (groups[i] ? part(groups[i]) : null));
      yield { match: part([start, end]), index: start, captures };
      from = end > start ? end : end + 1;
    }
  }

  #runMachine(characters: string[], from: number): Span | undefined {
    if (needsBacktracking(this.#node)) throw tooMuchWork();
    this.#machine ??= new Machine(this.#node);
    return this.#machine.run(characters, from);
  }
}

const compiled = new Map<string, Regex>();

/** The regular expression of a value (RegExp, BSONRegExp or a pattern as text); `options` replace its own. */
export function regexOf(value: unknown, options?: unknown): Regex {
  const pattern = patternOf(value);
  const flags = String(options ?? optionsOf(value));
  const key = `${flags}/${pattern}`;
  let regex = compiled.get(key);
  if (!regex) {
    if (/[^imsux]/.test(flags)) throw new StoreError(51108, `invalid flag in regex options: ${flags}`);
    regex = new Regex(pattern, flags.replace('u', ''));
    if (compiled.size >= 1000) compiled.clear();
    compiled.set(key, regex);
  }
  return regex;
}

/** Whether a value is a regular expression. */
export function isRegex(value: unknown): value is RegExp | BSONRegExp {
  return value instanceof RegExp || value instanceof BSONRegExp;
}

/** The options of a regular expression, in MongoDB's letters; none for a text. */
export function optionsOf(value: unknown): string {
  if (value instanceof BSONRegExp) return value.options;
  // bson reads MongoDB's option s (the dot matches line breaks) as the flag g
  return value instanceof RegExp ? value.flags.replace('g', 's') : '';
}

/** Whether a value is a text that the expression matches, or the same expression. */
export function matchesValue(regex: Regex, value: unknown): boolean {
  if (typeof value === 'string') return regex.test(value);
  if (value instanceof BSONSymbol) return regex.test(value.value);
  return isRegex(value) && patternOf(value) === regex.pattern && sameOptions(optionsOf(value), regex.options);
}

function sameOptions(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}

function patternOf(value: unknown): string {
  if (value instanceof BSONRegExp) return value.pattern;
  if (value instanceof RegExp) return value.source;
  if (typeof value !== 'string') throw new StoreError(2, '$regex has to be a string');
  return value;
}

function nativeOf(source: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(source, ignoreCase ? 'ui' : 'u');
  } catch (error) {
    throw new StoreError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** The pattern for JavaScript. `mixed`: only some of its characters ignore case. */
function sourceOf(node: Node, mixed: boolean): string {
  switch (node.kind) {
    case 'character':
      return mixed && node.ignoreCase ? `(?i:${node.source})` : node.source;
    case 'place':
      return node.place.source;
    case 'list':
      return node.items
        .map((item) => (item.kind === 'list' ? `(?:${sourceOf(item, mixed)})` : sourceOf(item, mixed)))
        .join('');
    case 'choice':
      return node.options.map((option) => sourceOf(option, mixed)).join('|');
    case 'group':
      return `(${node.capture === undefined ? '?:' : ''}${sourceOf(node.body, mixed)})`;
    case 'look':
      return `${node.opening}${sourceOf(node.body, mixed)})`;
    case 'reference':
      return `(?:\\${node.group})`;
    case 'repeat': {
      const most = node.most === Number.POSITIVE_INFINITY ? '' : node.most;
      return `(?:${sourceOf(node.body, mixed)}){${node.least},${most}}${node.lazy ? '?' : ''}`;
    }
    default:
      return refuse('this regular expression');
  }
}

function partsOf(node: Node): Node[] {
  if (node.kind === 'list') return node.items;
  if (node.kind === 'choice') return node.options;
  return 'body' in node ? [node.body] : [];
}

function charactersIn(node: Node): boolean[] {
  return node.kind === 'character' ? [node.ignoreCase] : partsOf(node).flatMap(charactersIn);
}

function groupsIn(node: Node): number {
  const own = node.kind === 'group' && node.capture !== undefined ? 1 : 0;
  return partsOf(node).reduce((sum, part) => sum + groupsIn(part), own);
}

function capturesAgain(node: Node): boolean {
  return (node.kind === 'repeat' && groupsIn(node) > 0) || partsOf(node).some(capturesAgain);
}

function needsBacktracking(node: Node): boolean {
  return node.kind === 'look' || node.kind === 'reference' || partsOf(node).some(needsBacktracking);
}

/** In how many ways a node can match from one place of a text of this length, at most: what backtracking may try. */
function waysOf(node: Node, length: number): number {
  switch (node.kind) {
    case 'choice':
      return node.options.reduce((sum, option) => sum + waysOf(option, length), 0);
    case 'list':
      return node.items.reduce((product, item) => product * waysOf(item, length), 1);
    case 'group':
      return waysOf(node.body, length);
    case 'look':
      return 1 + waysOf(node.body, length);
    case 'reference':
      return 2;
    case 'repeat': {
      const inside = waysOf(node.body, length);
      const times = Math.min(node.most, length + 1);
      return inside ** times * Math.max(1, times - node.least + 1);
    }
    default:
      return 1;
  }
}

/** The literal text that the pattern begins with after `^`; undefined unless it is anchored there. */
function prefixOf(node: Node): string | undefined {
  if (node.kind !== 'list') return undefined;
  const [first, ...rest] = node.items;
  if (first?.kind !== 'place' || first.place.source !== '^') return undefined;
  let prefix = '';
  for (const item of rest) {
    if (item.kind !== 'character' || item.literal === undefined || item.ignoreCase) break;
    prefix += item.literal;
  }
  return prefix;
}
