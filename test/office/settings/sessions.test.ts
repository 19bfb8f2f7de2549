import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createApp } from '../../../src/app.ts';
import { AuditModel } from '../../../src/audit/log.ts';
import { makeLink } from '../../../src/organisers/sign-in.ts';
import { forgetSessions, SignInSessionModel } from '../../../src/organisers/sign-in-session.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, monday } from '../../support/builders.ts';
import {
  anOrganiser,
  type Browser,
  browser,
  cookieOf,
  signIn,
  tokenIn,
} from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const windows = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0';
const settings = '/kontor/installningar';

describe('A sign-in session', () => {
  let app: TestApp;
  let now = monday;
  const minutesOn = (minutes: number) => {
    now = new Date(+monday + minutes * 60_000);
  };

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
  });
  afterEach(() => app.close());

  /** Signs Maja in on a computer of hers. */
  async function onWindows(): Promise<Browser> {
    const context = { now, by: {}, settings: app.settings };
    const { pathname } = new URL(await makeLink(context, await anOrganiser(), 15));
    const headers = { 'User-Agent': windows };
    const answer = await fetch(app.url + pathname, { method: 'POST', redirect: 'manual', headers });
    const cookie = cookieOf(answer);
    const page = await fetch(`${app.url}/kontor`, { headers: { cookie } });
    return browser(app, cookie, tokenIn(await page.text()));
  }

  const isIn = async (one: Browser) => (await one.get('/kontor')).status === 200;

  it('ends when it has not been used for two hours', async () => {
    const maja = await onWindows();
    for (const minutes of [119, 238, 357]) {
      minutesOn(minutes);
      expect(await isIn(maja), `${minutes}`).to.equal(true);
    }
    minutesOn(357 + 120);
    expect((await maja.get('/kontor')).headers.get('location')).to.equal('/kontor/logga-in');
    expect((await maja.post(settings)).headers.get('location')).to.equal('/kontor/logga-in');
  });

  it('ends after twelve hours, however it is used', async () => {
    const maja = await onWindows();
    for (let minutes = 60; minutes < 12 * 60; minutes += 60) {
      minutesOn(minutes);
      expect(await isIn(maja), `${minutes}`).to.equal(true);
    }
    minutesOn(12 * 60);
    expect(await isIn(maja)).to.equal(false);
  });

  it('is forgotten after seven days', async () => {
    await signIn(app);
    for (const [minutes, left] of [
      [7 * 24 * 60 - 1, 1],
      [7 * 24 * 60, 0],
    ] as const) {
      minutesOn(minutes);
      await forgetSessions({ now });
      expect(await SignInSessionModel.countDocuments()).to.equal(left);
    }
  });

  it('whose cookie is left over leads to the form, and not in a circle', async () => {
    const { cookie, csrf } = await signIn(app);
    await SignInSessionModel.deleteMany({});
    const maja = browser(app, cookie, csrf);
    expect((await maja.get('/kontor')).headers.get('location')).to.equal('/kontor/logga-in');
    expect((await maja.get('/kontor/logga-in')).status).to.equal(200);
  });

  it('stands in the list of one’s own, with its kind of browser and its times, and no address on the net', async () => {
    const maja = await onWindows();
    await signIn(app, { email: 'eva.ek@example.se', name: 'Eva Ek' });
    minutesOn(30);
    const phone = await signIn(app);
    const words = wordsOf(await (await phone.get(settings)).text());
    expect(words)
      .to.include('Firefox på Windows Inloggad')
      .and.include('Okänd webbläsare (den du använder nu)');
    const rows = await SignInSessionModel.find().lean();
    expect(rows).to.have.length(3);
    expect(JSON.stringify(rows)).not.to.contain('127.0.0.1').and.not.contain('140');
    expect(await isIn(maja)).to.equal(true);
  });

  it('can be ended on another device', async () => {
    const [computer, phone] = [await onWindows(), await signIn(app)];
    const html = await (await phone.get(settings)).text();
    const [path = '', ...more] = html.match(/\/kontor\/installningar\/inloggningar\/\w+\/logga-ut/g) ?? [];
    expect(more, 'not the one in use').to.deep.equal([]);
    const answer = await phone.post(path);
    expect(answer.headers.get('location')).to.equal(`${settings}?klart=utloggad`);
    expect(await isIn(computer)).to.equal(false);
    expect(await isIn(phone)).to.equal(true);
    expect((await phone.post(path)).status).to.equal(404);
  });

  it('ends everywhere at once, which the log tells', async () => {
    const [computer, phone] = [await onWindows(), await signIn(app)];
    const eva = await signIn(app, { email: 'eva.ek@example.se', name: 'Eva Ek' });
    const answer = await phone.post('/kontor/logga-ut-overallt');
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/kontor/logga-in']);
    expect([await isIn(computer), await isIn(phone), await isIn(eva)]).to.deep.equal([false, false, true]);
    expect(await AuditModel.countDocuments({ action: 'organiser.signedOut', by: 'Maja Lindgren' })).to.equal(
      1,
    );
  });

  it('does not come back by a request that was under way when it ended', async () => {
    const maja = await signIn(app);
    const requests = Array.from({ length: 10 }, () => maja.get('/kontor'));
    await maja.post('/kontor/logga-ut-overallt');
    await Promise.all(requests);
    expect(await isIn(maja)).to.equal(false);
  });

  it('is signed by a key that SECRET_BEFORE keeps good', async () => {
    const maja = await signIn(app);
    const { secret } = app.settings;
    Object.assign(app.settings, { secret: 'quite another secret, also long enough', secretBefore: secret });
    const later = await startAgain();
    expect(await isIn(browser(later, maja.cookie, ''))).to.equal(true);
    Object.assign(app.settings, { secretBefore: undefined });
    const withoutIt = await startAgain();
    expect(await isIn(browser(withoutIt, maja.cookie, ''))).to.equal(false);
  });

  /** The same database behind an application that reads its settings anew. */
  async function startAgain(): Promise<TestApp> {
    const server = createApp({ settings: app.settings, clock: () => now }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const close = app.close;
    app.close = async () => {
      server.close();
      server.closeAllConnections();
      await close();
    };
    return { ...app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }
});
