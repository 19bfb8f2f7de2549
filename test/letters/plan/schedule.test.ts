import { expect } from 'chai';
import { planChoices, scheduleOf } from '../../../src/letters/plan/schedule.ts';

/** [step, due, of use until] of an event, in UTC. */
function timesOf(start: string, end: string, letterPlan?: string[]): string[][] {
  const event = { start: new Date(start), end: new Date(end), ...(letterPlan && { letterPlan }) };
  return scheduleOf(event).map(({ step, dueAt, until }) => [step, dueAt.toISOString(), until.toISOString()]);
}

const all = ['missed-you', 'thanks', 'meeting-link', 'day-before', 'week-before'];

describe('the plan of letters', () => {
  it('is at nine, one and ten of Swedish time, and of use until the next or until it starts', () => {
    expect(timesOf('2027-02-11T08:00Z', '2027-02-11T11:00Z', all)).to.deep.equal([
      ['week-before', '2027-02-04T08:00:00.000Z', '2027-02-10T08:00:00.000Z'],
      ['day-before', '2027-02-10T08:00:00.000Z', '2027-02-11T08:00:00.000Z'],
      ['meeting-link', '2027-02-10T12:00:00.000Z', '2027-02-11T08:00:00.000Z'],
      ['thanks', '2027-02-12T09:00:00.000Z', '2027-02-26T09:00:00.000Z'],
      ['missed-you', '2027-02-12T09:00:00.000Z', '2027-02-26T09:00:00.000Z'],
    ]);
  });

  it('keeps the hour on the wall over the nights when clocks change', () => {
    // Spring: 28 March 2027. The week before begins in winter time.
    const [week, , , thanks] = timesOf('2027-03-31T07:00Z', '2027-03-31T10:00Z');
    expect(week?.[1]).to.equal('2027-03-24T08:00:00.000Z');
    expect(thanks?.[1]).to.equal('2027-04-01T08:00:00.000Z');
    // Autumn: 31 October 2027, the day of the event itself.
    const [, day, link, after] = timesOf('2027-10-31T08:00Z', '2027-10-31T11:00Z');
    expect([day?.[1], link?.[1]]).to.deep.equal(['2027-10-30T07:00:00.000Z', '2027-10-30T11:00:00.000Z']);
    expect(after?.[1]).to.equal('2027-11-01T09:00:00.000Z');
  });

  it('counts the days of Sweden where it is another day in Greenwich', () => {
    const [, day] = timesOf('2027-06-10T22:30Z', '2027-06-11T02:00Z');
    expect(day?.[1]).to.equal('2027-06-10T07:00:00.000Z');
  });

  it('has another key for each step', () => {
    const steps = planChoices.map(({ step }) => step);
    expect(new Set(steps)).to.have.length(steps.length);
  });

  it('leaves out a step that no kind of letter has any more', () => {
    expect(timesOf('2027-02-11T08:00Z', '2027-02-11T11:00Z', ['borta', 'day-before'])).to.have.length(1);
  });

  it('has what was chosen, and the usual where nothing was', () => {
    const steps = (plan?: string[]) =>
      timesOf('2027-02-11T08:00Z', '2027-02-11T11:00Z', plan).map(([step]) => step);
    expect(steps()).to.deep.equal(['week-before', 'day-before', 'meeting-link', 'thanks']);
    expect(steps([])).to.deep.equal([]);
    expect(steps(['missed-you', 'week-before'])).to.deep.equal(['week-before', 'missed-you']);
  });
});
