import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/sign-in.ts';
import { wordsOf } from '../../support/words.ts';

describe("the office's list by the door", () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  const arrival = new Date('2027-02-11T07:52:00Z');

  beforeEach(async () => {
    app = await startApp({ clock: () => arrival });
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
    expect(answer.headers.get('location')).to.equal(`${at()}#p-${_id}`);
    expect(await (await maja.get(at())).text()).to.include(`id="p-${_id}"`);
    expect(await words())
      .to.include('Kom klockan 8.52')
      .and.include('Här ✓ Ångra : Åsa Öberg');
    expect(await words()).to.include('har kommit 1 inte noterade 0 kom inte 0');
    await maja.post(at(), { registration: String(_id), present: '' });
    expect(await words())
      .to.include('har kommit 0 inte noterade 1')
      .and.include('Har kommit : Åsa');
    await maja.post(at(), { registration: String(_id), present: 'nej' });
    expect(await words()).to.include('inte noterade 0 kom inte 1');
    expect(await RegistrationModel.findById(_id).lean()).to.include({
      present: false,
      role: 'strategisk-tjansteperson',
    });
  });

  it('finds people, and comes back to the same search', async () => {
    const { _id } = await aRegistration(event);
    await aRegistration(event, { email: 'ek@example.se', familyName: 'Ek', municipality: '0513' });
    expect(await words('?q=linköping'))
      .to.include('Öberg')
      .and.include('Ek');
    expect(await words('?q=kinda'))
      .to.include('Ek, Åsa')
      .and.not.include('Öberg');
    expect(await (await maja.get(at('?q=%C3%B6berg'))).text()).to.include('name="q" value="öberg"');
    const answer = await maja.post(at(), { registration: String(_id), present: 'ja', q: 'öberg', page: '1' });
    expect(answer.headers.get('location')).to.equal(`${at('?q=%C3%B6berg&page=1')}#p-${_id}`);
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
