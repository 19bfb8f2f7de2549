import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  byNumber,
  capital,
  counted,
  countedFirst,
  listed,
  listParts,
  numberWord,
  people,
  those,
} from '../../src/texts/grammar.ts';

describe('Grammar', () => {
  const numbers = [0, 1, 2, 21];

  it('gives a word the form that goes with its number', () => {
    expect(numbers.map((number) => byNumber(number, 'anmäld', 'anmälda'))).to.deep.equal([
      'anmälda',
      'anmäld',
      'anmälda',
      'anmälda',
    ]);
    expect(numbers.map((number) => counted(number, 'plats', 'platser'))).to.deep.equal([
      '0 platser',
      '1 plats',
      '2 platser',
      '21 platser',
    ]);
    expect(numbers.map(people)).to.deep.equal(['0 personer', '1 person', '2 personer', '21 personer']);
  });

  it('begins a sentence', () => {
    expect([1, 3].map((number) => countedFirst(number, 'sak', 'saker'))).to.deep.equal(['En sak', '3 saker']);
    expect([1, 3].map(those)).to.deep.equal(['Den', 'De 3']);
    expect([0, 1, 2, 12, 13].map((number) => numberWord(number))).to.deep.equal([
      'Ingen',
      'En',
      'Två',
      'Tolv',
      '13',
    ]);
    expect([0, 1, 2].map((number) => numberWord(number, ['Inga', 'Ett']))).to.deep.equal([
      'Inga',
      'Ett',
      'Två',
    ]);
    expect([capital('ödeshög'), capital('')]).to.deep.equal(['Ödeshög', '']);
  });

  it('joins words', () => {
    const words = ['Boxholm', 'Ydre', 'Ödeshög'];
    expect([0, 1, 2, 3].map((number) => listed(words.slice(0, number)))).to.deep.equal([
      '',
      'Boxholm',
      'Boxholm och Ydre',
      'Boxholm, Ydre och Ödeshög',
    ]);
    expect(listed(words.slice(0, 2), 'en')).to.equal('Boxholm and Ydre');
    expect(listParts(words.slice(0, 2))).to.deep.equal([
      { text: 'Boxholm', isWord: true },
      { text: ' och ', isWord: false },
      { text: 'Ydre', isWord: true },
    ]);
  });

  it('is in one place: nobody else forms plurals, lists or capitals by hand', () => {
    const root = join(import.meta.dirname, '../..');
    const byHand = /=== 1 \? ['`]|toUpperCase\(\) \+|letter\.toUpperCase|Intl\.ListFormat|join\(' och '\)/;
    const found = ['src', 'views'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(ts|ejs)$/.test(path) && !/^(store\/|texts\/grammar\.ts)/.test(path))
        .filter((path) => byHand.test(readFileSync(join(root, folder, path), 'utf8')))
        .map((path) => `${folder}/${path}`),
    );
    expect(found).to.deep.equal([]);
  });
});
