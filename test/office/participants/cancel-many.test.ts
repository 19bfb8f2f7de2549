import { expect } from 'chai';
import type { Event } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe("cancelling many from the office's list", () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let people: Registration[];

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent();
    maja = await signIn(app);
    people = [];
    for (const [familyName, municipality] of [
      ['Al', '0583'],
      ['Bo', '0583'],
      ['Ek', '0580'],
    ] as const)
      people.push(
        await aRegistration(event, { familyName, municipality, email: `${familyName}@example.se` }),
      );
  });
  afterEach(() => app.close());

  const list = () => `/kontor/evenemang/${event._id}/deltagare`;
  const chosenIn = (html: string) =>
    [...html.matchAll(/type="hidden" name="chosen" value="(\w+)"/g)].map(([, id = '']) => id);
  const ids = (...names: string[]) =>
    people.filter(({ familyName }) => names.includes(familyName)).map(({ _id }) => String(_id));
  const active = async () =>
    (await RegistrationModel.find({ status: 'confirmed' }).sort({ email: 1 }).lean()).map(
      ({ familyName }) => familyName,
    );

  it('asks with names and counts, and then takes away those who were ticked', async () => {
    expect(await (await maja.get(list())).text()).to.include('aria-label="Välj Åsa Al"');
    const question = await maja.post(`${list()}/avboka`, { chosen: ids('Al', 'Ek') });
    expect(question.status).to.equal(200);
    const html = await question.text();
    expect(wordsOf(html)).to.include('Vill du avboka 2 personer?').and.include('Åsa Al, Motala');
    expect(await active()).to.deep.equal(['Al', 'Bo', 'Ek']);

    const done = await maja.post(`${list()}/avboka`, { chosen: chosenIn(html), letters: 'nej' });
    expect(done.status).to.equal(303);
    const words = wordsOf(await (await maja.get(done.headers.get('location') ?? '')).text());
    expect(words).to.include('2 personer är avbokade. Inga mejl skickas till dem.');
    expect(await active()).to.deep.equal(['Bo']);
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('takes all whom the filter shows, and leads back to it', async () => {
    const html = await (await maja.get(`${list()}?municipality=0583`)).text();
    const action = /action="([^"]*avboka\?[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const question = await (await maja.post(action, { all: 'ja' })).text();
    expect(chosenIn(question)).to.have.members(ids('Al', 'Bo'));
    expect(question).to.include(`href="${list()}?municipality=0583&amp;status=confirmed"`);
    await maja.post(action, { chosen: chosenIn(question), letters: 'ja' });
    expect(await active()).to.deep.equal(['Ek']);
    expect(await LetterModel.countDocuments({ kind: 'cancelled' })).to.equal(2);
  });

  it('says who is cancelled already, changes nothing, and asks about the others', async () => {
    await maja.post(`${list()}/avboka`, { chosen: ids('Al'), letters: 'nej' });
    for (const letters of [{}, { letters: 'nej' }] as Record<string, string>[]) {
      const answer = await maja.post(`${list()}/avboka`, { chosen: ids('Al', 'Bo'), ...letters });
      expect(answer.status).to.equal(409);
      const html = await answer.text();
      expect(wordsOf(html))
        .to.include('Inget är ändrat. Åsa Al är redan avbokad.')
        .and.include('Vill du avboka 1 person?');
      expect(chosenIn(html)).to.deep.equal(ids('Bo'));
    }
    const other = await aRegistration(await anEvent(), { email: 'annan@example.se' });
    const stranger = await maja.post(`${list()}/avboka`, { chosen: [String(other._id)], letters: 'ja' });
    expect([stranger.status, wordsOf(await stranger.text())]).to.satisfy(
      ([status, words]: [number, string]) => status === 409 && words.includes('finns inte i listan'),
    );
    expect((await active()).toSorted()).to.deep.equal(['Bo', 'Ek', 'Öberg']);
  });

  it('says that nobody is chosen, and takes no ids that are none', async () => {
    const nobody = await maja.post(`${list()}/avboka`);
    expect(nobody.status).to.equal(422);
    expect(wordsOf(await nobody.text())).to.include('Ingen är vald');
    expect((await maja.post(`${list()}/avboka`, { letters: 'ja' })).status).to.equal(422);
    expect((await maja.post(`${list()}/avboka`, { chosen: 'x' })).status).to.equal(400);
  });

  it('takes a page on which all 500 boxes are ticked', async () => {
    const chosen = Array.from({ length: 500 }, (_, number) => number.toString(16).padStart(24, '0'));
    expect((await maja.post(`${list()}/avboka`, { chosen })).status).to.equal(409);
  });
});
