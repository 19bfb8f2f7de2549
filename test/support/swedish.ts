import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadModule } from 'hunspell-asm';
import { IntlMessageFormat } from 'intl-messageformat';
import { texts } from '../../src/texts/sv.ts';

const root = join(import.meta.dirname, '../..');

/** Something that we say in Swedish, and where it stands. */
export type Said = { where: string; text: string };

type Part = { type: number; value?: string; options?: Record<string, { value: Part[] }> };

/** Every text of pages and letters, with `X` for what is filled in; a plural or a choice gives a text for each of its branches. */
export function visitorsTexts(): Said[] {
  return Object.entries(texts).flatMap(([where, text]) => {
    const parts = new IntlMessageFormat(text, 'sv', undefined, { ignoreTag: true }).getAst() as Part[];
    const most = Math.max(1, ...parts.map(({ options = {} }) => Object.keys(options).length));
    return Array.from({ length: most }, (_, branch) => ({ where, text: sayBranch(parts, branch) }));
  });
}

function sayBranch(parts: Part[], branch: number): string {
  return parts
    .map(({ type, value, options }) => {
      const branches = Object.values(options ?? {});
      if (branches.length > 0) return sayBranch(branches[branch % branches.length]?.value ?? [], branch);
      return type === 0 ? (value ?? '') : 'X';
    })
    .join('');
}

/** Every Swedish text that stands in the office's views and in code. */
export function officeTexts(): Said[] {
  return [...filesIn('views').flatMap(textsOfView), ...filesIn('src').flatMap(textsOfCode)];
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|ejs)$/.test(path) && !/^(store|texts|programs|example|migrations)\//.test(path))
    .map((path) => join(folder, path));
}

/** What stands between the tags of a view, a text for each block, and the texts in its code. */
function textsOfView(where: string): Said[] {
  const view = readFileSync(join(root, where), 'utf8').replace(/<%#[\s\S]*?%>|<style>[\s\S]*?<\/style>/g, '');
  const code = [...view.matchAll(/<%[-=_]?([\s\S]*?)[-_]?%>/g)].map(([, inside]) => inside).join('\n');
  const words = view
    .replace(/<%[-=][\s\S]*?%>/g, 'X')
    .replace(/<%[\s\S]*?%>/g, '\n')
    .replace(/<\/?(?:a|b|strong|em|span|code|bdi|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, '\n\n')
    .replace(/&\w+;/g, ' ');
  const blocks = words.split(/\n\s*\n/).map((text) => ({ where, text: text.replace(/\s+/g, ' ').trim() }));
  return [...blocks.filter(({ text }) => /\p{L}{2}/u.test(text)), ...literalsOf(where, code)];
}

function textsOfCode(where: string): Said[] {
  const code = readFileSync(join(root, where), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/new (?:Error|RegExp)\([^)]*\)/g, '');
  const isOffice = where.startsWith('src/office/');
  return literalsOf(where, code).filter(({ text }) => isOffice || /[åäö]/i.test(text));
}

/** The texts in quotes that are words for people: several words, or one with a capital. */
function literalsOf(where: string, code: string): Said[] {
  const literals = [
    ...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.|\$\{(?:[^{}]|\{[^{}]*\})*\})*)`/g),
  ];
  return literals
    .map(([, plain, template]) => (plain ?? template ?? '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'X'))
    .filter(
      (text) =>
        /^[\p{Lu}”]\p{Ll}+$|\p{L}{2,},? \p{L}/u.test(text) &&
        !/[<>=]|\\p|\(\?|^\w+\/|MMM|cccc|no-cache/.test(text),
    )
    .map((text) => ({ where, text: text.replace(/\\[nrt]/g, '\n') }));
}

/** Tells of every word whether it is Swedish, by the dictionary of LibreOffice. */
export async function openDictionary(): Promise<{
  knows(word: string): boolean;
  suggest(word: string): string[];
}> {
  const from = createRequire(import.meta.url);
  const read = (end: string) => readFileSync(join(from.resolve('dictionary-sv'), `../index.${end}`));
  const factory = await loadModule();
  const [aff, dic] = ['aff', 'dic'].map((end) => factory.mountBuffer(read(end), `sv.${end}`));
  const hunspell = factory.create(aff ?? '', dic ?? '');
  return { knows: (word) => hunspell.spell(word), suggest: (word) => hunspell.suggest(word) };
}

/** The words of a text: no numbers, addresses, placeholders or keys. */
export function wordsIn(text: string): string[] {
  return text
    .replace(
      /https?:\S+|\S+@\S+|\S*\/\S*\.\S*|\{\S+?\}|\p{L}*X\p{L}*|\b[A-Z]{2,}[A-Z_]*\b|\w*\.\w+(?:\/\S*)?/gu,
      ' ',
    )
    .split(/[^\p{L}\p{M}\-:’]+/u)
    .map((word) => word.replace(/^[-:’]+|[-:’]+$/g, ''))
    .filter((word) => /\p{L}{2}/u.test(word));
}

/** How hard a text is to read (LIX): words in a sentence, and how many of a hundred words have more than six letters. */
export function lixOf(text: string): number {
  const words = text.split(/[^\p{L}\p{N}\-’]+/u).filter(Boolean);
  const sentences = text.split(/[.?!:\n]+(?:\s|$)/).filter((one) => /\p{L}/u.test(one));
  const long = words.filter((word) => word.replace(/-/g, '').length > 6);
  return words.length / Math.max(1, sentences.length) + (100 * long.length) / Math.max(1, words.length);
}
