import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { eventAnswers } from '../../../src/office/event/fields.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { hiddenIn } from '../../support/browser/hidden.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const at = (moment: string) => new Date(`${moment}:00Z`);

describe('What moves along with an event', () => {
  let app: TestApp;
  let maja: Browser;
  let now = monday;
  const addressOf = ({ _id }: Event) => `/kontor/evenemang/${_id}`;
  const find = ({ _id }: Event) => EventModel.findById(_id).orFail().lean<Event>();
  const times = (event: Event) =>
    event.sessions.map(({ start, end }) => [start, end].map((one) => one?.toISOString().slice(5, 16)));
  const save = (event: Event, changes: Record<string, string>) =>
    maja.post(addressOf(event), {
      ...eventAnswers(event),
      version: String(event.version),
      preview: 'ja',
      ...changes,
    });

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  it('is asked on the page before it is saved: the last days and the programme, both ticked', async () => {
    const cancelUntil = at('2027-02-08T23:00');
    const event = await anEvent({ cancelUntil });
    await aRegistration(event);
    const answer = await save(event, { date: '2027-02-18', start: '13:00', end: '16:00' });
    const html = await answer.text();
    expect(wordsOf(html))
      .to.contain('Flytta de sista dagarna också')
      .and.contain(
        'sista anmälningsdag blir den 7 februari 2027 och sista dag att avboka blir den 15 februari 2027',
      )
      .and.contain('Flytta programmet 4 timmar också')
      .and.contain('En person får en ny inbjudan');
    expect(html.match(/name="follow"[^>]* checked/g)).to.have.length(2);
    expect(await find(event)).to.deep.include({ version: 1, start: event.start });

    await maja.post(addressOf(event), { ...hiddenIn(html), follow: ['dagar', 'program'] });
    const saved = await find(event);
    expect(saved.closesAt).to.deep.equal(at('2027-02-07T23:00'));
    expect(saved.cancelUntil).to.deep.equal(at('2027-02-15T23:00'));
    expect(times(saved)[0]).to.deep.equal(['02-18T12:00', '02-18T13:30']);
    expect(await LetterModel.countDocuments({ kind: 'changed' })).to.equal(1);
  });

  it('stays where it was if the organiser says so, and a last day that was typed is kept', async () => {
    const event = await anEvent();
    const html = await (await save(event, { date: '2027-02-18', start: '13:00', end: '16:00' })).text();
    expect(wordsOf(html)).to.contain('Vad ska flytta med?').and.contain('Inga mejl skickas om det.');
    await maja.post(addressOf(event), hiddenIn(html));
    const stayed = await find(event);
    expect(stayed.closesAt).to.deep.equal(event.closesAt);
    expect(times(stayed)[0]).to.deep.equal(['02-18T08:00', '02-18T09:30']);
    const other = await anEvent();
    const typed = await save(other, { date: '2027-02-18', lastDay: '2027-02-01', preview: '' });
    expect(typed.status).to.equal(303);
    expect((await find(other)).closesAt).to.deep.equal(at('2027-02-01T23:00'));
  });

  it('moves by itself with a form that does not ask, and nothing is asked where nothing would move', async () => {
    const event = await anEvent();
    await save(event, { date: '2027-04-08', start: '13:00', end: '16:00', preview: '' });
    const saved = await find(event);
    // Over the change of the clock: the same hours on the wall.
    expect(saved.closesAt).to.deep.equal(at('2027-03-28T22:00'));
    expect(times(saved)[2]).to.deep.equal(['04-08T12:50', '04-08T14:00']);
    expect((await save(saved, { end: '17:00' })).status).to.equal(303);
  });

  it('is a task while the programme of a published event lies outside its hours', async () => {
    const event = await anEvent({ start: at('2027-02-11T12:00'), end: at('2027-02-11T15:00') });
    const tasks = wordsOf(await (await maja.get('/kontor')).text());
    expect(tasks).to.contain(`Programmet för ”${event.title}” ligger utanför evenemangets tid`);
    await EventModel.updateOne({ _id: event._id }, { state: 'draft' });
    expect(wordsOf(await (await maja.get('/kontor')).text())).not.to.contain('ligger utanför');
  });

  it('closes sign-up only with a word about it', async () => {
    const event = await anEvent();
    const answer = await save(event, { lastDay: '2027-01-10' });
    expect(answer.headers.get('location')).to.equal(`${addressOf(event)}?klart=stangd`);
    const words = wordsOf(await (await maja.get(answer.headers.get('location') ?? '')).text());
    expect(words).to.contain('Anmälan är nu stängd');
    const again = await save(await find(event), { cost: '100 kronor' });
    expect(again.headers.get('location')).to.equal(`${addressOf(event)}?klart=sparat`);
  });

  it('leaves those who are told three days to cancel, never past the start', async () => {
    const cancelUntil = at('2027-01-11T23:00');
    const event = await anEvent({ cancelUntil });
    await aRegistration(event);
    const html = await (await save(event, { end: '12:30' })).text();
    expect(wordsOf(html)).to.contain('kan avboka till och med den 14 januari 2027');
    await maja.post(addressOf(event), hiddenIn(html));
    expect((await find(event)).cancelUntil).to.deep.equal(at('2027-01-14T23:00'));
    now = at('2027-02-09T11:00');
    await save(await find(event), { start: '09:15', preview: '' });
    expect((await find(event)).cancelUntil).to.equal(null);
    const quiet = await anEvent({ cancelUntil });
    await save(quiet, { end: '12:30', preview: '' });
    expect((await find(quiet)).cancelUntil).to.deep.equal(cancelUntil);
  });

  it('has the organiser’s own words in the letters, shown before', async () => {
    const event = await anEvent();
    await aRegistration(event);
    const words = 'Därför flyttar vi:\nsalen är upptagen.';
    const first = await (await save(event, { venue: 'Rådhuset' })).text();
    const shown = await (
      await maja.post(addressOf(event), { ...hiddenIn(first), words, preview: 'ja' })
    ).text();
    expect(wordsOf(shown)).to.contain('Därför flyttar vi: salen är upptagen. Du är fortfarande anmäld.');
    expect(await LetterModel.countDocuments()).to.equal(0);
    const wrong = await maja.post(addressOf(event), { ...hiddenIn(shown), words: 'x'.repeat(1001) });
    expect(wrong.status).to.equal(422);
    expect(wordsOf(await wrong.text())).to.contain('Texten får ha högst 1000 tecken');
    await maja.post(addressOf(event), { ...hiddenIn(shown), words });
    const letter = await LetterModel.findOne({ kind: 'changed' }).orFail().lean();
    expect(letter.facts).to.include({ words });
  });
});
