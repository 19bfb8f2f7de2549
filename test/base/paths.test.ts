import { expect } from 'chai';
import { holdsKey, keysIn, paths, withoutKeys } from '../../src/base/paths.ts';
import { inLanguage } from '../../src/texts/addresses.ts';

const key = 'k'.repeat(40);
const keyed = [
  ...[paths.registration(key), paths.signInLink(key), paths.ownCalendar(key), paths.ownData(key)],
  ...[paths.digitalDoor(key), paths.checkIn(key), paths.helper(key)],
];

describe('Addresses', () => {
  it('that hold a key are known by their path, in both languages', () => {
    for (const path of keyed.flatMap((one) => [one, `/en${one}`, one.toUpperCase()]))
      expect(holdsKey(path), path).to.equal(true);
    const others = ['/', '/en', '/anmalan/', paths.newLink(), `/en${paths.newLink()}`, paths.signIn()];
    for (const path of others) expect(holdsKey(path), path).to.equal(false);
  });

  it('lose their key in a text, also cut, in other letters and inside another link', () => {
    const texts = [
      ...keyed.map((path) => `<a href="https://boostdagar.example.se${path}">`),
      `https://boostdagar.example.se/EN/ANMALAN/${key}`,
      `https://boostdagar.example.se/anmalan/${key.slice(10)}`,
      `https://skydd.example.se/?url=https%3A%2F%2Fboostdagar.example.se%2Fkontor%2Flogga-in%2F${key}&data=1`,
      `https://skydd.example.se/?url=https%253A%252F%252Fboostdagar.example.se%252Fanmalan%252F${key}`,
    ];
    for (const text of texts) {
      expect(withoutKeys(text), text).to.contain('dold').and.not.contain('kkkk');
      expect(keysIn(text), text).to.have.length(1);
    }
    expect(withoutKeys(`se ${paths.newLink()}?skickat och /anmalan/om-oss`)).not.to.contain('dold');
  });

  it('in a language begin with one slash, whatever was asked for', () => {
    for (const path of ['//evil.example/x', '///evil.example/x', '/\\evil.example/x'])
      for (const language of ['sv', 'en'] as const)
        expect(inLanguage(path, language), path).to.match(/^\/(en\/)?evil\.example\/x$/);
  });
});
