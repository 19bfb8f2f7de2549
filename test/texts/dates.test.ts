import { expect } from 'chai';
import { datesIn } from '../../src/texts/dates.ts';

describe('Dates in words', () => {
  it('are written as Swedish is written (S2)', () => {
    const { when, day, tableClock, lastDay, lastMinute, stamp } = datesIn('sv');
    const start = new Date('2027-02-11T08:00:00Z');
    const midnight = new Date('2027-01-31T23:00:00Z');
    expect(when(start, new Date('2027-02-11T11:00:00Z'))).to.equal(
      'torsdag 11 februari 2027, klockan 9.00–12.00',
    );
    expect([day(start), tableClock(start)]).to.deep.equal(['den 11 februari 2027', '09.00']);
    expect([lastDay(midnight), lastMinute(midnight)]).to.deep.equal(['den 31 januari 2027', '23.59']);
    expect(stamp(start)).to.equal('2027-02-11 09.00');
  });

  it('are written in English too', () => {
    const { when, day } = datesIn('en');
    const start = new Date('2027-02-11T08:00:00Z');
    expect(when(start, new Date('2027-02-11T11:00:00Z'))).to.equal('Thursday 11 February 2027, 9:00–12:00');
    expect(day(start)).to.equal('11 February 2027');
  });
});
