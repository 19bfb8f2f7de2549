import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { useBrowser } from '../../support/browser/browser.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const arrival = new Date('2027-02-11T07:52:00Z');

describe("the office's list by the door", () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let now = arrival;

  beforeEach(async () => {
    now = arrival;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
    maja = await signIn(app);
  });

  afterEach(() => app.close());

  const at = (query = '') => `/kontor/evenemang/${event._id}/narvaro${query}`;
  const words = async (query = '') => wordsOf(await (await maja.get(at(query))).text());

  it('has one button for each who is registered, and undoes in the same place', async () => {
    const { _id } = await aRegistration(event);
    await aRegistration(event, { email: 'borta@example.se', familyName: 'Borta', status: 'cancelled' });
    expect(await words())
      .to.include('Har kommit : Åsa Öberg')
      .and.not.include('Borta');
    const answer = await maja.post(at(), { registration: String(_id), present: 'ja' });
    expect(answer.status).to.equal(303);
    const back = answer.headers.get('location') ?? '';
    expect(back).to.equal(`${at(`?marked=${_id}`)}#p-${_id}`);
    const page = await (await maja.get(back)).text();
    expect(page).to.include(`id="p-${_id}"`);
    expect(page).to.match(/role="status">Åsa Öberg är här sedan klockan 8\.52\.</);
    expect(await words()).to.include('✓ Här 8.52 Ångra : Åsa Öberg');
    expect(await words()).to.include('1 har kommit 0 väntas');
    await maja.post(at(), { registration: String(_id), present: '' });
    expect(await words())
      .to.include('0 har kommit 1 väntas')
      .and.include('Har kommit : Åsa');
    await maja.post(at(), { registration: String(_id), present: 'nej' });
    expect(await words()).to.include('0 väntas 1 kom inte');
    expect(await RegistrationModel.findById(_id).lean()).to.include({
      present: false,
      role: 'strategisk-tjansteperson',
    });
  });

  it('keeps those on site and those online apart, and marks where somebody is', async () => {
    const { _id } = await aRegistration(event, { mode: 'digitalt', familyName: 'Ek' });
    await aRegistration(event, { email: 'b@example.se' });
    expect(await words())
      .to.include('Öberg')
      .and.not.include('Ek, Åsa');
    const online = await words('?mode=digitalt');
    expect(online).to.include('Är med : Åsa Ek').and.not.include('Öberg');
    expect(await words('?mode=alla'))
      .to.include('Ek, Åsa')
      .and.include('Öberg');
    const asked = await words('?q=ek');
    expect(asked).to.include('1 träff bland dem som deltar digitalt');
    await maja.post(at(), { registration: String(_id), present: 'plats', mode: 'digitalt' });
    expect(await RegistrationModel.findById(_id).lean()).to.include({
      present: true,
      mode: 'digitalt',
      attendedMode: 'plats',
    });
    expect(await words()).to.include('1 har kommit 1 väntas');
    expect(await words('?mode=digitalt'))
      .to.include('0 har kommit 0 väntas')
      .and.include('✓ Här');
  });

  it('counts by municipality', async () => {
    await aRegistration(event, { present: true, municipality: '0583' });
    await aRegistration(event, { email: 'b@example.se', municipality: '0583' });
    await aRegistration(event, { email: 'c@example.se', municipality: 'annan' });
    await aRegistration(event, { email: 'd@example.se', mode: 'digitalt', municipality: '0580' });
    expect(await words()).to.include('Kommun Har kommit Av anmälda Motala 1 2 Annan 0 1 ');
  });

  it('asks once before the day, and marks nothing until the answer', async () => {
    now = new Date('2027-02-10T12:00:00Z');
    const { _id } = await aRegistration(event);
    const form = { registration: String(_id), present: 'ja', q: 'öberg' };
    const question = await maja.post(at(), form);
    expect(question.status).to.equal(200);
    expect(wordsOf(await question.text())).to.include('Är Åsa Öberg verkligen på plats redan nu?');
    expect(await RegistrationModel.countDocuments({ present: { $ne: null } })).to.equal(0);
    const answer = await maja.post(at(), { ...form, early: 'ja' });
    const back = answer.headers.get('location') ?? '';
    expect(back).to.include('early=ja').and.include('q=%C3%B6berg');
    expect(await RegistrationModel.findById(_id).lean()).to.include({ present: true, presentAt: null });
    const page = await (await maja.get(back)).text();
    expect(page.match(/name="early" value="ja"/g)?.length).to.equal(2);
  });

  it('finds people, and comes back to the same search', async () => {
    const { _id } = await aRegistration(event);
    await aRegistration(event, { email: 'ek@example.se', familyName: 'Ek', municipality: '0513' });
    expect(await words('?q=linköping'))
      .to.include('Öberg')
      .and.include('Ek');
    expect(await words('?q=kinda'))
      .to.include('Ek, Åsa')
      .and.not.include('Öberg, Åsa');
    expect(await (await maja.get(at('?q=%C3%B6berg'))).text()).to.include('name="q" value="öberg"');
    const answer = await maja.post(at(), { registration: String(_id), present: 'ja', q: 'öberg', page: '1' });
    expect(answer.headers.get('location')).to.equal(`${at(`?q=%C3%B6berg&page=1&marked=${_id}`)}#p-${_id}`);
  });

  it('takes no other answer, nobody else’s registration, and no form without its token', async () => {
    const { _id } = await aRegistration(event);
    const stranger = await aRegistration(await anEvent(), { email: 'annan@example.se' });
    const posts: Record<string, string>[] = [
      { registration: String(_id), present: 'kanske' },
      { registration: String(stranger._id), present: 'ja' },
      { registration: 'x', present: 'ja' },
      { present: 'ja' },
    ];
    for (const fields of posts) expect((await maja.post(at(), fields)).status).to.equal(404);
    const forged = { registration: String(_id), present: 'ja', csrf: 'x' };
    expect((await maja.post(at(), forged)).status).to.equal(403);
    expect(await words(`?marked=${stranger._id}`)).not.to.include('är inte markerad');
    expect(await RegistrationModel.countDocuments({ present: { $ne: null } })).to.equal(0);
  });

  it('keeps a mark where a post says nothing of it', async () => {
    const { _id } = await aRegistration(event, { present: true });
    expect((await maja.post(at(), { registration: String(_id) })).status).to.equal(400);
    expect(await RegistrationModel.findById(_id).lean()).to.have.property('present', true);
  });

  it('is closed for a cancelled event and for other county boards', async () => {
    const { _id } = await aRegistration(event);
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    expect((await eva.get(at())).status).to.equal(404);
    expect((await eva.post(at(), { registration: String(_id), present: 'ja' })).status).to.equal(404);
    await EventModel.updateOne({ _id: event._id }, { $set: { state: 'cancelled' } });
    expect(await words())
      .to.include('Evenemanget är inställt')
      .and.not.include('Har kommit :');
    await maja.post(at(), { registration: String(_id), present: 'ja' });
    expect(await RegistrationModel.findById(_id).lean()).to.have.property('present', null);
  });
});

describe("the office's list by the door, on a phone without JavaScript", () => {
  const open = useBrowser();
  let app: TestApp;
  let page: Page;
  let event: Event;

  before(async () => {
    app = await startApp({ clock: () => arrival });
    await anAuthority();
    event = await anEvent();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    for (const letter of letters)
      await aRegistration(event, { familyName: `${letter}dal`, email: `${letter}@example.se`.toLowerCase() });
    page = await open({ width: 360, javaScript: false });
    await page.setViewportSize({ width: 360, height: 740 });
    const [name = '', value = ''] = (await signIn(app)).cookie.split('=');
    await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/kontor' }]);
  });
  after(() => app?.close());

  it('shows the first name and its button on the first screen', async () => {
    await page.goto(`${app.url}/kontor/evenemang/${event._id}/narvaro`);
    const button = await page.getByRole('button', { name: /Har kommit.*Adal/ }).boundingBox();
    expect((button?.y ?? 999) + (button?.height ?? 0)).to.be.below(740);
  });

  it('stays where one was after a mark, says it in sight, and a second tap there undoes nothing', async () => {
    const button = page.getByRole('button', { name: /Har kommit.*Odal/ });
    await button.scrollIntoViewIfNeeded();
    await button.click();
    const row = page.getByRole('listitem').filter({ hasText: 'Odal' });
    await row.getByText('✓ Här').waitFor();
    const top = (await row.boundingBox())?.y ?? -1;
    expect(top).to.be.within(200, 400);
    const said = await page.getByRole('status').boundingBox();
    expect(said?.y).to.be.within(0, 100);
    const here = await row.getByText('✓ Här').boundingBox();
    await page.mouse.click((here?.x ?? 0) + 10, (here?.y ?? 0) + 10);
    expect(await row.getByText('✓ Här').count()).to.equal(1);
  });
});
