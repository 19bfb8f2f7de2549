import { expect } from 'chai';
import { isoDay, isoTime, midnightAfter, stockholmInstant, yearSpan } from '../../src/base/dates.ts';

describe('Dates', () => {
  it('read wall times of Stockholm, whatever the zone of the machine (R23, R24)', () => {
    expect(stockholmInstant('2026-12-01', '09:00')?.toISOString()).to.equal('2026-12-01T08:00:00.000Z');
    expect(stockholmInstant('2027-06-01', '09:00')?.toISOString()).to.equal('2027-06-01T07:00:00.000Z');
  });

  it('refuse an hour that does not exist, and one that comes twice (R23)', () => {
    expect(stockholmInstant('2027-03-28', '02:30')).to.equal(undefined);
    expect(stockholmInstant('2027-02-30', '09:00')).to.equal(undefined);
    expect(stockholmInstant('2027-02-11', '24:00')).to.equal(undefined);
    expect(stockholmInstant('2027-10-31', '02:30')).to.equal(undefined);
    expect(stockholmInstant('2027-10-31', '03:00')?.toISOString()).to.equal('2027-10-31T02:00:00.000Z');
  });

  it('end a day at its midnight in Stockholm, over both changes of the clock', () => {
    expect(midnightAfter('2027-01-31')?.toISOString()).to.equal('2027-01-31T23:00:00.000Z');
    expect(midnightAfter('2027-03-28')?.toISOString()).to.equal('2027-03-28T22:00:00.000Z');
    expect(midnightAfter('2027-10-31')?.toISOString()).to.equal('2027-10-31T23:00:00.000Z');
    expect(yearSpan(2027).from.toISOString()).to.equal('2026-12-31T23:00:00.000Z');
  });

  it('give back what a date and time field need', () => {
    const instant = new Date('2027-02-11T08:00:00Z');
    expect([isoDay(instant), isoTime(instant)]).to.deep.equal(['2027-02-11', '09:00']);
  });
});
