import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createApp } from '../../../src/app.ts';
import { paths } from '../../../src/base/paths.ts';
import { EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { registerColleagues } from '../../../src/registrations/sign-up/colleagues.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import {
  aForm,
  anAuthority,
  anEvent,
  aPerson,
  aRegistration,
  formOf,
  monday,
} from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { fieldsOf } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const minutesOn = (minutes: number) => new Date(+monday + minutes * 60_000);

describe('The limit of people whom one network signs up', () => {
  let app: TestApp;
  let now: Date;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { rateLimit: true, trustProxy: 1 } });
    await anAuthority();
    await anEvent({ slug: 'dagen', seats: { plats: null, digitalt: null } });
  });
  afterEach(() => app.close());

  const event = async () => (await EventModel.findOne().orFail().lean())._id;
  /** So many people of one network, by the act itself, all at once. */
  async function fill(network: string, number: number, at = now): Promise<void> {
    const context = { ...visitorAt(at, { rateLimit: true }), by: { network } };
    const id = await event();
    const people = Array.from({ length: number }, (_, n) =>
      aPerson({ email: `${+at}-${n}@${network.replace(/\W+/g, '-')}.example.se` }),
    );
    await Promise.all(people.map((person) => register(context, id, person)));
  }

  const post = (path: string, answers: Record<string, string>, from: string, url = app.url) => {
    const form = formOf(answers);
    return fetch(url + path, { ...form, headers: { ...form.headers, 'X-Forwarded-For': from } });
  };
  const signUp = (email: string, from: string, url?: string) =>
    post('/evenemang/dagen/anmalan', aForm({ email }), from, url);

  it('is 200 in five minutes, also after a restart, and the form stays filled in', async () => {
    await fill('203.0.113.7', 199);
    expect((await signUp('sista@example.se', '203.0.113.7')).status).to.equal(303);
    const restarted = createApp({ settings: app.settings, clock: () => now }).listen(0, '127.0.0.1');
    await once(restarted, 'listening');
    const other = `http://127.0.0.1:${(restarted.address() as AddressInfo).port}`;
    const refused = await signUp('sen@example.se', '203.0.113.7', other);
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([429, '300']);
    const html = await refused.text();
    expect(wordsOf(html)).to.contain('Vänta 5 minuter och skicka sedan igen');
    expect(fieldsOf(html).email).to.equal('sen@example.se');
    expect((await signUp('annan@example.se', '203.0.113.8')).status).to.equal(303);
    now = minutesOn(5);
    expect((await signUp('sen@example.se', '203.0.113.7', other)).status).to.equal(303);
    restarted.close();
    restarted.closeAllConnections();
  });

  it('is one for the /64 of an IPv6 address', async () => {
    await fill('2001:db8:1:2::/64', 200);
    expect((await signUp('en@example.se', '2001:db8:1:2:3::4')).status).to.equal(429);
    expect((await signUp('en@example.se', '2001:db8:1:3::4')).status).to.equal(303);
  });

  it('is used up by nobody who is not taken, and never keeps a valid form out (a municipality behind one address)', async () => {
    const wrong = () => post('/evenemang/dagen/anmalan', { x: '1' }, '203.0.113.7');
    for (let part = 0; part < 11; part += 1) await Promise.all(Array.from({ length: 50 }, wrong));
    const flood = await wrong();
    expect([flood.status, flood.headers.get('retry-after')]).to.deep.equal([429, '300']);
    expect((await signUp('en@example.se', '203.0.113.7')).status).to.equal(303);
    await EventModel.updateOne({}, { closesAt: monday });
    expect((await signUp('sen@example.se', '203.0.113.7')).status).to.equal(422);
    await EventModel.updateOne({}, { closesAt: minutesOn(60) });
    await fill('203.0.113.7', 199);
    expect((await signUp('tva@example.se', '203.0.113.7')).status).to.equal(429);
  });

  it('counts each of a group, and takes all of them or none', async () => {
    const context = { ...visitorAt(now, { rateLimit: true }), by: { network: '203.0.113.7' } };
    const group = (name: string, number: number) => {
      const people = Array.from({ length: number }, (_, n) => aPerson({ email: `${name}${n}@example.se` }));
      return { registrar: aPerson({ email: `${name}0@example.se` }), people };
    };
    await fill('203.0.113.7', 185);
    expect(await registerColleagues(context, await event(), group('a', 10))).to.deep.equal({
      registered: true,
    });
    expect(await registerColleagues(context, await event(), group('b', 6))).to.include({
      refused: 'tooMany',
      seconds: 300,
    });
    expect(await RegistrationModel.countDocuments()).to.equal(195);
    expect(await registerColleagues(context, await event(), group('c', 5))).to.deep.equal({
      registered: true,
    });
    const form = { ...aForm({ email: 'd@example.se' }), colleagueEmail: 'e@example.se' };
    const asked = { ...form, colleagueGivenName: 'Åsa', colleagueFamilyName: 'Öberg', colleagueRole: 'chef' };
    const answer = await post(
      '/en/evenemang/dagen/anmalan',
      { ...asked, colleagueMode: 'plats' },
      '203.0.113.7',
    );
    expect(answer.status).to.equal(429);
    const html = await answer.text();
    expect(wordsOf(html)).to.contain('Wait 5 minutes and then send again');
    expect(fieldsOf(html).colleagueEmail).to.equal('e@example.se');
  });

  it('counts a known address as a new one, a second click not at all, and gives that its answer', async () => {
    await signUp('en@example.se', '203.0.113.7');
    await fill('203.0.113.7', 198);
    expect((await signUp('en@example.se', '203.0.113.7')).status).to.equal(303);
    const again = aForm({ email: 'en@example.se', organisation: 'En annan arbetsplats' });
    expect((await post('/evenemang/dagen/anmalan', again, '203.0.113.7')).status).to.equal(303);
    expect((await post('/evenemang/dagen/anmalan', again, '203.0.113.7')).status).to.equal(429);
    expect((await signUp('en@example.se', '203.0.113.7')).status).to.equal(303);
  });

  it('keeps nobody from using a personal link, and no organiser from entering people', async () => {
    const one = await aRegistration(await EventModel.findOne().orFail().lean(), { email: 'en@example.se' });
    await fill('203.0.113.7', 200);
    const token = tokenOf(one, app.settings.secret);
    for (const path of [paths.cancelRegistration(token), paths.signUpAgain(token)])
      expect((await post(path, {}, '203.0.113.7')).status).to.equal(303);
    const office = organiserAt(now, { rateLimit: true });
    expect(await register(office, await event(), aPerson({ email: 'tva@example.se' }))).not.to.have.property(
      'refused',
    );
    expect(await RegistrationModel.countDocuments({ status: 'confirmed' })).to.equal(202);
  });

  it('lets letters that one network causes leave at a tenth of the pace of all', async () => {
    await fill('203.0.113.7', 100);
    await fill('203.0.113.8', 10);
    const letters = await LetterModel.find().sort({ _id: 1 }).lean();
    const seconds = letters.map(({ dueAt }) => (+(dueAt ?? 0) - +now) / 1000);
    expect(seconds.filter((one) => one === 0)).to.have.length(70);
    expect(Math.max(...seconds)).to.equal(40);
  });
});
