import { expect } from 'chai';
import { marksOf, merge } from '../../../src/base/form/merging.ts';

describe('Two edits of one form', () => {
  const shown = { title: 'Skolan', cost: '', factors: ['skola'] };

  it('are put together field by field', () => {
    const now = { ...shown, cost: '100 kr', factors: ['skola', 'fritid'] };
    const both = merge(marksOf(shown), now, { ...shown, title: 'Skolan som skydd' });
    expect(both).to.deep.equal({
      answers: { title: 'Skolan som skydd', cost: '100 kr', factors: ['skola', 'fritid'] },
      theirs: ['cost', 'factors'],
      both: [],
    });
  });

  it('are in conflict only where they say different things of the same', () => {
    const now = { ...shown, title: 'Fritiden', cost: '100 kr' };
    expect(merge(marksOf(shown), now, { ...shown, title: 'Hemmet', cost: '100 kr' }).both).to.deep.equal([
      'title',
    ]);
  });

  it('take the line ends of a browser and empty answers for no change', () => {
    const marks = marksOf({ text: 'en\ntvå', boxes: [] });
    const now = { text: 'tre', boxes: ['ja'] };
    expect(merge(marks, now, { text: 'en\r\ntvå', boxes: '' }).theirs).to.deep.equal(['text', 'boxes']);
  });

  it('keep together what says something only together', () => {
    const rows = { name: ['Elin', 'Bo'], title: ['Forskare', ''] };
    const now = { name: ['Anna', 'Elin', 'Bo'], title: ['', 'Forskare', ''] };
    const typed = { ...rows, title: ['Forskare', 'Rektor'] };
    const { both } = merge(marksOf(rows), now, typed, ['name', 'title']);
    expect(both).to.deep.equal(['name', 'title']);
  });
});
