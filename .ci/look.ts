/**
 * Draws public/designsystemet.css anew: our theme from the design system's own command line, the components that
 * we use, and nothing that no rule of ours or theirs refers to. `npm run look`, after a change of colours, of the
 * component list or of the package's version. The result is committed, so the start needs no build.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const THEME = ['-m', 'accent:#12508A', '-n', '#23303B', '-s', 'ochre:#8A5A12', '-b', '4'];
const COMPONENTS = [
  'base',
  'button',
  'field',
  'fieldset',
  'input',
  'label',
  'validation-message',
  'tag',
  'alert',
];

/** Selectors and at-rules of things that we do not have: dark mode, switches, counters, icons for read-only fields … */
const UNUSED =
  /color-scheme\.dark|prefers-color-scheme|"(dark|auto)"|typography\.secondary|\/\* large|data-size='lg'|ochre|\.ds-(icon|readonly|print|floating|focus|checkbox|list)|ds-fade-in|affix|outline\]|switch|readonly|counter|indeterminate|clickdelegate|aria-busy|data-icon|dir\(rtl\)|data-position|::?-moz-|webkit-hyphens|disabled/;

const modules = join(import.meta.dirname, '../node_modules');
const shown = join(import.meta.dirname, '../public');
const components = COMPONENTS.map((name) => {
  const css = readFileSync(join(modules, `@digdir/designsystemet-css/dist/src/${name}.css`), 'utf8');
  return `@layer ds.${name === 'base' ? 'base' : 'components'}{${css}}`;
});
const ours = readFileSync(join(shown, 'boostdagar.css'), 'utf8');
const css = withoutUnusedProperties(blocks(theme() + components.join('\n'), ''), ours);
writeFileSync(
  join(shown, 'designsystemet.css'),
  `/* Made by .ci/look.ts from @digdir/designsystemet-css (MIT). Do not edit by hand. */\n@layer ds.theme, ds.base, ds.components, boostdagar;\n${css}`,
);
const font = join(modules, '@fontsource-variable/source-sans-3');
copyFileSync(
  join(font, 'files/source-sans-3-latin-wght-normal.woff2'),
  join(shown, 'fonts/source-sans-3.woff2'),
);
copyFileSync(join(font, 'LICENSE'), join(shown, 'fonts/OFL.txt'));

/** The theme's rules, drawn in a directory of its own. */
function theme(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'look-'));
  const tokens = (...args: string[]) =>
    execFileSync('npx', ['-y', '@digdir/designsystemet@1.15.0', 'tokens', ...args], { cwd });
  tokens('create', ...THEME, '--theme', 'boostdagar', '-o', 'tokens');
  tokens('build', '-t', 'tokens', '-o', 'build');
  const css = readFileSync(join(cwd, 'build/boostdagar.css'), 'utf8');
  rmSync(cwd, { recursive: true });
  return css.replace(/@charset "UTF-8";|\/\*\s*build:[^*]*\*\//g, '');
}

/** The css without its unused blocks, one declaration a line. */
function blocks(css: string, indent: string): string {
  let out = '';
  for (let from = 0; from < css.length; ) {
    const open = endOf(css, from, '{');
    const parts = split(css.slice(from, open < 0 ? css.length : open), ';');
    const prelude = open < 0 ? '' : (parts.pop() ?? '');
    for (const declaration of parts) if (declaration) out += `${indent}${declaration};\n`;
    if (open < 0) break;
    const close = endOf(css, open + 1, '}');
    const selectors = split(prelude, ',').filter((selector) => !UNUSED.test(selector));
    const inside = selectors.length ? blocks(css.slice(open + 1, close), `${indent}  `) : '';
    if (inside.trim())
      out += `${indent}${selectors.join(', ').replace(/\s+/g, ' ')} {\n${inside}${indent}}\n`;
    from = close + 1;
  }
  return out;
}

/** Where the sign stands on the level of `from`, outside strings and brackets; -1 when it does not. */
function endOf(css: string, from: number, sign: string): number {
  let depth = 0;
  for (let at = from; at < css.length; at++) {
    const char = css[at];
    if (char === '"') at = css.indexOf('"', at + 1);
    else if (depth === 0 && char === sign) return at;
    else if (char === '{' || char === '(') depth++;
    else if (char === '}' || char === ')') depth--;
  }
  return -1;
}

/** The trimmed parts of the css between the signs of its uppermost level. */
function split(css: string, sign: string): string[] {
  const end = endOf(css, 0, sign);
  return end < 0 ? [css.trim()] : [css.slice(0, end).trim(), ...split(css.slice(end + 1), sign)];
}

/** Takes away custom properties that nothing reads, again and again, since one may be read only by another. */
function withoutUnusedProperties(css: string, readers: string): string {
  const kept = css.replace(/^ *(--[\w-]+):[^\n]*;\n/gm, (line, name) =>
    new RegExp(`var\\(\\s*${name}[\\s,)]`).test(css + readers) ? line : '',
  );
  return kept === css ? css : withoutUnusedProperties(kept, readers);
}
