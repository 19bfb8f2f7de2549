import { expect } from 'chai';
import type { Authority } from '../../src/authorities/authority.ts';
import { linesOf, readBreaks, usualLines } from '../../src/authorities/school-breaks.ts';
import { anAuthority } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';

describe('Pasted school breaks', () => {
  let board: Authority;

  useDatabase();
  beforeEach(async () => {
    board = await anAuthority();
  });

  const read = (text: string) => readBreaks(text, board.municipalities);

  it('are read from lines with semicolons or tabs, in the order of their days, and written as they are read', () => {
    const { breaks, wrong } = read(
      'Linköping; höstlov; 2027-11-01; 2027-11-05\r\n\r\nHELA LÄNET\tsportlov\t22/2 2027\t2027\u201102\u201126\n',
    );
    expect([...wrong]).to.deep.equal([]);
    expect(breaks).to.deep.equal([
      { municipality: 'alla', name: 'sportlov', from: '2027-02-22', to: '2027-02-26' },
      { municipality: '0580', name: 'höstlov', from: '2027-11-01', to: '2027-11-05' },
    ]);
    const lines = linesOf({ ...board, schoolBreaks: breaks });
    expect(lines).to.equal(
      'Hela länet; sportlov; 2027-02-22; 2027-02-26\nLinköping; höstlov; 2027-11-01; 2027-11-05',
    );
    expect(read(lines).breaks).to.deep.equal(breaks);
  });

  it('have a sentence about each wrong line', () => {
    const { breaks, wrong } = read(
      [
        'Linköping; sportlov; 2027-02-22',
        'Nyköping; sportlov; 2027-02-22; 2027-02-26',
        'Motala; sportlov; vecka 8; 2027-02-26',
        'Motala; sportlov; 2027-02-30; 2027-03-01',
        'Motala; sportlov; 2027-02-26; 2027-02-22',
        'Motala; ; 2027-02-22; 2027-02-26',
        'Motala; sportlov; 2027-02-22; 2027-02-26',
      ].join('\n'),
    );
    expect(breaks).to.have.length(1);
    expect([...wrong.keys()]).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(wrong.get(2)).to.equal(
      '”Nyköping” är ingen kommun i länet. Skriv kommunens namn, eller Hela länet',
    );
    expect(wrong.get(3)).to.contain('”vecka 8” är ingen dag');
    expect(wrong.get(4)).to.contain('”2027-02-30” är ingen dag');
    expect(wrong.get(5)).to.equal('Sista dagen 2027-02-22 är före första dagen 2027-02-26');
  });

  it('may be at most 500 lines', () => {
    expect([...read('\n'.repeat(600)).wrong.values()]).to.deep.equal(['Listan får ha högst 500 rader']);
  });

  it('begin with weeks 8 and 44 of two years, which can be read', () => {
    const { breaks, wrong } = read(usualLines(2027));
    expect(wrong.size).to.equal(0);
    expect(breaks.map(({ name, from, to }) => `${name} ${from} ${to}`)).to.deep.equal([
      'sportlov 2027-02-22 2027-02-26',
      'höstlov 2027-11-01 2027-11-05',
      'sportlov 2028-02-21 2028-02-25',
      'höstlov 2028-10-30 2028-11-03',
    ]);
  });
});
