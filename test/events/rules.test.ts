import { expect } from 'chai';
import type { Event } from '../../src/events/event.ts';
import {
  cancellationsEnd,
  changesEnd,
  hasSeat,
  isCancellable,
  isChangeable,
  isFree,
  offeredModes,
  seatsLeft,
  statusOf,
  venueOf,
} from '../../src/events/rules.ts';
import { ordinaryEvent } from '../support/builders.ts';

const event = (facts: Partial<Event> = {}): Event => ({ ...ordinaryEvent(), ...facts });
const at = (time: string) => new Date(time);

describe('The state of an event', () => {
  const opens = event({ opensAt: at('2026-12-31T23:00:00Z') });

  it('follows the server’s clock from opening to end, to the millisecond', () => {
    const moments: [time: string, status: string][] = [
      ['2026-12-31T22:59:59.999Z', 'upcoming'],
      ['2026-12-31T23:00:00.000Z', 'open'],
      ['2027-01-31T22:59:59.999Z', 'open'],
      ['2027-01-31T23:00:00.000Z', 'closed'],
      ['2027-02-11T10:59:59.999Z', 'closed'],
      ['2027-02-11T11:00:00.000Z', 'past'],
    ];
    for (const [time, status] of moments) expect(statusOf(opens, at(time)), time).to.equal(status);
  });

  it('closes at the start where the last day would be later', () => {
    const late = event({ closesAt: at('2027-02-11T23:00:00Z') });
    expect(statusOf(late, at('2027-02-11T07:59:59Z'))).to.equal('open');
    expect(statusOf(late, at('2027-02-11T08:00:00Z'))).to.equal('closed');
  });

  it('is a draft’s or a cancelled one’s at all times', () => {
    for (const time of ['2026-01-01T00:00:00Z', '2027-01-15T00:00:00Z', '2028-01-01T00:00:00Z']) {
      expect(statusOf(event({ state: 'draft' }), at(time))).to.equal('draft');
      expect(statusOf(event({ state: 'cancelled' }), at(time))).to.equal('cancelled');
    }
  });

  it('is full when no way that is offered has a seat', () => {
    const now = at('2027-01-15T00:00:00Z');
    const full = event({ seats: { plats: 2, digitalt: 1 }, taken: { plats: 2, digitalt: 1 } });
    expect(statusOf(full, now)).to.equal('full');
    const half = event({ seats: { plats: 2, digitalt: 1 }, taken: { plats: 2, digitalt: 0 } });
    expect(statusOf(half, now)).to.equal('open');
    const onlyOnline = event({ seats: { plats: 0, digitalt: 1 }, taken: { plats: 0, digitalt: 1 } });
    expect(statusOf(onlyOnline, now)).to.equal('full');
  });
});

describe('The last moments', () => {
  const closes = at('2027-01-31T23:00:00Z');
  const set = event({ changeUntil: at('2027-02-04T23:00:00Z'), cancelUntil: at('2027-01-20T23:00:00Z') });

  it('are the end of sign-up for a change and the start for a cancellation, where nothing else is set', () => {
    expect(changesEnd(event())).to.deep.equal(closes);
    expect(cancellationsEnd(event())).to.deep.equal(event().start);
  });

  it('are those that are set, to the millisecond, and never after the start (F5)', () => {
    const justBefore = (moment: string) => new Date(+at(moment) - 1);
    expect(isChangeable(set, justBefore('2027-02-04T23:00:00Z'))).to.equal(true);
    expect(isChangeable(set, at('2027-02-04T23:00:00Z'))).to.equal(false);
    expect(isCancellable(set, justBefore('2027-01-20T23:00:00Z'))).to.equal(true);
    expect(isCancellable(set, at('2027-01-20T23:00:00Z'))).to.equal(false);
    const late = event({ changeUntil: at('2027-03-01T00:00:00Z'), cancelUntil: at('2027-03-01T00:00:00Z') });
    expect([changesEnd(late), cancellationsEnd(late)]).to.deep.equal([late.start, late.start]);
  });

  it('leave no change before sign-up opens, and nothing of what is not published', () => {
    const now = at('2027-01-15T00:00:00Z');
    expect(isChangeable(event({ opensAt: at('2027-01-16T00:00:00Z') }), now)).to.equal(false);
    for (const state of ['draft', 'cancelled'] as const)
      expect([isChangeable(event({ state }), now), isCancellable(event({ state }), now)]).to.deep.equal([
        false,
        false,
      ]);
  });
});

describe('Seats', () => {
  it('are limited by a number, not offered by 0, without limit by null', () => {
    const mixed = event({ seats: { plats: 0, digitalt: null }, taken: { plats: 0, digitalt: 900 } });
    expect(offeredModes(mixed)).to.deep.equal(['digitalt']);
    expect([hasSeat(mixed, 'plats'), hasSeat(mixed, 'digitalt')]).to.deep.equal([false, true]);
    expect(seatsLeft(mixed, 'digitalt')).to.equal(undefined);
  });

  it('are never fewer than none left, also past the limit', () => {
    expect(
      seatsLeft(event({ seats: { plats: 2, digitalt: 0 }, taken: { plats: 3, digitalt: 0 } }), 'plats'),
    ).to.equal(0);
  });
});

describe('The place', () => {
  it('is what there is of room and street', () => {
    expect(venueOf({ venue: 'Residenset', address: 'Borggården 1' })).to.equal('Residenset, Borggården 1');
    expect(venueOf({ venue: '', address: 'Borggården 1' })).to.equal('Borggården 1');
  });
});

describe('What an event costs', () => {
  it('is nothing if all that is written says so, in any of the usual words', () => {
    const free = [
      'Kostnadsfritt',
      'kostnadsfritt.',
      ' KOSTNADSFRITT ',
      'Kostnads\u00adfri',
      'Avgiftsfritt',
      'Gratis!',
    ];
    const more = [
      'fritt',
      'Ingen kostnad',
      'utan avgift',
      '0',
      '0 kr',
      '0\u00a0kr.',
      '0:-',
      '0,00 kr',
      'Noll kronor',
    ];
    for (const cost of [...free, ...more]) expect(isFree({ cost }), cost).to.equal(true);
  });

  it('is not nothing if anything else is written, or nothing at all', () => {
    const paid = [
      '',
      ' ',
      '.',
      '100 kr',
      '10 kr',
      '0 kr för medlemmar',
      'Kostnadsfritt, lunch 120 kr',
      'Inte gratis',
    ];
    for (const cost of paid) expect(isFree({ cost }), cost).to.equal(false);
  });
});
