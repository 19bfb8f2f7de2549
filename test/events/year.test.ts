import { expect } from 'chai';
import type { Initiative } from '../../src/authorities/authority.ts';
import type { Event } from '../../src/events/event.ts';
import { initiativeIn, planBy, yearOfInitiative } from '../../src/events/year.ts';
import { monday, ordinaryEvent } from '../support/builders.ts';

const event = (facts: Partial<Event>): Event => ({ ...ordinaryEvent(), ...facts });

const initiative: Initiative = {
  name: 'Alla barn i länet',
  targetGroup: 'Chefer',
  factors: ['skola', 'foraldrar', 'fritid'],
  daysAYear: 3,
  since: 2026,
  until: null,
};

describe('The initiative of a year', () => {
  it('lacks everything where nothing is planned', () => {
    const year = yearOfInitiative([], initiative, monday);
    expect(year).to.deep.include({
      held: [],
      planned: [],
      missingFactors: initiative.factors,
      missingDays: 3,
    });
  });

  it('counts boost days that are not cancelled, drafts too, and tells those that have been', () => {
    const past = event({ factors: ['skola'], end: new Date('2027-01-08T11:00:00Z') });
    const coming = [event({ factors: ['skola'], state: 'draft' }), event({ factors: ['skola', 'fritid'] })];
    const other = [
      event({ factors: ['foraldrar'], state: 'cancelled' }),
      event({ factors: ['foraldrar'], kind: 'annat' }),
    ];
    const year = yearOfInitiative([past, ...coming, ...other], initiative, monday);
    expect(year).to.deep.include({
      held: [past],
      planned: coming,
      missingFactors: ['foraldrar'],
      missingDays: 0,
    });
    expect(year.coverage.map(({ factor, days }) => [factor, days.length])).to.deep.equal([
      ['skola', 3],
      ['foraldrar', 0],
      ['fritid', 1],
    ]);
  });

  it('asks for as many days and for those factors that it names', () => {
    const year = yearOfInitiative([], { factors: ['fritid'], daysAYear: 5 }, monday);
    expect(year).to.deep.include({ missingFactors: ['fritid'], missingDays: 5 });
  });

  it('is under way from its first year to its last', () => {
    const known = (until: number | null) =>
      [2025, 2026, 2028, 2029].filter((year) => initiativeIn({ initiative: { ...initiative, until } }, year));
    expect(known(null)).to.deep.equal([2026, 2028, 2029]);
    expect(known(2028)).to.deep.equal([2026, 2028]);
    expect(initiativeIn({ initiative: null }, 2027)).to.equal(undefined);
  });

  it('needs eight weeks for one more day before the middle of December', () => {
    expect(planBy(2027)).to.equal('2027-10-20');
  });
});
