import { expect } from 'chai';
import { Machine } from '../../../src/store/regex/machine.ts';
import { parsePattern } from '../../../src/store/regex/parse.ts';
import { Regex, regexOf } from '../../../src/store/regex/regex.ts';
import { newSeed, seeded } from '../temporary.ts';

const span = (pattern: string, text: string, options = '') =>
  new Machine(parsePattern(pattern, options)).run(Array.from(text), 0);

describe('regular expressions', () => {
  it('mean what PCRE means by them', () => {
    const cases: [pattern: string, options: string, text: string, matches: boolean][] = [
      ['a$', '', 'a\n', true],
      ['a\\z', '', 'a\n', false],
      ['\\Aa\\Z', '', 'a\n', true],
      ['a.b', '', 'a\rb', true],
      ['a.b', '', 'a\nb', false],
      ['a.b', 's', 'a\nb', true],
      ['^b$', 'm', 'a\nb\nc', true],
      ['^b$', 'm', 'a\rb\rc', false],
      ['\\s', '', '\u00a0', false],
      ['\\h', '', '\u00a0', true],
      ['[[:alpha:]_]+\\d', '', 'ab_1', true],
      ['[]a]', '', ']', true],
      ['a-z', '', 'a-z', true],
      ['[a\\-z]', '', 'b', false],
      ['\\Qa.b\\E', '', 'axb', false],
      ['a b # comment', 'x', 'ab', true],
      ['å', 'i', 'Å', true],
      ['a(?i)B', '', 'aB', true],
      ['a(?i)B', '', 'ab', true],
      ['a(?i:B)', '', 'Ab', false],
      ['(a)\\1', '', 'aa', true],
      ['a{,2}', '', 'a{,2}', true],
      ['x(?=y)', '', 'xy', true],
      ['\\x41\\x{1F600}', '', 'A😀', true],
      ['^.$', '', '😀', true],
      ['\\-\\_\\@', '', '-_@', true],
      ['\\R', '', '\r\n', true],
    ];
    for (const [pattern, options, text, matches] of cases)
      expect(
        new Regex(pattern, options).test(text),
        `/${pattern}/${options} on ${JSON.stringify(text)}`,
      ).to.equal(matches);
  });

  it('are refused if they are wrong (51091) or only PCRE has them (238)', () => {
    for (const [pattern, code] of [
      ['(a', 51091],
      ['a)', 51091],
      ['[a', 51091],
      ['*a', 51091],
      ['a{2,1}', 51091],
      ['\\2', 51091],
      ['a++', 238],
      ['(?>a)', 238],
      ['\\K', 238],
    ] as const)
      expect(() => new Regex(pattern, ''), pattern)
        .to.throw()
        .with.property('code', code);
    expect(() => regexOf('a', 'q'))
      .to.throw()
      .with.property('code', 51108);
  });

  it('take no time that grows with more than the text', () => {
    const start = performance.now();
    expect(new Regex('^(a+)+$', '').test(`${'a'.repeat(40)}!`)).to.equal(false);
    expect(new Regex('(a|a)*b', '').test('a'.repeat(5000))).to.equal(false);
    expect(new Regex('(.*)(.*)(.*)(.*)(.*)x', '').test('y'.repeat(2000))).to.equal(false);
    expect(new Regex('(a?){30}a{30}', '').test('a'.repeat(30))).to.equal(true);
    expect(new Regex('(x+x+)+y', '').find(`${'x'.repeat(50)}y`)?.match).to.have.length(51);
    // each of them takes JavaScript longer than a test may last
    expect(performance.now() - start).to.be.below(10_000);
  });

  it('give up if only backtracking could answer, as PCRE does', () => {
    expect(() => new Regex('^(?=(a+)+$)', '').test(`${'a'.repeat(40)}!`))
      .to.throw()
      .with.property('code', 51156);
  });

  it('are matched by the machine as JavaScript matches them', () => {
    const seed = newSeed();
    const random = seeded(seed);
    const atoms = ['a', 'b', '.', '[ab]', '(a)', '(b|ab)', '(?:a|b)', '(a|b)', '$', '^', '\\b'];
    const signs = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}'];
    const part = () => {
      const atom = atoms[random(atoms.length)] ?? '';
      return /[$^]|\\b/.test(atom) ? atom : atom + (signs[random(signs.length)] ?? '');
    };
    for (let round = 0; round < 2000; round++) {
      const pattern = Array.from({ length: 1 + random(4) }, part).join('');
      const text = Array.from({ length: random(7) }, () => 'ab c'[random(4)]).join('');
      const native = new RegExp(pattern, 'du').exec(text);
      const found = span(pattern, text);
      const why = `SEED=${seed} /${pattern}/ on '${text}'`;
      expect(found && [found.start, found.end], why).to.deep.equal(native?.indices?.[0] ?? undefined);
    }
  });

  it('tell where groups matched, in code points', () => {
    expect(new Regex('(å)(x)?', '').findAll('😀å😀åx')).to.deep.equal([
      { match: 'å', index: 1, captures: ['å', null] },
      { match: 'åx', index: 3, captures: ['å', 'x'] },
    ]);
    expect(new Regex('((a)|b)+', '').find('xab')?.captures).to.deep.equal(['b', 'a']);
    expect(new Regex('', '').findAll('ab').map(({ index }) => index)).to.deep.equal([0, 1, 2]);
  });
});
