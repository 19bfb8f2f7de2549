import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel, actions } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { writeEvent } from '../../../src/events/planning/write-event.ts';
import { invite } from '../../../src/organisers/sign-in.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { datesIn } from '../../../src/texts/dates.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { anOrganiser, type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

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
        `2027-01-11 12.01 Maja Lindgren avbokade en anmälan till ${title} : Åsa Öberg 1 mejl skrevs`,
        `2027-01-11 12.00 En besökare gjorde en anmälan till ${title} : Åsa Öberg 1 mejl skrevs`,
      ].join(' '),
    );
  });

  it('says that the service itself gives seats from the waiting list and closes it, where no organiser did', async () => {
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

  it('says what a field was and is, and of personal data only which', async () => {
    const result = await register(visitorAt(monday), event._id, aPerson());
    if ('refused' in result) throw new Error(result.refused);
    await changeRegistration(visitorAt(monday), result.registration._id, { familyName: 'Ek', role: 'chef' });
    await writeEvent(organiserAt(monday), 'event.changed', event, {
      venue: 'Rådhuset',
      seats: { plats: 9, digitalt: 0 },
      factors: ['skola', 'fritid'],
      summary: 'Lång text. '.repeat(40),
      contactName: 'Hemlig Person',
    });
    const words = await page();
    expect(words)
      .to.include(
        'Skyddsfaktorer: Måluppfyllelse i skolan blev Måluppfyllelse i skolan och Meningsfull fritid',
      )
      .and.include('Inbjudan: ny text')
      .and.match(/Platser på plats: ”\d+” blev ”9”/)
      .and.include('Lokal: ”Residenset” blev ”Rådhuset”')
      .and.include('Ändrat: Kontaktperson')
      .and.include('Ändrat: Efternamn och Roll')
      .and.not.include('Hemlig');
  });

  it('says what became of each session of the programme', async () => {
    const [first, second] = event.sessions;
    if (!first || !second) throw new Error('The event lacks sessions.');
    const sessions = [
      { ...first, title: 'Ny rubrik' },
      { ...second, description: 'Ny text' },
      { ...second, _id: new Types.ObjectId(), start: null, end: null, title: 'Avslutning' },
    ];
    await writeEvent(organiserAt(monday), 'event.programme', event, { sessions });
    const name = (title: string) => `”${datesIn('sv').sessionTime(first.start, first.end)} ${title}”`;
    expect(await page())
      .to.include(`Programpunkten ${name(first.title)} blev ${name('Ny rubrik')}`)
      .and.include('har andra uppgifter')
      .and.include('Ny programpunkt: ”Avslutning”');
  });

  it('is narrowed by person, kind and day, on the page and in the file', async () => {
    const line = { authority: '05', event: event._id };
    const eva = await anOrganiser({ name: 'Eva Ek', email: 'eva.ek@example.se' });
    await AuditModel.insertMany([
      { ...line, at: monday, action: 'event.changed', by: 'Eva Ek', organiser: eva._id, about: 'den ena' },
      {
        ...line,
        at: new Date('2027-01-12T23:30:00Z'),
        action: 'mailing.sent',
        by: 'Maja',
        about: 'den andra',
      },
      { ...line, at: monday, action: 'registration.made', about: 'den tredje' },
      { ...line, at: monday, action: 'registration.promoted', about: 'den fjärde' },
    ]);
    const all = ['ena', 'andra', 'tredje', 'fjärde'];
    for (const [query, found] of [
      [`by=${eva._id}`, ['ena']],
      ['by=visitors', ['tredje']],
      ['by=application', ['fjärde']],
      ['kind=registration', ['tredje', 'fjärde']],
      ['from=2027-01-13', ['andra']],
      ['from=11%2F1+2027&to=2027-01-12', ['ena', 'tredje', 'fjärde']],
      [`by=${eva._id}&kind=mailing`, []],
    ] as const)
      for (const words of [
        await page(`?${query}`),
        await (await maja.get(`/kontor/logg.csv?${query}`)).text(),
      ])
        for (const one of all)
          expect(words.includes(`den ${one}`), `${one} by ${query}`).to.equal(
            (found as readonly string[]).includes(one),
          );
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
      .to.include('Nästa sida')
      .and.not.include(`sak ${entries.length - 1}.`);
    expect(await page('?page=2'))
      .to.include(`sak ${entries.length - 1}.`)
      .and.include('Föregående sida');
  });
});
