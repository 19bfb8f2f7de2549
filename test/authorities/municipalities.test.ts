import { expect } from 'chai';
import { inOrder, municipalityChoices } from '../../src/authorities/municipalities.ts';

const some = [
  { code: '0509', name: 'Ödeshög' },
  { code: '0561', name: 'Åtvidaberg' },
  { code: '0512', name: 'Ydre' },
];

describe('Municipalities', () => {
  it('are in the order of the Swedish alphabet, where å, ä and ö come last', () => {
    expect(inOrder(some).map(({ name }) => name)).to.deep.equal(['Ydre', 'Åtvidaberg', 'Ödeshög']);
  });

  it('are choices with a last one for those who represent none of them', () => {
    expect(municipalityChoices(some)).to.deep.equal([
      { value: '0512', label: 'Ydre' },
      { value: '0561', label: 'Åtvidaberg' },
      { value: '0509', label: 'Ödeshög' },
      { value: 'annan', label: 'Annan' },
    ]);
    expect(municipalityChoices([], 'Another municipality')).to.deep.equal([
      { value: 'annan', label: 'Another municipality' },
    ]);
  });
});
