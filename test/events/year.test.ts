import { expect } from 'chai';
import type { Event } from '../../src/events/event.ts';
import { hasProgramme, yearOfProgramme } from '../../src/events/year.ts';
import { ordinaryEvent } from '../support/builders.ts';

const event = (facts: Partial<Event>): Event => ({ ...ordinaryEvent(), ...facts });

describe('The programme of a year', () => {
  it('lacks everything where nothing is planned', () => {
    expect(yearOfProgramme([])).to.deep.equal({
      boostDays: [],
      missingFactors: ['skola', 'foraldrar', 'fritid'],
      missingDays: 3,
    });
  });

  it('counts boost days that are not cancelled, drafts too', () => {
    const kept = [event({ factors: ['skola'], state: 'draft' }), event({ factors: ['skola', 'fritid'] })];
    const other = [
      event({ factors: ['foraldrar'], state: 'cancelled' }),
      event({ factors: ['foraldrar'], kind: 'annat' }),
    ];
    expect(yearOfProgramme([...kept, ...other])).to.deep.equal({
      boostDays: kept,
      missingFactors: ['foraldrar'],
      missingDays: 1,
    });
  });

  it('is asked of Östergötland', () => {
    expect([hasProgramme('05'), hasProgramme('04')]).to.deep.equal([true, false]);
  });
});
