import { type Found, isRegex, optionsOf, type Regex, regexOf } from '../regex/regex.ts';
import { StoreError } from '../values/errors.ts';
import { typeName } from '../values/types.ts';
import { toText } from './convert.ts';
import { isNullish, listed, named, nullable, type Operator, wholeFor } from './operator.ts';

/** The characters that `$trim` removes by default. */
const blank = '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

const trimmed = (start: boolean, end: boolean) =>
  named(['input'], ['chars'], ({ input, chars }, name) => {
    if (isNullish(input) || chars === null) return null;
    const characters = [...textFor(input, name, 50699)];
    const unwanted = new Set(chars === undefined ? blank : textFor(chars, name, 50700));
    const wanted = (character: string) => !unwanted.has(character);
    const from = start ? characters.findIndex(wanted) : 0;
    const to = end ? characters.findLastIndex(wanted) + 1 : characters.length;
    return from < 0 ? '' : characters.slice(from, to).join('');
  });

const searched = (none: unknown, find: (text: string, regex: Regex) => unknown) =>
  named(['input', 'regex'], ['options'], ({ input, regex, options }, name) =>
    isNullish(input) || isNullish(regex)
      ? none
      : find(textFor(input, name, 51104), patternOf(regex, options ?? undefined, name)),
  );

const replaced = (replace: (input: string, find: string, replacement: string) => string) =>
  named(['input', 'find', 'replacement'], [], ({ input, find, replacement }, name) => {
    if ([input, find, replacement].some(isNullish)) return null;
    return replace(textFor(input, name), textFor(find, name), textFor(replacement, name));
  });

const bytes = listed(3, 3, ([value, start, length], name) => {
  const buffer = Buffer.from(coerced(value));
  const [from, count] = [wholeFor(start, name), wholeFor(length, name)];
  if (from < 0) return '';
  const to = count < 0 ? buffer.length : Math.min(buffer.length, from + count);
  if ([from, to].some((at) => isContinuation(buffer[at]))) {
    throw new StoreError(
      28656,
      `${name}:  Invalid range, starting or ending in the middle of a UTF-8 character.`,
    );
  }
  return buffer.toString('utf8', from, to);
});

/** Texts; upper and lower case are ASCII only, as in MongoDB. */
export const stringOperators: Record<string, Operator> = {
  $concat: nullable(0, Number.POSITIVE_INFINITY, (values, name) =>
    values.map((value) => textFor(value, name, 16702)).join(''),
  ),
  $toUpper: listed(1, 1, ([value]) => upper(coerced(value))),
  $toLower: listed(1, 1, ([value]) => coerced(value).replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
  $strcasecmp: listed(2, 2, ([a, b]) => {
    const [x, y] = [upper(coerced(a)), upper(coerced(b))];
    return Math.sign(Buffer.compare(Buffer.from(x), Buffer.from(y)));
  }),
  $strLenCP: listed(1, 1, ([value], name) => [...textFor(value, name, 34471)].length),
  $strLenBytes: listed(1, 1, ([value], name) => Buffer.byteLength(textFor(value, name, 34473))),
  $substr: bytes,
  $substrBytes: bytes,
  $substrCP: listed(3, 3, ([value, start, length], name) => {
    const [from, count] = [wholeFor(start, name), wholeFor(length, name)];
    if (from < 0 || count < 0)
      throw new StoreError(34455, `${name}: the start and the length must be non-negative`);
    return [...coerced(value)].slice(from, from + count).join('');
  }),
  $indexOfCP: listed(2, 4, ([text, part, start = 0, end], name) => {
    if (isNullish(text)) return null;
    const characters = [...textFor(text, name, 40093)].slice(
      0,
      end === undefined ? undefined : wholeFor(end, name),
    );
    const wanted = [...textFor(part, name, 40094)];
    const last = characters.length - wanted.length;
    for (let at = wholeFor(start, name); at <= last; at++) {
      if (wanted.every((character, i) => characters[at + i] === character)) return at;
    }
    return -1;
  }),
  $split: nullable(2, 2, ([text, separator], name) => {
    if (separator === '') throw new StoreError(40087, '$split requires a non-empty separator');
    return textFor(text, name, 40085).split(textFor(separator, name, 40086));
  }),
  $trim: trimmed(true, true),
  $ltrim: trimmed(true, false),
  $rtrim: trimmed(false, true),
  $replaceOne: replaced((input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replaced((input, find, replacement) => input.replaceAll(find, () => replacement)),
  $regexMatch: searched(false, (text, regex) => regex.test(text)),
  $regexFind: searched(null, (text, regex) => described(regex.find(text))),
  $regexFindAll: searched([], (text, regex) => regex.findAll(text).map(described)),
};

/** The regular expression of an operator; options may stand in one place only. */
function patternOf(regex: unknown, options: unknown, name: string): Regex {
  if (typeof regex !== 'string' && !isRegex(regex))
    throw new StoreError(51105, `${name} needs 'regex' to be of type string or regex`);
  if (options !== undefined && typeof options !== 'string')
    throw new StoreError(51106, `${name} needs 'options' to be of type string`);
  if (options !== undefined && optionsOf(regex) !== '')
    throw new StoreError(
      51107,
      `${name} found regex option(s) specified in both 'regex' and 'option' fields`,
    );
  return regexOf(regex, options);
}

function described(found: Found | null) {
  return found && { match: found.match, idx: found.index, captures: found.captures };
}

function coerced(value: unknown): string {
  return isNullish(value) ? '' : toText(value);
}

function upper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function textFor(value: unknown, name: string, code = 14): string {
  if (typeof value === 'string') return value;
  throw new StoreError(code, `${name} requires a string argument, found: ${typeName(value)}`);
}
