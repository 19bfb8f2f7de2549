import { expect } from 'chai';
import { copied, entries, quietFields } from '../../../src/events/details/details.ts';
import { planOf } from '../../../src/events/details/form.ts';
import { concernedModes } from '../../../src/registrations/changes/calendar-updates.ts';
import { monday, ordinaryEvent } from '../../support/builders.ts';

describe('The table of an event’s details', () => {
  const event = ordinaryEvent();
  /** Other answers to every question, so that every detail changes. */
  const other = planOf({
    ...{ title: 'T', kind: 'annat', factors: 'fritid', summary: 'S', audience: 'A', highlights: 'H' },
    ...{ date: '2027-02-12', start: '10:00', end: '13:00', firstDay: '2027-01-01', lastDay: '2027-02-01' },
    ...{ lastChangeDay: '2027-02-02', lastCancelDay: '2027-02-03', seatsPlats: '7', seatsDigitalt: '8' },
    ...{ queueHours: '1', venue: 'V', address: 'D', meetingLink: 'https://example.se/m', cost: 'C' },
    ...{ accessibility: 'B', letterPlan: 'vecka', letterPlanAsked: 'ja' },
    ...{ documentation: 'D https://example.se', contactName: 'N', contactEmail: 'n@example.se' },
    contactPhone: '013-11 11 11',
  });

  it('says of each whether people get a letter about its change, as the letters do', () => {
    for (const [name, { told }] of entries) {
      // A link that is filled in is told; another one later is not, since the digital door leads there.
      const before = name === 'meetingLink' ? { ...event, meetingLink: '' } : event;
      const concerned = concernedModes(before, { ...before, [name]: other[name] }, monday);
      expect(concerned.length > 0, name).to.equal(told === 'concerned');
    }
  });

  it('names what changes without a letter; more seats are told to those who get them', () => {
    const names = (promotes: boolean) => quietFields(promotes).map(({ name }) => name);
    expect(names(false)).to.include.members(['seatsPlats', 'seatsDigitalt', 'cost']);
    expect(names(true)).to.include('cost').and.not.include('seatsPlats');
    expect(names(false)).not.to.include.members(['date']).and.not.include.members(['meetingLink']);
  });

  it('lets a copy keep what is not of the one day only', () => {
    const all = { ...event, ...other };
    const moved = (instant: Date) => new Date(+instant + 1);
    const { documentation, opensAt, meetingLink, start, cancelUntil, ...kept } = copied(all, moved);
    expect({ documentation, opensAt, meetingLink }).to.deep.equal({
      documentation: undefined,
      opensAt: null,
      meetingLink: '',
    });
    expect(+start).to.equal(+other.start + 1);
    expect(+(cancelUntil ?? 0)).to.equal(+(other.cancelUntil ?? 0) + 1);
    const { end: _end, closesAt: _closesAt, changeUntil: _changeUntil, ...texts } = kept;
    expect(other).to.deep.include(texts);
    expect(Object.keys(texts)).to.include.members([
      'letterPlan',
      'queueHours',
      'seats',
      'kind',
      'contactPhone',
    ]);
  });
});
