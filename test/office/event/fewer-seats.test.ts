import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { eventAnswers } from '../../../src/office/event/fields.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { hiddenIn } from '../../support/browser/hidden.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('Fewer seats than people (F4)', () => {
  let app: TestApp;
  let maja: Browser;
  let now = monday;
  let event: Event;
  let people: Registration[];

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
    event = await anEvent({ seats: { plats: 4, digitalt: null } });
    people = [];
    for (const [number, givenName] of ['Ada', 'Bo', 'Cia', 'Dag'].entries())
      people.push(
        await aRegistration(event, {
          givenName,
          email: `${givenName.toLowerCase()}@example.se`,
          municipality: '0583',
          createdAt: new Date(Date.UTC(2027, 0, 2 + number, 9)),
        }),
      );
  });
  afterEach(() => app.close());

  const address = () => `/kontor/evenemang/${event._id}`;
  const read = async () => EventModel.findById(event._id).orFail().lean<Event>();
  const save = async (changes: object) => {
    const stored = await read();
    return maja.post(address(), { ...eventAnswers(stored), version: String(stored.version), ...changes });
  };
  const ask = async (changes: object) => (await save({ preview: 'ja', ...changes })).text();
  const ids = (...names: string[]) =>
    people.filter(({ givenName }) => names.includes(givenName)).map(({ _id }) => String(_id));
  /** Names with their states, in the order of sign-up. */
  const states = async () =>
    (await RegistrationModel.find({ event: event._id }).sort({ createdAt: 1 }).lean()).map(
      ({ givenName, status }) => `${givenName} ${status}`,
    );

  it('shows the names, whoever signed up last first, and saves nothing', async () => {
    const answer = await save({ seatsPlats: '2', cost: '100 kr' });
    expect(answer.status).to.equal(422);
    const html = await answer.text();
    const words = wordsOf(html);
    expect(words).to.include('Färre platser än anmälda').and.include('Inget är sparat än.');
    expect(words).to.include('4 deltar på plats, men platserna blir 2').and.include('högst 2');
    expect(words).to.include('Dag Öberg, Motala Anmälde sig den 5 januari 2027 klockan 10.00');
    expect(words.indexOf('Dag Öberg')).to.be.below(words.indexOf('Ada Öberg'));
    expect(html)
      .not.to.match(/name="unseated"[^>]*checked/)
      .and.not.to.include('<title>Fel: ');
    expect((await read()).seats.plats).to.equal(4);
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('moves those who are chosen to the waiting list, and lets the others keep their seats', async () => {
    const html = await ask({ seatsPlats: '2', cost: '100 kr' });
    const answer = await maja.post(address(), { ...hiddenIn(html), unseated: ids('Cia'), preview: 'ja' });
    expect(answer.headers.get('location')).to.equal(`${address()}?klart=sparat`);
    expect(await states()).to.deep.equal(['Ada confirmed', 'Bo confirmed', 'Cia waiting', 'Dag confirmed']);
    expect(await read()).to.deep.include({
      cost: '100 kr',
      seats: { plats: 2, digitalt: null },
      taken: { plats: 3, digitalt: 0 },
      waiting: { plats: 1, digitalt: 0 },
    });
    const letters = await LetterModel.find().lean();
    expect(letters.map(({ kind, to }) => [kind, to.address])).to.deep.equal([
      ['moved-to-waiting-list', 'cia@example.se'],
    ]);
    expect(
      await AuditModel.countDocuments({ action: 'registration.unseated', by: 'Maja Lindgren' }),
    ).to.equal(1);
  });

  it('is decided by saving without a choice: all keep their seats', async () => {
    const html = await ask({ seatsPlats: '2' });
    expect((await maja.post(address(), hiddenIn(html))).status).to.equal(303);
    expect(await states()).to.deep.equal(people.map(({ givenName }) => `${givenName} confirmed`));
    expect((await read()).seats.plats).to.equal(2);
    expect((await maja.post(address(), { ...eventAnswers(await read()), version: '2' })).status).to.equal(
      303,
    );
  });

  it('takes no more than the lack of seats, and keeps what was chosen', async () => {
    const html = await ask({ seatsPlats: '3' });
    const answer = await maja.post(address(), { ...hiddenIn(html), unseated: ids('Bo', 'Dag') });
    expect(answer.status).to.equal(422);
    const again = await answer.text();
    expect(again).to.include('<title>Fel: ').and.include('href="#unseated-plats"');
    expect(wordsOf(again)).to.include('Du har valt 2. Välj högst 1');
    expect(again.match(/name="unseated"[^>]*checked/g)).to.have.length(2);
    expect((await states()).join()).not.to.include('waiting');
  });

  it('is not harmed by what people did in between, nor by ids that mean nothing', async () => {
    const html = await ask({ seatsPlats: '2' });
    const stranger = await aRegistration(await anEvent());
    now = new Date(+monday + 60_000);
    await maja.post(`${address()}/deltagare/${ids('Dag')[0]}/avboka`);
    const unseated = [...ids('Dag', 'Cia'), String(stranger._id), 'x', ''];
    expect((await maja.post(address(), { ...hiddenIn(html), unseated })).status).to.equal(303);
    expect(await states()).to.deep.equal(['Ada confirmed', 'Bo confirmed', 'Cia waiting', 'Dag cancelled']);
    expect(await RegistrationModel.findById(stranger._id).lean()).to.have.property('status', 'confirmed');
  });

  it('leads back to the form with everything that was typed', async () => {
    const html = await ask({ seatsPlats: '2', cost: '100 kr', factors: ['skola', 'fritid'] });
    const answer = await maja.post(address(), { ...hiddenIn(html), unseated: ids('Cia'), back: 'ja' });
    expect(answer.status).to.equal(200);
    const form = await answer.text();
    expect(form)
      .to.match(/name="seatsPlats" value="2"|value="2"[^>]*name="seatsPlats"/)
      .and.include('value="100 kr"')
      .and.match(/value="fritid"[^>]*checked/)
      .and.not.include('unseated');
    expect((await read()).version).to.equal(1);
  });

  it('goes on to the page of a move with the decision, and from there into one save', async () => {
    const html = await ask({ seatsPlats: '3', end: '12:30' });
    const shown = await maja.post(address(), { ...hiddenIn(html), unseated: ids('Dag'), preview: 'ja' });
    expect(shown.status).to.equal(200);
    const announcement = await shown.text();
    expect(wordsOf(announcement))
      .to.include('4 personer får en ny inbjudan')
      .and.include('Den som du har valt förlorar sin plats');
    await maja.post(address(), hiddenIn(announcement));
    expect((await states()).at(-1)).to.equal('Dag waiting');
    const calendars = await LetterModel.find({ state: 'queued' }).sort({ 'to.address': 1 }).lean();
    expect(calendars.map(({ kind, facts }) => `${facts.givenName} ${kind}`)).to.include.members([
      'Ada changed',
      'Dag moved-to-waiting-list',
    ]);
    expect(calendars.map(({ kind, facts }) => `${facts.givenName} ${kind}`)).not.to.include('Dag changed');
  });

  it('is asked again after a colleague has saved', async () => {
    const html = await ask({ seatsPlats: '3' });
    await save({ cost: '100 kr' });
    const conflict = await maja.post(address(), { ...hiddenIn(html), unseated: ids('Dag') });
    expect(conflict.status).to.equal(409);
    const again = await maja.post(address(), { ...hiddenIn(await conflict.text()), preview: 'ja' });
    expect(again.status).to.equal(422);
    expect(wordsOf(await again.text())).to.include('4 deltar på plats, men platserna blir 3');
    expect((await states()).join()).not.to.include('waiting');
  });

  it('asks about each way, and moves nobody from a way that is not offered any more', async () => {
    await aRegistration(event, { givenName: 'Eva', email: 'eva@example.se', mode: 'digitalt' });
    const html = await ask({ seatsPlats: '3', seatsDigitalt: '0' });
    expect(wordsOf(html)).to.include('1 deltar digitalt, men det sättet erbjuds inte längre');
    expect(html.match(/name="unseated"/g)).to.have.length(4);
    const eva = await RegistrationModel.findOne({ givenName: 'Eva' }).orFail().lean();
    const tampered = { ...hiddenIn(html), unseated: [String(eva._id)] };
    expect((await maja.post(address(), tampered)).status).to.equal(422);
    expect((await maja.post(address(), { ...hiddenIn(html), unseated: ids('Dag') })).status).to.equal(303);
    expect((await states()).slice(3)).to.have.members(['Dag waiting', 'Eva confirmed']);
  });

  it('says when the list has closed, and takes nobody’s seat when the event is over', async () => {
    now = new Date('2027-02-11T06:00:00Z');
    expect(wordsOf(await ask({ seatsPlats: '3' }))).to.include(
      'Väntelistan stängde den 10 februari 2027 klockan 9.00, så efter det kommer ett mejl',
    );
    now = new Date('2027-02-12T06:00:00Z');
    const answer = await save({ seatsPlats: '3', fewer: 'ja', unseated: ids('Dag') });
    expect(answer.status).to.equal(303);
    expect((await states()).join()).not.to.include('waiting');
  });
});

describe('More seats than before', () => {
  it('go to those who wait: who they are and their letter is shown first, and the page says how many', async () => {
    const app = await startApp({ settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    const maja = await signIn(app);
    const event = await anEvent({ seats: { plats: 1, digitalt: 0 }, taken: { plats: 1, digitalt: 0 } });
    for (const [number, name] of ['a', 'b', 'c'].entries())
      await aRegistration(event, {
        ...{ email: `${name}@example.se`, status: 'waiting', waitsFor: ['plats'] },
        waitingSince: new Date(+monday + number),
      });
    const address = `/kontor/evenemang/${event._id}`;
    const form = { ...eventAnswers(event), version: '1', seatsPlats: '3', preview: 'ja' };
    const shown = await maja.post(address, form);
    expect(shown.status).to.equal(200);
    const html = await shown.text();
    expect(wordsOf(html))
      .to.include('2 personer på väntelistan får en plats')
      .and.include('Så blir mejlet för dem som får en plats')
      .and.include('Spara och skicka 2 mejl');
    expect(await LetterModel.countDocuments()).to.equal(0);
    const answer = await maja.post(address, hiddenIn(html));
    expect(answer.headers.get('location')).to.equal(`${address}?klart=sparat&seated=2`);
    const words = wordsOf(await (await maja.get(answer.headers.get('location') ?? '')).text());
    expect(words).to.include('Ändringarna är sparade. 2 personer på väntelistan fick en plats.');
    expect(await LetterModel.distinct('to.address', { kind: 'promoted' })).to.deep.equal([
      'a@example.se',
      'b@example.se',
    ]);
    await app.close();
  });
});

describe('When the waiting list closes', () => {
  it('is a detail of the event: hours before the start, 24 where nothing is said', async () => {
    const app = await startApp();
    await anAuthority();
    const maja = await signIn(app);
    const event = await anEvent();
    const address = `/kontor/evenemang/${event._id}`;
    const hours = async () => (await EventModel.findById(event._id).orFail().lean()).queueHours;
    const { queueHours: _queueHours, ...details } = eventAnswers(event);
    const form = { ...details, version: '1' };
    await maja.post(address, { ...form, queueHours: '72' });
    expect(await hours()).to.equal(72);
    const html = await (await maja.get(address)).text();
    expect(html).to.match(/name="queueHours"[^>]*value="72"|value="72"[^>]*name="queueHours"/);
    await maja.post(address, { ...form, version: '2' });
    expect(await hours(), 'a form without the field').to.equal(72);
    await maja.post(address, { ...form, version: '3', queueHours: '' });
    expect(await hours()).to.equal(24);
    const wrong = await maja.post(address, { ...form, version: '4', queueHours: 'ett dygn' });
    expect(wrong.status).to.equal(422);
    expect(await wrong.text()).to.include('href="#queueHours"');
    const conflict = await (await maja.post(address, { ...form, version: '1', queueHours: '48' })).text();
    expect(wordsOf(conflict)).to.include('Väntelistan stänger, timmar före start 24 48');
    await app.close();
  });
});
