import { expect } from 'chai';
import { formMark, momentOfForm } from '../../src/web/form-mark.ts';
import { monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';

describe('The mark of a form', () => {
  const minutesOn = (minutes: number) => new Date(+monday + minutes * 60_000);
  const shown = formMark('an event', visitorAt(monday));
  const read = (mark: unknown, minutes: number, settings = {}) =>
    momentOfForm(mark, 'an event', visitorAt(minutesOn(minutes), settings));

  it('counts from when the form was shown, within the grace time (F5)', () => {
    expect(read(shown, 0)).to.deep.equal(monday);
    expect(read(shown, 30)).to.deep.equal(monday);
    expect(read(shown, 31)).to.deep.equal(minutesOn(1));
    expect(read(shown, 600)).to.deep.equal(minutesOn(570));
  });

  it('counts for nothing where the grace time is off', () => {
    expect(read(shown, 5, { graceMinutes: 0 })).to.deep.equal(minutesOn(5));
  });

  it('cannot be made, changed, moved to another subject or service, or say a time to come', () => {
    const [moment = '', signature = ''] = shown.split('.');
    const earlier = (+monday - 60_000).toString(36);
    const forged = [undefined, '', '.', moment, `${moment}.`, `${earlier}.${signature}`, `${shown}x`, 'x.y'];
    for (const mark of forged) expect(read(mark, 5), String(mark)).to.deep.equal(minutesOn(5));
    const now = visitorAt(minutesOn(5));
    expect(momentOfForm(shown, 'another event', now)).to.deep.equal(now.now);
    expect(read(shown, 5, { secret: 'the secret of quite another service' })).to.deep.equal(minutesOn(5));
    expect(read(formMark('an event', visitorAt(minutesOn(9))), 5)).to.deep.equal(minutesOn(5));
  });
});
