import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { addWalkIn } from '../../../src/registrations/participants/walk-in.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, aRegistration } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('closing an event', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2027-02-13T09:00:00Z');
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
    maja = await signIn(app);
    await aRegistration(event, { email: 'a@example.se', present: true, municipality: '0583' });
    await aRegistration(event, { email: 'b@example.se', present: null });
  });
  afterEach(() => app.close());

  const address = () => `/kontor/evenemang/${event._id}/narvaro/avsluta`;
  const words = async (path: string) => wordsOf(await (await maja.get(path)).text());
  const todo = async () => (await words('/kontor')).match(/Avsluta ”Skolan[^”]*”/g) ?? [];

  it('is proposed a week after it, asks, and is done once', async () => {
    expect(await todo()).to.deep.equal([]);
    now = new Date('2027-02-18T12:00:00Z');
    expect(await todo()).to.have.length.above(0);
    expect(await words(address())).to.include('1 av 2 är markerade som närvarande. 1 är inte markerade');
    for (const _click of [1, 2]) expect((await maja.post(address())).status).to.equal(303);
    expect(await words(address())).to.include('är avslutat 1 av 2 kom');
    expect(await todo()).to.deep.equal([]);
    const lines = await AuditModel.find({ action: 'event.closed' }).lean();
    expect(lines.map(({ by }) => by)).to.deep.equal(['Maja Lindgren']);
  });

  it('shows in the statistics who came for the first time, and how many people came in the year', async () => {
    const later = await anEvent({ start: new Date('2027-02-12T08:00Z'), end: new Date('2027-02-12T11:00Z') });
    for (const email of ['a@example.se', 'c@example.se'])
      await addWalkIn(organiserAt(now), later._id, aPerson({ email, municipality: '0580' }));
    expect(await words('/kontor/statistik')).not.to.include('för första gången');
    await maja.post(address());
    const half = await words('/kontor/statistik');
    expect(half).to.include('för första gången 1').and.include('1 av 2 evenemang som är avslutade');
    expect(half).not.to.include('olika personer');
    await maja.post(`/kontor/evenemang/${later._id}/narvaro/avsluta`);
    expect(await words('/kontor/statistik')).to.include('för första gången 2 olika personer under året 2');
    expect(await words('/kontor/statistik?municipality=0583')).to.include('för första gången 1');
    // A correction of what is closed still counts.
    await addWalkIn(organiserAt(now), later._id, aPerson({ email: 'd@example.se' }));
    expect(await words('/kontor/statistik')).to.include('för första gången 3 olika personer under året 3');
  });

  it('is refused before the event is over, and for another county board’s', async () => {
    now = new Date('2027-02-11T10:00:00Z');
    expect((await maja.post(address())).status).to.equal(422);
    now = new Date('2027-02-13T09:00:00Z');
    await anAuthority({ _id: '04' });
    const eva = await signIn(app, { email: 'eva@example.se', authority: '04' });
    expect((await eva.get(address())).status).to.equal(404);
    expect((await eva.post(address())).status).to.equal(404);
  });
});
