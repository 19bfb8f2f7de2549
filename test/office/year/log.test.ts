import { expect } from 'chai';
import { AuditModel, actions } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { writeEvent } from '../../../src/events/planning/write-event.ts';
import { invite } from '../../../src/organisers/sign-in.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/sign-in.ts';
import { wordsOf } from '../../support/words.ts';

describe("the office's log", () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent();
    maja = await signIn(app);
  });

  afterEach(() => app.close());

  const page = async (query = '') => wordsOf(await (await maja.get(`/kontor/logg${query}`)).text());

  it('says in a sentence who did what, newest first', async () => {
    const result = await register(visitorAt(monday), event._id, aPerson());
    if ('refused' in result) throw new Error(result.refused);
    await cancelRegistration(organiserAt(new Date(+monday + 60_000)), result.registration._id);
    const title = 'Skolan som skydd: så når fler barn målen';
    expect(await page(`?event=${event._id}`)).to.include(
      [
        `2027-01-11 12.01 Maja Lindgren avbokade en anmälan till ${title} : Åsa Öberg`,
        `2027-01-11 12.00 En besökare gjorde en anmälan till ${title} : Åsa Öberg`,
      ].join(' '),
    );
  });

  it('says that the house itself gives seats from the waiting list and closes it, where no organiser did', async () => {
    const line = { at: monday, authority: '05', event: event._id, about: 'Fritid' };
    await AuditModel.insertMany([
      { ...line, action: 'registration.promoted' },
      { ...line, action: 'registration.unplaced' },
      { ...line, action: 'registration.promoted', by: 'Eva Ek' },
      { ...line, action: 'registration.queued' },
    ]);
    expect(await page())
      .to.include('Boostdagar gav en plats från väntelistan till Fritid')
      .and.include('Boostdagar stängde väntelistan för en anmälan till Fritid')
      .and.include('Eva Ek gav en plats från väntelistan till Fritid')
      .and.include('En besökare ställde en anmälan på väntelistan till Fritid');
  });

  it('names the fields that changed and not what they hold, of an event and of a person', async () => {
    const result = await register(visitorAt(monday), event._id, aPerson());
    if ('refused' in result) throw new Error(result.refused);
    await changeRegistration(visitorAt(monday), result.registration._id, { familyName: 'Ek', role: 'chef' });
    await writeEvent(organiserAt(monday), 'event.changed', event, {
      venue: 'Rådhuset',
      seats: { plats: 9, digitalt: 0 },
    });
    const words = await page();
    expect(words).to.include('målen (Platser på plats, Platser digitalt och Lokal)');
    expect(words).to.include(': Åsa Ek (Efternamn och Roll)').and.not.include('Rådhuset');
  });

  it('names the application where the first organiser comes in at the start', async () => {
    await invite(visitorAt(monday), '05', { name: 'Eva Ek', email: 'eva.ek@example.se' });
    expect(await page()).to.include('Boostdagar bjöd in organisatören Eva Ek');
  });

  it('has a sentence for every action', async () => {
    const entries = Object.keys(actions).map((action, index) => ({
      at: new Date(+monday + index),
      authority: '05',
      action,
      by: 'Eva Ek',
      about: `sak ${index}`,
    }));
    await AuditModel.insertMany(entries);
    const words = await page();
    for (const [index, sentence] of Object.values(actions).entries())
      expect(words).to.include(`Eva Ek ${sentence} sak ${index}`);
  });

  it('is filtered by event, and only one’s own county board’s', async () => {
    const line = { at: monday, action: 'event.changed' as const, by: 'Eva Ek' };
    const other = await anEvent();
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    await AuditModel.insertMany([
      { ...line, authority: '05', event: event._id, about: 'den ena' },
      { ...line, authority: '05', event: other._id, about: 'den andra' },
      { ...line, authority: '04', about: 'den tredje' },
    ]);
    expect(await page())
      .to.include('den ena')
      .and.include('den andra')
      .and.not.include('den tredje');
    expect(await page(`?event=${event._id}`))
      .to.include('den ena')
      .and.not.include('den andra');
    expect((await eva.get(`/kontor/logg?event=${event._id}`)).status).to.equal(404);
  });

  it('comes in pages of 100', async () => {
    const { length } = await AuditModel.find({}, { _id: 1 }).lean();
    const entries = Array.from({ length: 101 - length }, (_, index) => ({
      ...{
        at: new Date(+monday - 1000 - index),
        authority: '05',
        action: 'event.changed',
        about: `sak ${index}.`,
      },
    }));
    await AuditModel.insertMany(entries);
    expect(await page())
      .to.include('Sida 1 av 2')
      .and.not.include(`sak ${entries.length - 1}.`);
    expect(await page('?page=2'))
      .to.include(`sak ${entries.length - 1}.`)
      .and.include('Sida 2 av 2');
  });
});
