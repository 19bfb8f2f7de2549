import { expect } from 'chai';
import { foldedWords } from '../../../src/base/form/folding.ts';
import { slugOf } from '../../../src/events/planning/address.ts';

describe('Folded words', () => {
  it('are the same however a text is typed', () => {
    for (const typed of ['Öberg, Anna‑Karin', 'o\u0308berg ANNA–KARIN', 'O\u200bberg (anna karin)'])
      expect(foldedWords(typed), typed).to.deep.equal(['oberg', 'anna', 'karin']);
    expect(foldedWords('Renée O’Brien Łódź Øresund ẞ')).to.deep.equal([
      'renee',
      'obrien',
      'lodz',
      'oresund',
      'ss',
    ]);
  });
});

describe('The address of an event', () => {
  it('has plain letters', () => {
    expect(slugOf('Skol\u00adan som skydd')).to.equal('skolan-som-skydd');
    expect(slugOf('Skol\u200ban')).to.equal('skolan');
    expect(slugOf('Øresund straße Æra')).to.equal('oresund-strasse-aera');
    expect(slugOf('Åtgärder för närvaro!')).to.equal('atgarder-for-narvaro');
    expect(slugOf('🙂')).to.equal('evenemang');
  });
});
