import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '..');
const letter = '[RFKTGNOSCDPL]';
/** A code such as R33, or the first and last of several. Not a part of an encoded word (=C3=B6, %C3%B6) or of a time (T08:00). */
const codes = new RegExp(`(?<![\\w=%}])(${letter})(\\d{1,2})(?:–\\1(\\d{1,2}))?(?![\\w:=%])`, 'g');

type Line = { code: string; says: string; file: string };

/** The lines of requirements.md. */
function readList(): Line[] {
  const text = readFileSync(join(root, 'test/requirements.md'), 'utf8');
  const row = new RegExp(`^\\| (${letter}\\d{1,2}) \\| (.+?) \\|(?: .+?)? \\| (\\S+) \\|$`, 'gm');
  return [...text.matchAll(row)].map(([, code = '', says = '', file = '']) => ({ code, says, file }));
}

function filesIn(folder: string, ending: RegExp): { path: string; text: string }[] {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => ending.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, folder, path), 'utf8') }));
}

/** The codes that a text names. */
function codesIn(text: string): string[] {
  return [...text.matchAll(codes)].flatMap(([, group, first, last = first]) => {
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, index) => `${group}${Number(first) + index}`);
  });
}

describe('The list of requirements', () => {
  const list = readList();
  // The embedded database has tests of its own kind, which name operators and commands.
  const tests = filesIn('test', /\.(ts|js)$/).filter(
    ({ path }) => !path.startsWith('store/') && path !== 'requirements.test.ts',
  );

  it('has the codes that tests name, no others, and each once', () => {
    const named = [...new Set(tests.flatMap(({ text }) => codesIn(text)))];
    expect(named).to.have.length.above(50);
    expect(list.map(({ code }) => code)).to.have.members(named);
  });

  it('names for each a test file that names it', () => {
    const lost = list.filter(({ code, file }) => {
      const text = tests.find(({ path }) => path === file)?.text ?? '';
      return !codesIn(text).includes(code);
    });
    expect(lost).to.deep.equal([]);
  });

  it('is the only place besides tests: comments of the code name none', () => {
    const comment = /^.*?(?:\/\/|\/?\*|#)(.*)$/gm;
    const found = ['src', 'views', '.ci'].flatMap((folder) =>
      filesIn(folder, /\.(ts|ejs)$|^(run|nightly)$/).flatMap(({ path, text }) =>
        [...text.matchAll(comment)]
          .filter(([, said = '']) => codesIn(said).length > 0)
          .map(([line]) => `${folder}/${path}: ${line.trim()}`),
      ),
    );
    expect(found).to.deep.equal([]);
  });

  it('reads ranges, and no codes in what only looks like one', () => {
    expect(codesIn('in order (R70–R72, T1)')).to.deep.equal(['R70', 'R71', 'R72', 'T1']);
    expect(codesIn('?q=%C3%B6berg =C3=85sa 2027-02-11T08:00 a_R1 R100')).to.deep.equal([]);
  });
});
