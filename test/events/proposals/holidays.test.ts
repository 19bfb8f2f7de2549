import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { calendarDay, daysBetween } from '../../../src/base/dates.ts';
import { bridgedFrom, freeDaysOf, halfDayName } from '../../../src/events/proposals/holidays.ts';

/** From the law of public holidays (1989:253) and an almanac, by hand, with three eves. */
const free2027 = [
  ...['01-01', '01-06', '03-26', '03-28', '03-29', '05-01', '05-06', '05-16', '06-06', '06-25', '06-26'],
  ...['11-06', '12-24', '12-25', '12-26', '12-31'],
];
const free2028 = [
  ...['01-01', '01-06', '04-14', '04-16', '04-17', '05-01', '05-25', '06-04', '06-06', '06-23', '06-24'],
  ...['11-04', '12-24', '12-25', '12-26', '12-31'],
];
const weekdays = (year: number) =>
  daysBetween(`${year}-01-01`, `${year}-12-31`).filter((day) => !calendarDay(day).isWeekend);
const daysOf = (year: number) => freeDaysOf(year).map(([day]) => day.slice(5));

describe('The days on which nobody works', () => {
  it('are those of the almanac for 2027 and 2028', () => {
    expect(daysOf(2027)).to.have.members(free2027);
    expect(daysOf(2028)).to.have.members(free2028);
  });

  it('make bridging days of what lies between two of them', () => {
    const bridges = (year: number) => weekdays(year).filter((day) => bridgedFrom(day));
    expect(bridges(2027)).to.deep.equal(['2027-05-07']);
    expect(bridges(2028)).to.deep.equal(['2028-01-07', '2028-05-26', '2028-06-05']);
    expect(bridgedFrom('2027-05-07')).to.equal('Kristi himmelsfärdsdag');
    expect(bridgedFrom('2028-06-05')).to.equal('Sveriges nationaldag');
  });

  it('have eves beside them on which many work half the day', () => {
    const halves = weekdays(2027).filter((day) => halfDayName(day));
    expect(halves).to.deep.equal(['2027-01-05', '2027-03-25', '2027-04-30', '2027-11-05']);
  });

  it('are the same in whatever time zone the machine is, also in a year of an early Easter', () => {
    const years = [2008, 2027, 2028];
    const program = `import { freeDaysOf } from './src/events/proposals/holidays.ts'; console.log(JSON.stringify([${years}].map((year) => freeDaysOf(year).map(([day]) => day))))`;
    const words = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
    const inZone = (TZ: string) =>
      execFileSync(process.execPath, words, { env: { ...process.env, TZ }, encoding: 'utf8' });
    const here = JSON.parse(inZone('UTC'));
    for (const zone of ['America/New_York', 'Europe/Stockholm', 'Pacific/Auckland'])
      expect(JSON.parse(inZone(zone)), zone).to.deep.equal(here);
    expect(here[0]).to.include.members(['2008-03-21', '2008-05-01']).and.not.include('2008-03-22');
  });
});
