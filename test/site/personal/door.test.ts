import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { send, visit } from '../../support/requests/visitor.ts';

describe('The digital door', () => {
  let app: TestApp;
  let event: Event;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2027-02-11T07:45:00Z');
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
  });
  afterEach(() => app.close());

  const doorOf = (one: Registration) => `/delta/${tokenOf(one, app.settings.secret, 'digital door')}`;
  const stored = (one: Registration) => RegistrationModel.findById(one._id).orFail().lean();
  const meeting = 'https://moten.example.se/skolan';

  it('names the event and nobody, and opening it marks nothing', async () => {
    const one = await aRegistration(event, { mode: 'digitalt' });
    for (const path of [doorOf(one), `/en${doorOf(one)}`, `${doorOf(one)}?klart=inne`]) {
      const page = await visit(app, path);
      expect(page.status).to.equal(200);
      expect(page.html).to.include(event.title).and.include(`href="${meeting}"`);
      expect(page.html).not.to.match(/Åsa|Öberg|asa\.oberg|Linköpings kommun/);
      expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
      expect(page.headers.get('content-security-policy')).to.include("form-action 'self'");
    }
    expect(await stored(one)).to.deep.include({ present: null, attendedMode: null });
  });

  it('marks by its button, answers with the link to the meeting, and a second time changes nothing', async () => {
    const one = await aRegistration(event, { mode: 'digitalt' });
    const answer = await send(app, doorOf(one));
    expect(answer.status).to.equal(303);
    const inside = await visit(app, answer.headers.get('location') ?? '');
    expect(inside.words).to.include('Du är markerad som närvarande. Till mötet');
    expect(inside.html).to.include(`href="${meeting}"`).and.not.include('<form');
    const mark = { present: true, presentAt: now, attendedMode: 'digitalt' };
    expect(await stored(one)).to.deep.include(mark);
    const first = now;
    now = new Date(+now + 60_000);
    await send(app, doorOf(one));
    expect(await stored(one)).to.deep.include({ ...mark, presentAt: first });
  });

  it('is there for somebody who signed up on site, moves no seat, and takes nobody away from the hall', async () => {
    const one = await aRegistration(event);
    await send(app, doorOf(one));
    expect(await stored(one)).to.include({ mode: 'plats', attendedMode: 'digitalt', present: true });
    expect(await EventModel.findById(event._id).lean()).to.deep.include({ taken: { plats: 1, digitalt: 0 } });
    const there = await aRegistration(event, {
      email: 'b@example.se',
      present: true,
      attendedMode: 'plats',
      presentAt: now,
    });
    await send(app, doorOf(there));
    expect(await stored(there)).to.include({ attendedMode: 'plats' });
  });

  it('opens half an hour before, and is shut when the event is over, cancelled, or nothing is known to lead to', async () => {
    const one = await aRegistration(event, { mode: 'digitalt' });
    const says = async (words: string) => {
      const page = await visit(app, doorOf(one));
      expect(page.words).to.include(words);
      expect(page.html).not.to.include(meeting).and.not.include('<form');
      expect((await send(app, doorOf(one))).status).to.equal(422);
      expect(await stored(one)).to.deep.include({ present: null });
    };
    now = new Date('2027-02-11T07:29:59Z');
    await says('Mötet öppnar här den 11 februari 2027 klockan 8.30.');
    now = new Date('2027-02-11T11:00:00Z');
    await says('Evenemanget är slut');
    now = new Date('2027-02-11T07:30:00Z');
    await EventModel.updateOne({ _id: event._id }, { meetingLink: '' });
    await says('Länken till mötet är inte ifylld än');
    await EventModel.updateOne({ _id: event._id }, { meetingLink: meeting, state: 'cancelled' });
    await says('Evenemanget är inställt');
  });

  it('says that the event has moved, and leads to today’s link', async () => {
    const one = await aRegistration(event, { mode: 'digitalt' });
    const movedFrom = { start: new Date('2027-02-04T08:00:00Z'), end: new Date('2027-02-04T11:00:00Z') };
    await EventModel.updateOne({ _id: event._id }, { movedFrom, meetingLink: 'https://moten.example.se/ny' });
    const page = await visit(app, doorOf(one));
    expect(page.words).to.include('Evenemanget har fått ny tid');
    expect(page.html).to.include('https://moten.example.se/ny');
  });

  it('is shut for anyone who has no seat, and no other link of theirs opens it', async () => {
    const gone = await aRegistration(event, { status: 'cancelled', mode: 'digitalt' });
    const page = await visit(app, doorOf(gone));
    expect(page.words).to.include('en anmälan som inte gäller');
    expect(page.html).not.to.include(meeting);
    expect((await send(app, doorOf(gone))).status).to.equal(422);
    const personal = tokenOf(gone, app.settings.secret);
    expect((await visit(app, `/delta/${personal}`)).status).to.equal(404);
    const door = tokenOf(gone, app.settings.secret, 'digital door');
    expect((await visit(app, `/anmalan/${door}`)).status).to.equal(404);
  });

  it('is reached from the personal page, whichever mode was signed up for', async () => {
    const online = await aRegistration(event, { mode: 'digitalt' });
    const onSite = await aRegistration(event, { email: 'b@example.se' });
    for (const one of [online, onSite]) {
      const page = await visit(app, `/anmalan/${tokenOf(one, app.settings.secret)}`);
      expect(page.html)
        .to.include(`href="${doorOf(one)}"`)
        .and.not.include(meeting);
    }
    await EventModel.updateOne({ _id: event._id }, { seats: { plats: 40, digitalt: 0 } });
    const page = await visit(app, `/anmalan/${tokenOf(onSite, app.settings.secret)}`);
    expect(page.html).not.to.include('/delta/');
  });
});
