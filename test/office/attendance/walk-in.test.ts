import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { countMailingReceivers } from '../../../src/letters/mailings/receivers.ts';
import { oweByPlan } from '../../../src/letters/plan/owe.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { fieldsOf } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('Somebody who comes without having signed up', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  const arrival = new Date('2027-02-11T07:52:00Z');
  let now = arrival;

  beforeEach(async () => {
    now = arrival;
    app = await startApp({ clock: () => now, settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    event = await anEvent({ seats: { plats: 1, digitalt: null } });
    maja = await signIn(app);
    await LetterModel.deleteMany({});
  });
  afterEach(() => app.close());

  const at = (end = '') => `/kontor/evenemang/${event._id}/narvaro${end}`;
  const person = {
    givenName: 'Siv',
    familyName: 'Gren',
    organisation: 'Motala kommun',
    municipality: '0583',
    role: 'chef',
    mode: 'plats',
  };
  const add = (fields: object = {}) => maja.post(at('/utan-anmalan'), { ...person, ...fields });
  const rows = () => RegistrationModel.find().sort({ _id: 1 }).lean();

  it('is written in as present, beyond the seats, counted and logged, without a letter', async () => {
    await aRegistration(event);
    const answer = await add();
    expect(answer.status).to.equal(303);
    const [, walkIn] = await rows();
    expect(answer.headers.get('location')).to.equal(
      `${at()}?mode=plats&marked=${walkIn?._id}#p-${walkIn?._id}`,
    );
    const { email: _none, ...answered } = { email: '', ...person };
    expect(walkIn).to.deep.include({
      ...{ ...answered, email: '', status: 'confirmed', walkIn: true },
      ...{ present: true, presentAt: arrival, attendedMode: 'plats' },
    });
    expect(await EventModel.findById(event._id).lean()).to.deep.include({ taken: { plats: 2, digitalt: 0 } });
    expect(await LetterModel.countDocuments()).to.equal(0);
    expect(await AuditModel.countDocuments({ action: 'attendance.walkIn' })).to.equal(1);
    const page = wordsOf(await (await maja.get(at())).text());
    expect(page).to.include('1 utan anmälan').and.include('Gren, Siv Motala · Chef · utan anmälan');
  });

  it('is never taken for another one without an address, and gets no letter ever', async () => {
    await Promise.all([add(), add(), add({ mode: 'digitalt' })]);
    expect(await rows()).to.have.length(3);
    now = new Date('2027-02-12T10:00:00Z');
    await oweByPlan(visitorAt(now));
    expect(await LetterModel.countDocuments()).to.equal(0);
    expect(await countMailingReceivers({ event: event._id, filter: { status: 'confirmed' } })).to.equal(0);
    const [first] = await rows();
    const path = `/kontor/evenemang/${event._id}/deltagare/${first?._id}`;
    const { version = '' } = fieldsOf(await (await maja.get(path)).text());
    const changed = await maja.post(path, { ...person, email: '', familyName: 'Grenlund', version });
    expect(changed.status).to.equal(303);
    expect(await RegistrationModel.findById(first?._id).lean()).to.include({ familyName: 'Grenlund' });
  });

  it('gets the thanks if there is an address', async () => {
    await add({ email: 'siv.gren@example.se' });
    await add();
    await oweByPlan(visitorAt('2027-02-12T09:30:00Z'));
    const letters = await LetterModel.find().lean();
    expect(letters.map(({ kind, to }) => [kind, to.address])).to.deep.equal([
      ['thanks', 'siv.gren@example.se'],
    ]);
  });

  it('is not written in a second time with an address that is registered', async () => {
    await aRegistration(event, { email: 'siv.gren@example.se' });
    const answer = await add({ email: 'Siv.Gren@example.se' });
    expect(answer.status).to.equal(422);
    const html = await answer.text();
    expect(wordsOf(html)).to.include('är redan anmäld. Sök efter namnet i listan');
    expect(fieldsOf(html)).to.include({ givenName: 'Siv', email: 'Siv.Gren@example.se' });
    expect(await rows()).to.have.length(1);
  });

  it('is asked for everything else, and what was typed is kept', async () => {
    const answer = await add({ familyName: '', municipality: '', role: '', mode: '' });
    expect(answer.status).to.equal(422);
    const html = await answer.text();
    expect(html).to.include('<title>Fel: ');
    expect(wordsOf(html))
      .to.include('Skriv deltagarens efternamn')
      .and.include('Välj vilken roll deltagaren har')
      .and.include('Välj om deltagaren är på plats eller med digitalt');
    expect(fieldsOf(html)).to.include({ givenName: 'Siv' });
    expect(await rows()).to.deep.equal([]);
  });

  it('cannot be written in before the day or at a cancelled event', async () => {
    now = new Date('2027-02-10T12:00:00Z');
    expect(await (await maja.get(at())).text()).not.to.include('utan-anmalan');
    expect((await add()).status).to.equal(422);
    now = arrival;
    await EventModel.updateOne({ _id: event._id }, { $set: { state: 'cancelled' } });
    expect((await add()).status).to.equal(422);
    expect(await rows()).to.deep.equal([]);
  });
});
