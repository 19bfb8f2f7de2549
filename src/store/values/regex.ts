import { BSONRegExp } from 'bson';
import { refuse, StoreError } from './errors.ts';

/** The regular expression of a value (RegExp, BSONRegExp or a pattern as text); `options` replace its own. */
export function regexOf(value: unknown, options?: unknown): RegExp {
  if (value instanceof BSONRegExp) return compileRegex(value.pattern, String(options ?? value.options));
  // bson reads MongoDB's option s (the dot matches line breaks) as the flag g.
  if (value instanceof RegExp)
    return compileRegex(value.source, String(options ?? value.flags.replace('g', 's')));
  if (typeof value !== 'string') throw new StoreError(2, '$regex has to be a string');
  return compileRegex(value, String(options ?? ''));
}

/** Whether a value is a regular expression. */
export function isRegex(value: unknown): boolean {
  return value instanceof RegExp || value instanceof BSONRegExp;
}

/**
 * MongoDB's PCRE pattern as a JavaScript one. In strict Unicode mode a construct that JavaScript lacks is an error (51091) instead of
 * reading it as something else; only needlessly escaped punctuation is let through.
 */
function compileRegex(pattern: string, options: string): RegExp {
  if (/[^imsu]/.test(options)) refuse(`the regular expression option ${options.replace(/[imsu]/g, '')}`);
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const source = pattern
    .slice(inline?.[0].length ?? 0)
    .replace(/\\([\s\S])/g, (escaped, character: string) => {
      if (character === '-') return '\\x2d';
      return /[A-Za-z0-9^$\\.*+?()[\]{}|/]/.test(character) ? escaped : character;
    });
  const flags = new Set(`${options.replace('u', '')}${inline?.[1] ?? ''}u`);
  try {
    return new RegExp(source, [...flags].join(''));
  } catch (error) {
    throw new StoreError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}
