import { expect } from 'chai';
import { Types } from 'mongoose';
import { paths } from '../../../src/base/paths.ts';
import { erasePerson, eraseSentLetters } from '../../../src/erasing/erase-person.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { tellOfOpenings } from '../../../src/letters/plan/tell-openings.ts';
import { eventAnswers } from '../../../src/office/event/fields.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { OpeningReminderModel } from '../../../src/registrations/openings/reminder.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aForm, anAuthority, anEvent, formOf, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const opensAt = new Date('2027-01-19T23:00:00Z');
const email = 'asa.oberg@example.se';

describe('Remind me when sign-up opens', function () {
  this.timeout(30_000);
  let app: TestApp;
  let now: Date;
  let event: Event;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent({ opensAt });
  });
  afterEach(() => app.close());

  const context = () => ({ now, by: {}, settings: app.settings });
  const ask = (address: string, slug = event.slug, lang = '') =>
    fetch(app.url + lang + paths.remindMe(slug), formOf({ email: address }));
  const kept = async () =>
    (await OpeningReminderModel.find().sort({ _id: 1 }).lean()).map((one) => one.email);
  const letters = () => LetterModel.find({ kind: 'sign-up-open' }).lean<Letter<LetterFacts>[]>();
  const open = async () => {
    now = opensAt;
    await tellOfOpenings(context());
  };

  it('takes an address on the page of the event, and answers the same whether it is there already', async () => {
    const page = await (await fetch(app.url + paths.event(event.slug))).text();
    expect(page).to.contain(`action="${paths.remindMe(event.slug)}"`);
    const answers = [await ask(email), await ask(` ${email.toUpperCase()} `)];
    for (const answer of answers) {
      expect(answer.status).to.equal(303);
      expect(answer.headers.get('location')).to.equal(`${paths.remindMe(event.slug)}?skickat`);
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    }
    expect(await kept()).to.deep.equal([email]);
    expect(Object.keys((await OpeningReminderModel.findOne().orFail().lean()) ?? {})).to.have.members([
      ...['_id', 'event', 'authority', 'email', 'language', 'mark', 'dueAt'],
    ]);
    const wrong = await ask('asa@');
    expect(wrong.status).to.equal(422);
    expect(await wrong.text()).to.contain('value="asa@"');
  });

  it('sends one letter at the opening, and keeps no address then', async () => {
    await ask(email);
    await ask('karin@example.se', event.slug, '/en');
    now = new Date(+opensAt - 1);
    await tellOfOpenings(context());
    expect(await letters()).to.deep.equal([]);
    await open();
    await tellOfOpenings(context());
    expect(await kept()).to.deep.equal([]);
    const [swedish, english, ...more] = await letters();
    if (!swedish || !english) throw new Error('There are not two letters');
    expect(more).to.deep.equal([]);
    const { subject, content } = await compose(swedish, app.settings);
    expect(subject).to.match(/^Anmälan är öppen: ”Skolan som skydd.*”, 11 februari 2027$/);
    expect(content.greeting).to.equal('Hej!');
    expect(content.action?.url).to.equal(`${app.settings.baseUrl}/evenemang/${event.slug}#anmalan`);
    const written = await compose(english, app.settings);
    expect([written.content.greeting, english.to.address]).to.deep.equal(['Hello,', 'karin@example.se']);
    expect(written.content.paragraphs.join()).to.contain(`${app.settings.baseUrl}/en/paminn-mig/`);

    await LetterModel.updateMany({}, { state: 'queued' });
    await eraseSentLetters();
    expect(await LetterModel.countDocuments(), 'they are on their way').to.equal(2);
    await LetterModel.updateMany({}, { state: 'sent' });
    await eraseSentLetters();
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('is told once, whichever of two workers comes first', async () => {
    for (let number = 0; number < 5; number++) await ask(`${number}@example.se`);
    now = opensAt;
    await Promise.all([tellOfOpenings(context()), tellOfOpenings(context())]);
    expect(await LetterModel.countDocuments({ kind: 'sign-up-open' })).to.equal(5);
  });

  it('has a link in the letter that erases the address for all events', async () => {
    const later = await anEvent({ opensAt: new Date(+opensAt + 24 * 3600_000) });
    await ask(email);
    await ask(email, later.slug);
    await ask('karin@example.se', later.slug);
    await open();
    const [letter] = await letters();
    const path = paths.eraseReminder(letter?.facts.erase ?? '');
    const page = await fetch(app.url + path);
    expect(wordsOf(await page.text()))
      .to.contain('till ett evenemang')
      .and.not.to.contain(email);
    expect(await kept(), 'reading changes nothing').to.deep.equal([email, 'karin@example.se']);
    expect((await fetch(app.url + path, formOf({}))).headers.get('location')).to.equal(paths.noReminders());
    expect(await kept()).to.deep.equal(['karin@example.se']);
    const again = await fetch(app.url + path);
    expect(again.url).to.equal(app.url + paths.noReminders());
    expect(wordsOf(await again.text())).to.contain('Vi har inte din e-postadress sparad');
  });

  it('forgets the address when the event is cancelled or a draft again, and when the person is erased', async () => {
    const maja: Browser = await signIn(app);
    await ask(email);
    await maja.post(paths.unpublish(event._id), {});
    expect(await kept()).to.deep.equal([]);
    await maja.post(paths.publish(event._id), {});
    const { slug } = await EventModel.findById(event._id).orFail().lean<Event>();
    await ask(email, slug);
    expect(await kept()).to.deep.equal([email]);
    const person = { authority: '05', email, record: new Types.ObjectId() };
    await erasePerson(context(), { ...person, authority: '04' }, false);
    expect(await kept(), 'another county board').to.deep.equal([email]);
    await erasePerson(context(), person, false);
    expect(await kept()).to.deep.equal([]);
    await ask(email, slug);
    await maja.post(paths.cancelEvent(event._id), { reason: 'Sjukdom' });
    expect(await kept()).to.deep.equal([]);
    await open();
    expect(await letters()).to.deep.equal([]);
  });

  it('does not go to somebody who has been erased while it waits to leave', async () => {
    await ask(email);
    await open();
    await LetterModel.updateMany({}, { state: 'queued' });
    await erasePerson(context(), { authority: '05', email, record: new Types.ObjectId() }, true);
    expect(await letters()).to.deep.equal([]);
  });

  it('goes when sign-up opens after all, if the organiser moves that day', async () => {
    const maja: Browser = await signIn(app);
    await ask(email);
    const answers = { ...eventAnswers(event), version: String(event.version), firstDay: '2027-01-25' };
    expect((await maja.post(paths.officeEvent(event._id), answers)).status).to.equal(303);
    await open();
    expect(await letters()).to.deep.equal([]);
    const { version } = await EventModel.findById(event._id).orFail().lean<Event>();
    const openNow = { ...answers, version: String(version), firstDay: '' };
    expect((await maja.post(paths.officeEvent(event._id), openNow)).status).to.equal(303);
    await tellOfOpenings(context());
    expect(await letters()).to.have.length(1);
  });

  it('leads to the event where sign-up is open, and sign-up is refused until then', async () => {
    const early = await fetch(app.url + paths.signUp(event.slug), formOf(aForm()));
    expect(early.status).to.be.within(400, 499);
    expect(wordsOf(await early.text())).to.contain('Anmälan öppnar den 20 januari 2027');
    now = opensAt;
    for (const answer of [
      await ask(email),
      await fetch(app.url + paths.remindMe(event.slug), { redirect: 'manual' }),
    ])
      expect(answer.headers.get('location')).to.equal(paths.event(event.slug));
    expect(await kept()).to.deep.equal([]);
    expect((await ask(email, 'finns-inte')).status).to.equal(404);
  });

  it('takes so many from one network', async () => {
    await app.close();
    app = await startApp({ clock: () => now, settings: { rateLimit: true } });
    await anAuthority();
    event = await anEvent({ opensAt });
    const statuses: number[] = [];
    for (let number = 0; number < 31; number++) statuses.push((await ask(`${number}@example.se`)).status);
    expect(statuses.filter((status) => status === 303)).to.have.length(30);
    expect(statuses.at(-1)).to.equal(429);
  });
});
