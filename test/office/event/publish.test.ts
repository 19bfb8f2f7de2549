import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { newId } from '../../../src/base/database.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { eventAnswers } from '../../../src/office/event/fields.ts';
import { unpublishEvent } from '../../../src/registrations/changes/unpublish.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { type Browser, signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('Publishing, and what a double click does', () => {
  let app: TestApp;
  let maja: Browser;
  const addressOf = ({ _id }: Pick<Event, '_id'>) => `/kontor/evenemang/${_id}`;
  const find = (event: Event) => EventModel.findById(event._id).orFail().lean<Event>();

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const asked = async (event: Event) => {
    const answer = await maja.get(`${addressOf(event)}/publicera`);
    const html = await answer.text();
    return { status: answer.status, html, words: wordsOf(html) };
  };

  it('asks once, with what becomes public, and changes nothing by asking', async () => {
    const event = await anEvent({ state: 'draft', publishedAt: null, title: 'Skolan' });
    const { status, words, html } = await asked(event);
    expect(status).to.equal(200);
    expect(words)
      .to.contain('Vill du publicera ”Skolan”?')
      .and.contain('/evenemang/skolan-2027-02-11')
      .and.contain('Torsdag 11 februari 2027, klockan 9.00–12.00')
      .and.contain('så snart du publicerar och stänger den 31 januari 2027 klockan 23.59')
      .and.contain('3 programpunkter')
      .and.not.contain('Kontrollera först');
    expect(html).not.to.contain(event.meetingLink);
    expect((await find(event)).state).to.equal('draft');
    const facts = await (await maja.get(addressOf(event))).text();
    expect(facts).to.contain(`href="${addressOf(event)}/publicera"`);
    expect(facts).not.to.contain(`action="${addressOf(event)}/publicera"`);
  });

  it('names what is odd, which hinders nobody', async () => {
    const start = new Date('2027-02-11T09:00:00Z');
    const closesAt = new Date('2027-01-10T23:00:00Z');
    const event = await anEvent({ state: 'draft', start, closesAt, meetingLink: '' });
    const { words, html } = await asked(event);
    expect(words)
      .to.contain('Anmälan är stängd från början. Sista anmälningsdag var den 10 januari 2027.')
      .and.contain('Möteslänken saknas.')
      .and.contain('ligger utanför evenemangets tid, 10.00–12.00.');
    expect(html)
      .to.contain(`${addressOf(event)}#meetingLink`)
      .and.contain(`${addressOf(event)}/program#program`);
    await maja.post(`${addressOf(event)}/publicera`);
    expect((await find(event)).state).to.equal('published');
  });

  it('offers no button while something is missing', async () => {
    const event = await anEvent({ state: 'draft', cost: '' });
    const { words, html } = await asked(event);
    expect(words).to.contain('är inte klart att publicera').and.contain('Skriv vad det kostar');
    expect(html).not.to.contain('<button class="ds-button">Publicera');
  });

  it('goes back to a draft while nobody has signed up; its address finds nothing, and is still its own', async () => {
    const draft = await anEvent({ state: 'draft', publishedAt: null });
    await maja.post(`${addressOf(draft)}/publicera`);
    const { slug } = await find(draft);
    const page = () => fetch(`${app.url}/evenemang/${slug}`);
    expect((await page()).status).to.equal(200);
    expect(await (await maja.get(addressOf(draft))).text()).to.contain('Gör till utkast igen');
    const answer = await maja.post(`${addressOf(draft)}/utkast`);
    expect(answer.headers.get('location')).to.equal(`${addressOf(draft)}?klart=utkast`);
    expect(await find(draft)).to.deep.include({ state: 'draft', publishedAt: null });
    expect((await page()).status).to.equal(404);
    expect(await AuditModel.countDocuments({ action: 'event.unpublished' })).to.equal(1);
    await maja.post(`${addressOf(draft)}/publicera`);
    expect((await find(draft)).slug).to.equal(slug);
  });

  it('stays published when somebody has signed up, also if they have cancelled', async () => {
    const event = await anEvent();
    await aRegistration(event, { status: 'cancelled' });
    expect(await (await maja.get(addressOf(event))).text()).not.to.contain('Gör till utkast igen');
    const answer = await maja.post(`${addressOf(event)}/utkast`);
    expect(answer.status).to.equal(422);
    expect(wordsOf(await answer.text())).to.contain('Någon har anmält sig');
    expect((await find(event)).state).to.equal('published');
    const draft = await anEvent({ state: 'draft' });
    expect((await maja.post(`${addressOf(draft)}/utkast`)).status).to.equal(422);
  });

  it('never leaves somebody registered for a draft, whoever comes first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const event = await anEvent();
      const [signedUp, unpublished] = await Promise.all([
        register(visitorAt(monday), event._id, aPerson()),
        unpublishEvent(organiserAt(monday), event._id),
      ]);
      expect('refused' in signedUp).not.to.equal('refused' in unpublished);
      const people = await RegistrationModel.countDocuments({ event: event._id });
      expect([(await find(event)).state, people]).to.deep.equal(
        'refused' in unpublished ? ['published', 1] : ['draft', 0],
      );
    }
  });

  it('makes one draft of a new form that comes twice, and a second one where it was changed in between', async () => {
    const form = { ...eventAnswers(await anEvent()), title: 'Ny dag' };
    const draft = tokenIn(await (await maja.get('/kontor/evenemang/nytt')).text(), 'draft');
    const send = (changes = {}) => maja.post('/kontor/evenemang/nytt', { ...form, draft, ...changes });
    const answers = await Promise.all([send(), send()]);
    expect(new Set(answers.map(({ headers }) => headers.get('location')))).to.have.property('size', 1);
    expect(await EventModel.countDocuments({ state: 'draft' })).to.equal(1);
    await send({ title: 'En annan dag' });
    expect(await EventModel.find({ state: 'draft' }).distinct('title')).to.have.members([
      'En annan dag',
      'Ny dag',
    ]);
  });

  it('makes one copy, and tells twice that a draft is deleted', async () => {
    const event = await anEvent();
    const draft = tokenIn(await (await maja.get(addressOf(event))).text(), 'draft');
    const copy = () => maja.post(`${addressOf(event)}/kopiera`, { draft });
    await Promise.all([copy(), copy()]);
    expect(await EventModel.countDocuments({ state: 'draft' })).to.equal(1);
    const made = await EventModel.findOne({ state: 'draft' }).orFail().lean<Event>();
    expect(String(made._id)).to.equal(draft);
    for (const _click of [1, 2])
      expect((await maja.post(`${addressOf(made)}/ta-bort`)).headers.get('location')).to.equal(
        '/kontor/evenemang?klart=borttaget',
      );
    const other = await signIn(app, { email: 'sara@example.se', authority: '04' });
    expect((await other.post(`${addressOf(made)}/ta-bort`)).status).to.equal(404);
  });

  it('gives a draft no id that another county board has', async () => {
    const theirs = await anEvent({ authority: '04', state: 'draft' });
    const form = { ...eventAnswers(theirs), draft: String(theirs._id) };
    const answer = await maja.post('/kontor/evenemang/nytt', form);
    expect(answer.headers.get('location')).not.to.contain(String(theirs._id));
    expect(await EventModel.countDocuments({ authority: '05' })).to.equal(1);
    await maja.post('/kontor/evenemang/nytt', { ...form, draft: newId() });
    expect(await EventModel.countDocuments({ authority: '05' })).to.equal(2);
  });
});
