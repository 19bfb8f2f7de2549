import { expect } from 'chai';
import type { Event } from '../../src/events/event.ts';
import { fullMode, situationOf } from '../../src/events/situation.ts';
import { mayCancel, missedOut, modesBack } from '../../src/registrations/personal/rules.ts';
import { newRegistration } from '../../src/registrations/registration.ts';
import { aPerson, monday, ordinaryEvent } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';

const at = (time: string) => new Date(time);
const fullOnSite: Partial<Event> = { seats: { plats: 2, digitalt: 5 }, taken: { plats: 2, digitalt: 0 } };
const situation = (facts: Partial<Event>, now = monday) => situationOf({ ...ordinaryEvent(), ...facts }, now);

describe('The situation of an event', () => {
  it('sorts the modes into those with a seat and those to wait for', () => {
    const open = situation(fullOnSite);
    expect(open).to.deep.include({ status: 'open', free: ['digitalt'], waitable: ['plats'] });
    expect(open.joinable).to.deep.equal(['plats']);
    expect(fullMode(open)).to.equal('plats');
    expect(situation({ seats: { plats: 3, digitalt: 0 } })).to.deep.include({
      offered: ['plats'],
      free: ['plats'],
    });
  });

  it('lets nobody join a list after sign-up, though those who wait go on waiting until it closes', () => {
    const closed = situation(fullOnSite, at('2027-02-01T12:00:00Z'));
    expect(closed).to.deep.include({ status: 'closed', isListOpen: true, waitable: ['plats'], joinable: [] });
    expect(fullMode(closed)).to.equal(undefined);
    const [before, after] = [at('2027-02-10T07:59:59.999Z'), at('2027-02-10T08:00:00Z')];
    expect([before, after].map((now) => situation(fullOnSite, now).isListOpen)).to.deep.equal([true, false]);
  });

  it('says until when things can be done, to the millisecond', () => {
    const cancelUntil = at('2027-02-08T23:00:00Z');
    const last = situation({ cancelUntil }, new Date(+cancelUntil - 1));
    expect(last).to.deep.include({ isCancellable: true, cancellationsEnd: cancelUntil });
    expect(situation({ cancelUntil }, cancelUntil).isCancellable).to.equal(false);
    expect(situation({ closesAt: at('2027-03-01T00:00:00Z') }).signUpEnd).to.deep.equal(
      ordinaryEvent().start,
    );
  });

  it('decides what somebody can do about their registration', () => {
    const lists = { mode: 'plats' as const, waitsFor: ['plats' as const] };
    const waiting = newRegistration(visitorAt(monday), ordinaryEvent(), aPerson(), lists);
    const [during, over] = [situation(fullOnSite), situation(fullOnSite, at('2027-02-10T08:00:00Z'))];
    expect([missedOut(waiting, during), mayCancel(waiting, during)]).to.deep.equal([false, true]);
    expect([missedOut(waiting, over), mayCancel(waiting, over)]).to.deep.equal([true, false]);
    const seated = { ...waiting, status: 'confirmed' as const };
    expect([missedOut(seated, over), mayCancel(seated, over)]).to.deep.equal([false, true]);
    expect(modesBack({ ...waiting, waitsFor: ['digitalt', 'plats'] }, during)).to.deep.equal([
      'digitalt',
      'plats',
    ]);
    const onlyOnSite = situation({ seats: { plats: 2, digitalt: 0 } });
    expect(modesBack({ ...waiting, waitsFor: ['digitalt'] }, onlyOnSite)).to.deep.equal(['plats']);
  });
});
