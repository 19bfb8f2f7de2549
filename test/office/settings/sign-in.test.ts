import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { createApp } from '../../../src/app.ts';
import { databaseClient } from '../../../src/base/database.ts';
import { OrganiserModel } from '../../../src/organisers/organiser.ts';
import { makeLink } from '../../../src/organisers/sign-in.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { formOf, monday } from '../../support/builders.ts';
import { answerRequests } from '../../support/link-requests.ts';
import { anOrganiser, browser, cookieOf, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

/** The stored sessions, as text. */
async function storedSessions(): Promise<string[]> {
  const { client, dbName } = databaseClient();
  const rows = await client.db(dbName).collection('sessions').find().toArray();
  return rows.map((row) => JSON.stringify(row));
}

describe('Signing in', () => {
  let app: TestApp;
  let now = monday;
  const smtpUrl = 'smtp://post.example.se';
  const link = async (minutes = 15) => {
    const context = { now, by: {}, settings: app.settings };
    return app.url + new URL(await makeLink(context, await anOrganiser(), minutes)).pathname;
  };

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { smtpUrl } });
  });
  afterEach(() => app.close());

  it('shows its page without a cookie', async () => {
    const answer = await fetch(`${app.url}/kontor/logga-in`);
    expect(answer.status).to.equal(200);
    expect(answer.headers.getSetCookie()).to.deep.equal([]);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
  });

  it('answers an organiser and a stranger alike, and writes to the organiser', async () => {
    await anOrganiser();
    const ask = (email: string) => fetch(`${app.url}/kontor/logga-in`, formOf({ email }));
    const answers = await Promise.all(['nagon@example.se', ' Maja.Lindgren@EXAMPLE.se '].map(ask));
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    const [stranger, known] = answers.map(({ headers }) => [
      headers.get('location'),
      headers.getSetCookie().map((cookie) => cookie.replace(/=[\w-]{43};/, '=…;')),
    ]);
    expect(known).to.deep.equal(stranger);
    expect(await LetterModel.countDocuments()).to.equal(0);
    await answerRequests(app);
    const page = await fetch(app.url + answers[0]?.headers.get('location'));
    expect(await page.text()).to.contain('Titta i din inkorg');
    const letter = await LetterModel.findOne().orFail().lean();
    expect(letter.to.address).to.equal('maja.lindgren@example.se');
  });

  it('says where the link goes, also where there is no mail server', async () => {
    const words = async (path = '') =>
      wordsOf(await (await fetch(`${app.url}/kontor/logga-in${path}`)).text());
    expect(await words())
      .to.include('så mejlar vi en länk')
      .and.include('Mejla länken');
    for (const [production, printed] of [
      [false, 'skrivs ut där programmet körs. Du'],
      [true, 'skrivs ut där programmet körs, men bara för den första organisatören. Du'],
    ] as const) {
      await app.close();
      app = await startApp({ settings: { production, smtpUrl: undefined } });
      const asked = await words();
      expect(asked)
        .to.include(printed)
        .and.include('Skriv ut länken')
        .and.not.match(/mejlar? /i);
      expect(await words('?skickat=ja')).to.include(
        production ? 'till den första organisatören skrivs' : 'till en organisatör skrivs',
      );
      expect(await words(`/${'a'.repeat(43)}`))
        .to.include('Be om en ny.')
        .and.not.include('mejlar');
      const invited = wordsOf(await (await (await signIn(app)).get('/kontor/installningar')).text());
      expect(invited).to.include(
        production ? 'får ingen länk att logga in med' : 'länken att logga in med skrivs ut',
      );
    }
  });

  it('says what is wrong with an address', async () => {
    const answer = await fetch(`${app.url}/kontor/logga-in`, formOf({ email: 'maja@' }));
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(html).to.contain('<title>Fel: Logga in').and.contain('value="maja@"').and.contain('href="#email"');
  });

  it('asks by a button, works once, and refuses a link that is used or too old', async () => {
    const url = await link();
    const page = await fetch(url);
    expect(await page.text()).to.contain('Logga in som Maja Lindgren');
    expect(page.headers.getSetCookie().join()).to.match(
      /^kontor-inloggning=[^;]+; .*Path=\/kontor\/logga-in;/,
    );
    const first = await fetch(url, formOf({}));
    expect([first.status, first.headers.get('location')]).to.deep.equal([303, '/kontor']);
    for (const answer of [await fetch(url, formOf({})), await fetch(url)]) {
      expect(answer.status).to.equal(404);
      expect(await answer.text()).to.contain('Länken gäller inte längre');
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    }
    const late = await link();
    now = new Date(+monday + 15 * 60_000);
    expect((await fetch(late, formOf({}))).status).to.equal(404);
  });

  it('is not done by another site’s form', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const url = await link();
    expect((await fetch(url, { ...formOf({}), headers })).status).to.equal(403);
    expect((await fetch(url, formOf({}))).status).to.equal(303);
  });

  it('sets a cookie that no script reads and no other page gets, and stores neither its id nor the link', async () => {
    const answer = await fetch(await link(), formOf({}));
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).to.match(/^kontor=/);
    expect(cookie.split('; ').slice(1)).to.include.members(['Path=/kontor', 'HttpOnly', 'SameSite=Lax']);
    expect(cookie).not.to.contain('Secure');
    const id = decodeURIComponent(cookieOf(answer)).slice('kontor=s:'.length).split('.')[0] ?? '';
    const [stored, ...more] = await storedSessions();
    expect(id).to.have.length.above(20);
    expect(stored).not.to.contain(id);
    expect(more).to.deep.equal([]);
  });

  it('marks the cookie Secure in production, whatever the proxy tells', async () => {
    await app.close();
    app = await startApp({ settings: { production: true, smtpUrl } });
    const answer = await fetch(await link(), formOf({}));
    expect(answer.headers.getSetCookie()[0]).to.contain('; Secure');
    expect((await browser(app, cookieOf(answer), '').get('/kontor')).status).to.equal(200);
  });

  it('begins a session with a new id, and the one before is dead', async () => {
    const before = await signIn(app);
    const answer = await fetch(await link(), { ...formOf({}), headers: { cookie: before.cookie } });
    expect(cookieOf(answer)).not.to.equal(before.cookie).and.not.to.equal('');
    expect((await before.get('/kontor')).status).to.equal(303);
    expect((await browser(app, cookieOf(answer), '').get('/kontor')).status).to.equal(200);
  });

  it('takes no id that a visitor brings along', async () => {
    const headers = { cookie: 'kontor=s%3Abrought.along' };
    const answer = await fetch(await link(), { ...formOf({}), headers });
    expect(cookieOf(answer))
      .to.match(/^kontor=s%3A/)
      .and.not.to.contain('brought');
  });

  it('ends by signing out, here and in the database', async () => {
    const maja = await signIn(app);
    const answer = await maja.post('/kontor/logga-ut');
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/kontor/logga-in']);
    expect(answer.headers.getSetCookie()[0]).to.match(/^kontor=;.*Expires=Thu, 01 Jan 1970/);
    expect(await storedSessions()).to.deep.equal([]);
    expect((await maja.get('/kontor')).status).to.equal(303);
  });

  it('ends at once for an organiser who is taken away', async () => {
    const maja = await signIn(app);
    await OrganiserModel.deleteMany({});
    expect((await maja.get('/kontor')).headers.get('location')).to.equal('/kontor/logga-in');
  });

  /** Asks for a link in a browser. @returns its cookie, and the path of the link in the newest letter */
  const askAndRead = async () => {
    const { email } = await anOrganiser();
    const answer = await fetch(`${app.url}/kontor/logga-in`, formOf({ email }));
    await answerRequests(app);
    const letter = await LetterModel.findOne()
      .sort({ _id: -1 })
      .setOptions({ promoteBuffers: true })
      .orFail()
      .lean();
    const { text = '' } = await simpleParser(letter.raw ?? '');
    return { cookie: cookieOf(answer), path: /\/kontor\/logga-in\/[\w-]{43}/.exec(text)?.[0] ?? '', email };
  };

  it('needs one click in the browser that asked, and in another one the address that the link went to', async () => {
    const { cookie, path, email } = await askAndRead();
    const own = await (await fetch(app.url + path, { headers: { cookie } })).text();
    expect(own).to.contain('Logga in som Maja Lindgren').and.not.contain('name="email"');
    const other = await (await fetch(app.url + path)).text();
    expect(other).to.contain('name="email"').and.not.contain('Maja Lindgren');
    for (const typed of ['', 'eva.ek@example.se']) {
      const refused = await fetch(app.url + path, formOf({ email: typed }));
      expect(refused.status).to.equal(422);
      expect(await refused.text())
        .to.contain('<title>Fel: Logga in')
        .and.contain('href="#email"');
      expect(cookieOf(refused)).not.to.match(/^kontor=/);
    }
    expect((await fetch(app.url + path, formOf({ email }))).status).to.equal(303);
    const again = await askAndRead();
    const click = await fetch(app.url + again.path, { ...formOf({}), headers: { cookie: again.cookie } });
    expect([click.status, cookieOf(click).slice(0, 7)]).to.deep.equal([303, 'kontor=']);
  });

  it('is kept from nobody by what others ask for behind the same network, and a good link is never refused', async () => {
    await app.close();
    app = await startApp({ clock: () => now, settings: { smtpUrl, rateLimit: true } });
    const path = new URL(await link()).pathname;
    const ask = async (email: string) =>
      (await fetch(`${app.url}/kontor/logga-in`, formOf({ email }))).status;
    for (let time = 0; time < 40; time += 1) await ask(`nagon${time}@example.se`);
    for (let time = 0; time < 40; time += 1) await ask('nagon@example.se');
    for (let time = 0; time < 40; time += 1) await fetch(app.url + path.slice(0, -1), formOf({}));
    expect(await ask('nagon@example.se')).to.equal(429);
    expect(await ask('maja.lindgren@example.se')).to.equal(303);
    expect((await fetch(app.url + path, formOf({}))).status).to.equal(303);
    await answerRequests(app);
    expect((await LetterModel.findOne().lean())?.to.address).to.equal('maja.lindgren@example.se');
  });

  it('is counted in the database, without addresses, and again after a quarter of an hour', async () => {
    await app.close();
    app = await startApp({ clock: () => now, settings: { rateLimit: true } });
    const ask = (url: string) => fetch(`${url}/kontor/logga-in`, formOf({ email: 'nagon@example.se' }));
    for (let time = 0; time < 30; time += 1) await ask(app.url);
    const server = createApp({ settings: app.settings, clock: () => now }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const other = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const refused = await ask(other);
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([429, '900']);
    const { client, dbName } = databaseClient();
    const rows = await client.db(dbName).collection('limits').find().toArray();
    expect(JSON.stringify(rows)).not.to.contain('nagon').and.not.contain('127.0.0.1');
    now = new Date(+monday + 15 * 60_000);
    expect((await ask(other)).status).to.equal(303);
    server.close();
    server.closeAllConnections();
  });

  it('is limited by the address on the net where limits are on', async () => {
    await app.close();
    app = await startApp({ settings: { rateLimit: true } });
    const ask = () => fetch(`${app.url}/kontor/logga-in`, formOf({ email: 'nagon@example.se' }));
    for (let time = 0; time < 30; time += 1) expect((await ask()).status).to.equal(303);
    const refused = await ask();
    expect(refused.status).to.equal(429);
    expect(await refused.text()).to.contain('Vänta');
  });
});
