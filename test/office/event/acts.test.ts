import { expect } from 'chai';
import type { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import { transaction } from '../../../src/base/database.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { owe } from '../../../src/outbox/outbox.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { owedLetter } from '../../support/mail/letters.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('What organisers do with an event', () => {
  let app: TestApp;
  let maja: Browser;
  let now = monday;
  const addressOf = (event: { _id: Types.ObjectId }) => `/kontor/evenemang/${event._id}`;
  const find = (event: Event) => EventModel.findById(event._id).lean<Event>();

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  it('cancel: who gets which letter is shown before, counted in each way', async () => {
    const event = await anEvent();
    const page = async () => wordsOf(await (await maja.get(`${addressOf(event)}/stall-in`)).text());
    expect(await page())
      .to.contain('Ingen är anmäld, så inga mejl skickas.')
      .and.not.contain('Så blir mejlet');
    await aRegistration(event, { email: 'a@example.se', givenName: 'Karin', mode: 'digitalt' });
    await aRegistration(event, { email: 'b@example.se', createdAt: now, mode: 'digitalt' });
    const { _id, uid } = await aRegistration(event, { email: 'c@example.se', givenName: 'Omar' });
    await aRegistration(event, { email: 'd@example.se', status: 'cancelled' });
    const sent = { registration: _id, calendar: 'REQUEST' as const, facts: { uid } };
    await transaction(() => owe([owedLetter(sent)]));
    await LetterModel.updateOne({}, { $set: { state: 'sent' } });
    const words = await page();
    expect(words).to.contain('De 3 som är anmälda får ett mejl').and.contain('På plats 1 Digitalt 2');
    expect(words).to.contain('Hej Omar! Vi ställer in').and.contain('Här står orsaken som du skriver.');
    expect(words).to.contain('I kalendern: evenemanget tas bort');
    expect(words).to.contain('Hej Karin!').and.contain('inte fått någon inbjudan än');
  });

  it('publish: visitors see it, and the log tells', async () => {
    const event = await anEvent({ state: 'draft', publishedAt: null });
    const page = async () => fetch(`${app.url}/evenemang/${(await find(event))?.slug}`);
    expect((await page()).status).to.equal(404);
    const answer = await maja.post(`${addressOf(event)}/publicera`);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([
      303,
      `${addressOf(event)}?klart=publicerat`,
    ]);
    expect((await page()).status).to.equal(200);
    expect(await find(event)).to.deep.include({ state: 'published', publishedAt: now });
    expect(await AuditModel.countDocuments({ action: 'event.published', by: 'Maja Lindgren' })).to.equal(1);
  });

  it('publish: what is missing is named, with links to its fields', async () => {
    const event = await anEvent({ state: 'draft', audience: '', accessibility: '', sessions: [] });
    const answer = await maja.post(`${addressOf(event)}/publicera`);
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(html).to.contain('3 saker saknas').and.contain('<title>Fel: ');
    expect(html)
      .to.contain(`href="${addressOf(event)}#audience"`)
      .and.contain(`href="${addressOf(event)}#accessibility"`);
    expect(html).to.contain(`href="${addressOf(event)}/program#title"`);
    expect((await find(event))?.state).to.equal('draft');
    const facts = await (await maja.get(addressOf(event))).text();
    expect(facts).to.contain('href="#audience">Skriv vem som kan delta.');
  });

  it('preview: a draft as visitors will see it, in both languages, without becoming visible', async () => {
    const event = await anEvent({ state: 'draft' });
    const swedish = await (await maja.get(`${addressOf(event)}/forhandsvisning`)).text();
    expect(swedish).to.contain('Förhandsvisning').and.contain(event.title).and.contain('name="givenName"');
    expect(swedish).to.contain(`href="${addressOf(event)}">Tillbaka till uppgifterna`);
    expect(swedish).to.contain('href="?language=en"').and.not.contain(event.meetingLink);
    const english = await (await maja.get(`${addressOf(event)}/forhandsvisning?language=en`)).text();
    expect(english).to.contain('<html lang="en">');
    expect((await fetch(`${app.url}/evenemang/${event.slug}`)).status).to.equal(404);
  });

  it('cancel: asks with the number of letters, needs a reason, and writes to the registered', async () => {
    const event = await anEvent();
    await aRegistration(event);
    await aRegistration(event, { email: 'b@example.se', status: 'cancelled' });
    expect(await (await maja.get(`${addressOf(event)}/stall-in`)).text()).to.contain(
      'Den som är anmäld får ett mejl',
    );
    const seen = await maja.post(`${addressOf(event)}/stall-in`, { reason: 'Sjukdom <b>.', preview: 'ja' });
    expect(seen.status).to.equal(200);
    const preview = await seen.text();
    expect(preview)
      .to.contain('11 februari 2027. Sjukdom &lt;b&gt;.')
      .and.contain('>Sjukdom &lt;b&gt;.</textarea>');
    expect((await find(event))?.state).to.equal('published');
    expect(await LetterModel.countDocuments()).to.equal(0);
    const empty = await maja.post(`${addressOf(event)}/stall-in`, { reason: ' ' });
    expect(empty.status).to.equal(422);
    expect(await empty.text()).to.contain('Skriv varför, till exempel');
    expect((await find(event))?.state).to.equal('published');

    await maja.post(`${addressOf(event)}/stall-in`, { reason: 'Föreläsaren är sjuk.' });
    expect(await find(event)).to.include({ state: 'cancelled', cancelReason: 'Föreläsaren är sjuk.' });
    const letters = await LetterModel.find().lean();
    expect(letters.map(({ kind, to }) => [kind, to.address])).to.deep.equal([
      ['cancelled-event', 'asa.oberg@example.se'],
    ]);
    expect((await maja.post(`${addressOf(event)}/stall-in`, { reason: 'Igen.' })).status).to.equal(422);
    expect(await LetterModel.countDocuments()).to.equal(1);
  });

  it('cancel: neither a draft nor what has been', async () => {
    const draft = await anEvent({ state: 'draft' });
    const past = await anEvent();
    const refused = await maja.post(`${addressOf(draft)}/stall-in`, { reason: 'Nej.' });
    expect(await refused.text()).to.contain('Ett utkast går inte att ställa in');
    now = new Date('2027-02-12T09:00:00Z');
    const late = await maja.post(`${addressOf(past)}/stall-in`, { reason: 'Nej.' });
    expect([refused.status, late.status]).to.deep.equal([422, 422]);
    expect(await EventModel.countDocuments({ state: 'cancelled' })).to.equal(0);
  });

  it('delete: a draft after a question, nothing else', async () => {
    const [draft, published] = [await anEvent({ state: 'draft' }), await anEvent()];
    expect(await (await maja.get(`${addressOf(draft)}/ta-bort`)).text()).to.contain(
      'Vill du ta bort utkastet',
    );
    const answer = await maja.post(`${addressOf(draft)}/ta-bort`);
    expect(answer.headers.get('location')).to.equal('/kontor/evenemang?klart=borttaget');
    expect((await maja.post(`${addressOf(published)}/ta-bort`)).status).to.equal(422);
    expect(await EventModel.find().distinct('_id')).to.deep.equal([published._id]);
    expect(await AuditModel.countDocuments({ action: 'event.deleted', about: draft.title })).to.equal(1);
  });

  it('copy: a new draft on a weekday of the same kind a year later, without people and link', async () => {
    const event = await anEvent({ taken: { plats: 3, digitalt: 1 } });
    const answer = await maja.post(`${addressOf(event)}/kopiera`);
    const copy = await EventModel.findOne({ state: 'draft' }).orFail().lean<Event>();
    expect(answer.headers.get('location')).to.equal(`${addressOf(copy)}?klart=kopierat`);
    expect(copy).to.deep.include({ title: event.title, taken: { plats: 0, digitalt: 0 }, meetingLink: '' });
    expect(copy.start.toISOString()).to.equal('2028-02-10T08:00:00.000Z');
    expect(await AuditModel.countDocuments({ action: 'event.copied' })).to.equal(1);
  });
});
