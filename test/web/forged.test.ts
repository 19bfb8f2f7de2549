import { expect } from 'chai';
import { makeLink } from '../../src/organisers/sign-in.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../support/builders.ts';
import { anOrganiser, type Browser, cookieOf, signIn, tokenIn } from '../support/requests/sign-in.ts';
import { visit } from '../support/requests/visitor.ts';

const foreign = 'https://evil.example';

describe('A form', () => {
  let app: TestApp;
  let maja: Browser;
  let key: string;

  before(async () => {
    app = await startApp();
    await anAuthority();
    key = tokenOf(await aRegistration(await anEvent()), app.settings.secret);
    maja = await signIn(app);
  });
  after(() => app.close());

  const post = async (path: string, headers: Record<string, string>, answers: Record<string, string> = {}) =>
    (await visit(app, path, { method: 'POST', headers, body: new URLSearchParams(answers) })).status;

  /** What a browser tells of where a form comes from; whether it is taken where no cookie counts, and where one does. */
  const cases = (): [headers: Record<string, string>, visitor: boolean, office: boolean][] => [
    [{}, true, true],
    [{ 'Sec-Fetch-Site': 'same-origin' }, true, true],
    [{ 'Sec-Fetch-Site': 'none' }, true, true],
    [{ 'Sec-Fetch-Site': 'cross-site' }, false, false],
    [{ 'Sec-Fetch-Site': 'same-site' }, false, false],
    [{ 'Sec-Fetch-Site': 'a-new-word' }, false, false],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: foreign }, true, true],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }, true, true],
    [{ 'Sec-Fetch-Site': 'cross-site', Origin: app.url }, false, false],
    [{ Origin: app.settings.baseUrl }, true, true],
    [{ Origin: app.url }, true, true],
    [{ Origin: foreign }, false, false],
    [{ Origin: `${app.settings.baseUrl}.evil.example` }, false, false],
    [{ Origin: 'http://127.0.0.1:1' }, false, false],
    [{ Origin: 'http://boostdagar.example.se' }, false, false],
    [{ Origin: 'null' }, true, false],
  ];

  it('is taken from a page of ours, and from nobody else', async () => {
    for (const [headers, visitor, office] of cases()) {
      const told = JSON.stringify(headers);
      const answers = { email: 'nagon@example.se' };
      for (const path of ['/anmalan/ny-lank', '/en/anmalan/ny-lank'])
        expect(await post(path, headers, answers), `${path} ${told}`).to.equal(visitor ? 303 : 403);
      expect(await post(`/anmalan/${key}/igen`, headers), `own ${told}`).to.equal(visitor ? 303 : 403);
      for (const path of ['/kontor/logga-in', '/KONTOR/logga-in'])
        expect(await post(path, headers, answers), `${path} ${told}`).to.equal(office ? 303 : 403);
      const signedIn = { ...headers, cookie: maja.cookie };
      const path = '/kontor/installningar/kalender/ta-bort';
      expect(await post(path, signedIn, { csrf: maja.csrf }), told).to.equal(office ? 303 : 403);
    }
  });

  it('of a mail program’s own is taken from anywhere, in each of its shapes (RFC 8058)', async () => {
    for (const [headers] of cases()) {
      const told = JSON.stringify(headers);
      expect(await post(`/anmalan/${key}/paminnelser`, headers), told).to.equal(200);
    }
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    const answer = await visit(app, `/anmalan/${key}/paminnelser`, { method: 'POST', body });
    expect(answer.status).to.equal(200);
  });

  it('that signs in is not another site’s, also in a browser that tells little', async () => {
    const link = async () => {
      const context = { now: app.clock(), by: {}, settings: app.settings };
      return new URL(await makeLink(context, await anOrganiser(), 15)).pathname;
    };
    for (const Origin of [foreign, 'null'])
      expect(await post(await link(), { Origin }), Origin).to.equal(403);
    const path = await link();
    const page = await fetch(app.url + path);
    const cookie = cookieOf(page);
    const mark = tokenIn(await page.text(), 'mark');
    expect(mark).to.have.length.above(40);
    const hidden = { Origin: 'null', cookie };
    expect(await post(path, { Origin: 'null' }, { mark })).to.equal(403);
    expect(await post(path, hidden, { mark: `${mark}x` })).to.equal(403);
    expect(await post(path, { Origin: foreign, cookie }, { mark })).to.equal(403);
    expect(await post(path, hidden, { mark })).to.equal(303);
  });

  it('may tell where it comes from, unless its address holds a key', async () => {
    const policyOf = async (path: string) => (await visit(app, path)).headers.get('referrer-policy');
    for (const path of ['/', '/en', '/anmalan/ny-lank', '/kontor/logga-in', '/finns/inte'])
      expect(await policyOf(path), path).to.equal('same-origin');
    for (const path of [
      `/anmalan/${key}`,
      `/en/anmalan/${key}/avboka`,
      '/anmalan/pahittad',
      '/kontor/logga-in/x',
    ])
      expect(await policyOf(path), path).to.equal('no-referrer');
  });

  it('and everything else of a page stay on the site', async () => {
    const policy = (await visit(app, '/')).headers.get('content-security-policy')?.split(';');
    expect(policy).to.have.members([
      "default-src 'self'",
      "img-src 'self' data:",
      "script-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
  });
});
