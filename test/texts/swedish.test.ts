import { expect } from 'chai';
import { lixOf, officeTexts, openDictionary, type Said, visitorsTexts, wordsIn } from '../support/swedish.ts';

/** Our own words, names and endings of files, which no dictionary has. */
const own = new Set([
  ...['Boostdag', 'Boostdagar', 'Boostdagars', 'boostdag', 'boostdagar', 'Årshjul'],
  ...['kontrolltal', 'kontrolltalet', 'Digg', 'tabb', 'föräldra-barn-relationer'],
  ...['Word-fil', 'ics-fil', 'ics', 'eml', 'feb', 'WebP', 'pptx', 'odp'],
]);

/** What the law has words for, which we must not make simpler. */
const legal = ['tillganglighet.undantag'];

const wholeOf = (said: Said[]) => said.map(({ text }) => text).join('\n');

describe('Swedish', () => {
  const said = [...visitorsTexts(), ...officeTexts()];

  it('is spelt as the dictionary spells it, on every page and in every letter', async () => {
    const { knows } = await openDictionary();
    const wrong = said.flatMap(({ where, text }) =>
      wordsIn(text)
        .filter((word) => !own.has(word) && !knows(word))
        .map((word) => `${word} (${where})`),
    );
    expect([...new Set(wrong)]).to.deep.equal([]);
  });

  it('is read from some hundred texts for visitors, and more for organisers', () => {
    expect(visitorsTexts()).to.have.length.above(400);
    expect(officeTexts()).to.have.length.above(1000);
    for (const text of ['Ändringarna är sparade', 'Vill du publicera', 'Det du skrev finns kvar'])
      expect(wholeOf(said)).to.include(text);
  });

  it('is easy to read as a whole (LIX 40), and in each longer text (LIX 50)', () => {
    for (const part of [visitorsTexts(), officeTexts()]) expect(lixOf(wholeOf(part))).to.be.below(40);
    const hard = said
      .filter(({ where, text }) => wordsIn(text).length >= 20 && !legal.includes(where))
      .filter(({ text }) => lixOf(text) > 50);
    expect(hard).to.deep.equal([]);
  });

  it('would be noticed if it were wrong or hard', async () => {
    const { knows, suggest } = await openDictionary();
    const words = wordsIn(
      'Läs om hållberhet på https://example.se/xyzzy, {titel} och SMTP_URL klockan 09.00',
    );
    expect(words.filter((word) => !knows(word))).to.deep.equal(['hållberhet']);
    expect(suggest('hållberhet')).to.include('hållbarhet');
    expect(
      lixOf('Myndigheten tillhandahåller tillgänglighetsredogörelser avseende samtliga webbplatser'),
    ).to.be.above(50);
    expect(lixOf('Du får ett mejl. Där står tid och plats.')).to.be.below(30);
  });
});
