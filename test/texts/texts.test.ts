import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as table from '../../src/texts/languages.ts';
import { languages, type TextKey, textsIn } from '../../src/texts/texts.ts';

const root = join(import.meta.dirname, '../..');
const files: Record<string, { texts: Record<string, string> }> = { ...table };
const swedish = table.sv.texts;
const keys = Object.keys(swedish) as TextKey[];

/** Everything that can say a text: the code except the texts themselves, and the views. */
function readSources(): { path: string; text: string }[] {
  return ['src', 'views'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|ejs)$/.test(path) && !/^(store|texts)\//.test(path))
      .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), 'utf8') })),
  );
}

/** The keys that a source names: `'a.b'`, and for `a.${x}` every key of that form. */
function namedIn(text: string): Set<string> {
  const whole = [...text.matchAll(/'([a-zåäö]+(?:\.[\wåäö]+)+)'/gi)].map(([, key = '']) => key);
  const forms = [...text.matchAll(/`([a-z]+\.[^`\n]*?\$\{[^`\n]*)`/gi)].map(
    ([, form = '']) => new RegExp(`^${form.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
  );
  return new Set([...whole, ...keys.filter((key) => forms.some((form) => form.test(key)))]);
}

/** The names in braces; braces inside those hold the texts of a plural or select. */
function placeholders(text: string): string[] {
  const names = new Set<string>();
  let depth = 0;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === '{' && depth % 2 === 0) names.add(/^\w+/.exec(text.slice(index + 1))?.[0] ?? '');
    depth += brace === '{' ? 1 : -1;
  }
  return [...names].sort();
}

describe('The texts', () => {
  const service = readSources();

  it('are there for every key that code or a view asks for', () => {
    const asked = service.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => `${path}: ${key}`),
    );
    expect(asked).to.have.length.above(100);
    expect(asked.filter((line) => !keys.some((key) => line.endsWith(`: ${key}`)))).to.deep.equal([]);
  });

  it('are all used', () => {
    const used = new Set(service.flatMap(({ text }) => [...namedIn(text)]));
    expect(keys.filter((key) => !used.has(key))).to.deep.equal([]);
  });

  for (const language of languages) {
    it(`are the same in ${language} as in Swedish, with the same placeholders`, () => {
      const texts = files[language]?.texts ?? {};
      expect(Object.keys(texts)).to.have.members(keys);
      const different = keys.filter(
        (key) => String(placeholders(texts[key] ?? '')) !== String(placeholders(swedish[key])),
      );
      expect(different).to.deep.equal([]);
    });

    it(`can all be said in ${language}`, () => {
      const say = textsIn(language) as (key: TextKey, values: object) => string;
      for (const key of keys) {
        const names = placeholders(swedish[key]);
        const values = Object.fromEntries(names.map((name) => [name, name === 'antal' ? 2 : name]));
        expect(say(key, values), key).to.be.a('string').and.not.equal('').and.not.match(/[{}]/);
      }
    });
  }

  it('speak as an authority does: du, mejl, digitalt; no ni, skall, mail, online (S1)', () => {
    const stiff = /\b(ni|er|ert|era|skall|ej|mail|maila|e-mail|online|vänligen)\b/i;
    expect(keys.filter((key) => stiff.test(swedish[key]))).to.deep.equal([]);
  });

  it('count', () => {
    const [sv, en] = [textsIn('sv'), textsIn('en')];
    expect([0, 1, 2].map((antal) => sv('evenemang.platserkvar', { antal }))).to.deep.equal([
      'Platserna är slut',
      '1 plats kvar',
      '2 platser kvar',
    ]);
    expect([1, 2].map((antal) => en('fel.sammanfattning', { antal }))).to.deep.equal([
      'There is 1 error in the form',
      'There are 2 errors in the form',
    ]);
  });

  it('write what visitors typed as it is, with no tag or placeholder of its own', () => {
    const titel = '<b>{x}</b> & "co"';
    expect(textsIn('sv')('min.avboka.fraga', { titel })).to.equal(`Vill du avboka din plats på ”${titel}”?`);
  });
});
