import { refuse, StoreError } from '../values/errors.ts';

/** A place between two characters, as JavaScript's source for it and as a test of one place of a text. */
type Place = { source: string; holds(text: string[], at: number): boolean };

/** A parsed pattern. `source` of a character is JavaScript's pattern for one code point. */
export type Node =
  | { kind: 'character'; source: string; literal?: string; ignoreCase: boolean }
  | { kind: 'place'; place: Place }
  | { kind: 'group'; capture: number | undefined; body: Node }
  | { kind: 'list'; items: Node[] }
  | { kind: 'choice'; options: Node[] }
  | { kind: 'repeat'; body: Node; least: number; most: number; lazy: boolean }
  /** What only backtracking can match: looking around, and references to groups. */
  | { kind: 'look'; opening: string; body: Node }
  | { kind: 'reference'; group: number };

type Flags = { i: boolean; m: boolean; s: boolean; x: boolean };

const isWord = (character: string | undefined) => character !== undefined && /^\w$/.test(character);
const atBoundary = (text: string[], at: number) => isWord(text[at - 1]) !== isWord(text[at]);
const atStart: Place = { source: '^', holds: (_text, at) => at === 0 };
const atEnd: Place = { source: '$', holds: (text, at) => at === text.length };
/** At the end, or before a line break at the end: the dollar of PCRE. */
const nearEnd: Place = {
  source: '(?=\\n?$)',
  holds: (text, at) => at === text.length || (at === text.length - 1 && text[at] === '\n'),
};
const atLineStart: Place = {
  source: '(?:^|(?<=\\n)(?=[^]))',
  holds: (text, at) => at === 0 || (at < text.length && text[at - 1] === '\n'),
};
const atLineEnd: Place = {
  source: '(?![^\\n])',
  holds: (text, at) => at === text.length || text[at] === '\n',
};
const places: Record<string, Place> = {
  A: atStart,
  z: atEnd,
  Z: nearEnd,
  b: { source: '\\b', holds: atBoundary },
  B: { source: '\\B', holds: (text, at) => !atBoundary(text, at) },
};

/** What stands in a class for the escapes of PCRE that mean several characters. */
const several: Record<string, string> = {
  d: '\\d',
  w: '\\w',
  s: '\\t-\\r ',
  h: '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
  v: '\\n-\\r\\x85\\u2028\\u2029',
  N: '^\\n',
};
const single: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f', e: '\x1b', a: '\x07' };
const posix: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\t-\\r ',
  punct: '!-\\/:-@\\[-`{-~',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

/** Parses a pattern of PCRE; 51091 for what is wrong in it, 238 for what only PCRE has. */
export function parsePattern(pattern: string, options: string): Node {
  const flags = Object.fromEntries([...'imsx'].map((flag) => [flag, options.includes(flag)])) as Flags;
  const parser = new Parser(pattern, flags);
  return parser.parse();
}

class Parser {
  readonly #pattern: string;
  #flags: Flags;
  #at = 0;
  #groups = 0;
  readonly #names = new Map<string, number>();

  constructor(pattern: string, flags: Flags) {
    this.#pattern = pattern;
    this.#flags = flags;
  }

  parse(): Node {
    const node = this.#choice();
    if (this.#at < this.#pattern.length) throw invalid('unmatched closing parenthesis');
    return node;
  }

  #choice(): Node {
    const flags = this.#flags;
    const options = [this.#list()];
    while (this.#take('|')) options.push(this.#list());
    this.#flags = flags;
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  #list(): Node {
    const items: Node[] = [];
    for (;;) {
      if (this.#flags.x) this.#match(/(?:\s|#.*\n?)+/y);
      const next = this.#pattern[this.#at];
      if (next === undefined || next === '|' || next === ')') return { kind: 'list', items };
      const atom = this.#atom();
      if (atom) items.push(this.#repeated(atom));
    }
  }

  #repeated(body: Node): Node {
    if (this.#flags.x) this.#match(/\s+/y);
    const found = this.#match(/([*+?])|\{(\d+)(,?)(\d*)\}/y);
    if (!found) return body;
    const [, sign, low = '0', comma, high] = found;
    if (body.kind === 'place') throw invalid('quantifier does not follow a repeatable item');
    if (this.#take('+')) refuse('a possessive quantifier in a regular expression');
    const lazy = this.#take('?');
    const least = sign ? Number(sign === '+') : Number(low);
    const fixed = comma ? Number(high || Number.POSITIVE_INFINITY) : least;
    const most = sign ? (sign === '?' ? 1 : Number.POSITIVE_INFINITY) : fixed;
    if (most < least) throw invalid('numbers out of order in {} quantifier');
    if (Number(low) > 65_535 || Number(high) > 65_535) throw invalid('number too big in {} quantifier');
    return { kind: 'repeat', body, least, most, lazy };
  }

  #atom(): Node | undefined {
    const character = this.#next();
    const { m, s } = this.#flags;
    switch (character) {
      case '.':
        return this.#of(s ? '[^]' : '[^\\n]');
      case '^':
        return { kind: 'place', place: m ? atLineStart : atStart };
      case '$':
        return { kind: 'place', place: m ? atLineEnd : nearEnd };
      case '(':
        return this.#group();
      case '[':
        return this.#of(`[${this.#class()}]`);
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw invalid('quantifier does not follow a repeatable item');
      default:
        return this.#literal(character);
    }
  }

  #group(): Node | undefined {
    if (this.#match(/\?#[^)]*\)/y)) return undefined;
    const flags = this.#match(/\?([imsx]*)(?:-([imsx]*))?([:)])/y);
    if (flags) return this.#withFlags(flags);
    const look = this.#match(/\?<?[=!]/y);
    if (look) return { kind: 'look', opening: `(${look[0]}`, body: this.#closed() };
    const named = this.#match(/\?(?:P?<|')([A-Za-z_]\w*)[>']/y);
    if (!named && this.#pattern[this.#at] === '?')
      refuse(`(${this.#pattern.slice(this.#at, this.#at + 2)} in a regular expression`);
    if (this.#pattern[this.#at] === '*') refuse('(* in a regular expression');
    const capture = ++this.#groups;
    if (named?.[1]) this.#names.set(named[1], capture);
    return { kind: 'group', capture, body: this.#closed() };
  }

  /** `(?i)` holds to the end of the group that it stands in, `(?i:…)` inside itself. */
  #withFlags([, on = '', off = '', end]: RegExpExecArray): Node | undefined {
    const before = this.#flags;
    this.#flags = { ...before };
    for (const flag of on) this.#flags[flag as keyof Flags] = true;
    for (const flag of off) this.#flags[flag as keyof Flags] = false;
    if (end === ')') return undefined;
    const body = this.#closed();
    this.#flags = before;
    return { kind: 'group', capture: undefined, body };
  }

  #closed(): Node {
    const body = this.#choice();
    if (!this.#take(')')) throw invalid('missing closing parenthesis');
    return body;
  }

  #escape(): Node {
    const quoted = this.#match(/Q([\s\S]*?)(?:\\E|$)/y);
    if (quoted) return { kind: 'list', items: Array.from(quoted[1] ?? '', (c) => this.#literal(c)) };
    const reference = this.#match(/([1-9]\d?)|k(?:<(\w+)>|\{(\w+)\}|'(\w+)')/y);
    if (reference) return { kind: 'reference', group: this.#groupOf(reference.slice(1).find(Boolean) ?? '') };
    if (this.#take('R')) return this.#lineBreak();
    const letter = this.#pattern[this.#at] ?? '';
    const place = Object.hasOwn(places, letter) ? places[letter] : undefined;
    if (!place) return this.#characterEscape();
    this.#at++;
    return { kind: 'place', place };
  }

  #characterEscape(): Node {
    const set = this.#set();
    if (set) return this.#of(`[${set}]`);
    return this.#literal(this.#escapedCharacter());
  }

  #lineBreak(): Node {
    const [cr, lf] = ['\r', '\n'].map((c) => this.#literal(c));
    if (!cr || !lf) throw invalid('');
    const options: Node[] = [{ kind: 'list', items: [cr, lf] }, this.#of(`[${several.v}]`)];
    return { kind: 'group', capture: undefined, body: { kind: 'choice', options } };
  }

  #groupOf(name: string): number {
    const number = this.#names.get(name) ?? Number(name);
    if (number <= this.#groups) return number;
    throw invalid('reference to non-existent subpattern');
  }

  /** The content of a class for an escape such as `\d`, `\S` or `\p{L}`; undefined for the escape of one character. */
  #set(): string | undefined {
    const property = this.#match(/([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/y);
    if (property) {
      const [, letter = '', negated, name, short] = property;
      return `\\${negated ? (letter === 'p' ? 'P' : 'p') : letter}{${name ?? short}}`;
    }
    const letter = this.#pattern[this.#at] ?? '';
    const positive = several[letter];
    const negative = several[letter.toLowerCase()];
    if (!/^[dDwWsShHvVN]$/.test(letter)) return undefined;
    this.#at++;
    if (/[DW]/.test(letter)) return `\\${letter}`;
    return positive ?? `^${negative}`;
  }

  #escapedCharacter(): string {
    const code = this.#match(/x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{0,2})/y);
    if (code) return String.fromCodePoint(Number.parseInt(code[1] || code[2] || '0', 16));
    const octal = this.#match(/0([0-7]{0,2})|o\{([0-7]+)\}/y);
    if (octal) return String.fromCodePoint(Number.parseInt(octal[1] || octal[2] || '0', 8));
    const character = this.#next();
    const known = Object.hasOwn(single, character) ? single[character] : undefined;
    if (known) return known;
    if (/[A-Za-z0-9]/.test(character)) refuse(`\\${character} in a regular expression`);
    return character;
  }

  /** What stands between the brackets of a class, for JavaScript. */
  #class(): string {
    let content = this.#take('^') ? '^' : '';
    for (let first = true; first || this.#pattern[this.#at] !== ']'; first = false) {
      if (this.#at >= this.#pattern.length) throw invalid('missing terminating ] for character class');
      content += this.#classItem();
    }
    this.#at++;
    return content;
  }

  #classItem(): string {
    const named = this.#match(/\[:(\^?)(\w+):\]/y);
    if (named) {
      const ranges = posix[named[2] ?? ''];
      if (!ranges || named[1]) throw invalid('unknown POSIX class name');
      return ranges;
    }
    const from = this.#classCharacter();
    if (from.length > 1 && !from.startsWith('\\u')) return from;
    if (!/^-[^\]]/.test(this.#pattern.slice(this.#at, this.#at + 2))) return from;
    this.#at++;
    const to = this.#classCharacter();
    if (to.length > 1 && !to.startsWith('\\u')) return `${from}\\-${to}`;
    return `${from}-${to}`;
  }

  /** One character, as its code, or the content for an escape that means several. */
  #classCharacter(): string {
    const character = this.#next();
    if (character !== '\\') return codeOf(character);
    if (this.#take('b')) return codeOf('\b');
    const set = this.#set();
    if (!set) return codeOf(this.#escapedCharacter());
    if (!set.startsWith('^')) return set;
    if (set.slice(1) === several.s) return '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}';
    return refuse(`this negated escape in a class of a regular expression`);
  }

  #of(source: string): Node {
    return { kind: 'character', source, ignoreCase: this.#flags.i };
  }

  #literal(character: string): Node {
    const source = /[\^$\\.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
    return { kind: 'character', source, literal: character, ignoreCase: this.#flags.i };
  }

  /** The next code point. */
  #next(): string {
    const code = this.#pattern.codePointAt(this.#at);
    if (code === undefined) throw invalid('\\ at end of pattern');
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    return character;
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Takes what a sticky expression matches here. */
  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#pattern);
    if (found) this.#at += found[0].length;
    return found;
  }
}

function codeOf(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function invalid(reason: string): StoreError {
  return new StoreError(51091, `Regular expression is invalid: ${reason}`);
}
