import { expect } from 'chai';
import { readDay, readTime } from '../../../src/base/form/typed-dates.ts';

describe('Dates and times as people type them', () => {
  it('are one day, however it is written', () => {
    const ways = [
      ...['2027-02-04', '20270204', '2027/02/04', '4/2 2027', '4/2-2027', '4.2.2027', '04-02-2027'],
      ...['4 feb 2027', '4 feb. 2027', '4 februari 2027', 'den 4 februari 2027', 'Torsdag 4 Februari 2027'],
      'tors den 4 feb 2027',
    ];
    expect(ways.map(readDay)).to.deep.equal(ways.map(() => '2027-02-04'));
    expect(readDay('1 maj 2027')).to.equal('2027-05-01');
    expect(readDay('24 december 2027')).to.equal('2027-12-24');
  });

  it('are left as they were typed if they cannot be read', () => {
    for (const typed of ['', '4 feb', 'i morgon', '4/2', '4 smörgåsar 2027', 'feb 2027'])
      expect(readDay(typed)).to.equal(typed);
    for (const typed of ['', 'nio', '9.5', '9–12', '9 till 12']) expect(readTime(typed)).to.equal(typed);
  });

  it('are one time, however it is written', () => {
    const ways = [
      '9',
      '09',
      '9.00',
      '9:00',
      '09.00',
      '09:00',
      '0900',
      '900',
      'kl 9',
      'kl. 9.00',
      'klockan 9',
    ];
    expect(ways.map(readTime)).to.deep.equal(ways.map(() => '09:00'));
    expect(readTime('kl 13.45')).to.equal('13:45');
    expect(readTime('25.00')).to.equal('25:00');
  });
});
