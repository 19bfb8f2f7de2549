import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { markAttendance } from '../../../src/registrations/participants/attendance.ts';
import { HelperLinkModel, makeHelperLink } from '../../../src/registrations/participants/helper-link.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { useBrowser } from '../../support/browser/browser.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Network, startNetwork } from '../../support/processes/network.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';

const arrival = new Date('2027-02-11T07:52:00Z');

describe('The entrance without a network', () => {
  const open = useBrowser();
  let app: TestApp;
  let network: Network;
  let maja: Browser;
  let event: Event;
  let page: Page;
  let now = arrival;

  beforeEach(async () => {
    now = arrival;
    app = await startApp({ clock: () => now });
    network = await startNetwork(app.url);
    await anAuthority();
    event = await anEvent();
    for (const name of ['Abel', 'Berg', 'Carl', 'Dahl'])
      await aRegistration(event, { familyName: name, email: `${name}@example.se`.toLowerCase() });
    await aRegistration(event, { familyName: 'Ek', email: 'ek@example.se', mode: 'digitalt' });
    maja = await signIn(app);
    page = await open({ width: 360 });
  });
  afterEach(async () => {
    await page.context().close();
    network.close();
    await app.close();
  });

  const list = () => `${app.url}/kontor/evenemang/${event._id}/narvaro`;
  const asMaja = async () => {
    const [name = '', value = ''] = maja.cookie.split('=');
    await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/kontor' }]);
    await page.goto(list());
    await ready();
  };
  /** The list is kept: the browser has it, without the network too. */
  const ready = () => page.getByText('Listan fungerar utan nät').waitFor();
  const press = (what: string, who: string) =>
    page.getByRole('button', { name: new RegExp(`^${what}.*${who}`) }).click();
  const offline = (is: boolean) => page.context().setOffline(is);
  const waits = (words: string) => page.locator('#waits').getByText(words, { exact: true }).waitFor();
  const nothingWaits = () => page.locator('#waits:empty').waitFor({ state: 'attached' });
  const marked = async () =>
    (await RegistrationModel.find({ present: true }).sort({ familyName: 1 }).lean()).map(
      (one) => one.familyName,
    );

  it('keeps marks that are made without it through a reload, shows how many wait, and sends them when it is back', async () => {
    await asMaja();
    await offline(true);
    await press('Har kommit', 'Abel');
    await press('Har kommit', 'Berg');
    await waits('2 markeringar väntar på att skickas');
    expect(await page.locator('#said').textContent()).to.equal('Åsa Berg är här.');
    await page.reload();
    await waits('2 markeringar väntar på att skickas');
    expect(await page.locator('.tally').innerText()).to.match(/2 har kommit\s+2 väntas/);
    await page.getByRole('searchbox').fill('car');
    expect(await page.getByRole('listitem').filter({ hasText: 'Berg' }).isVisible()).to.equal(false);
    await press('Har kommit', 'Carl');
    expect(await marked()).to.deep.equal([]);
    await offline(false);
    await nothingWaits();
    expect(await marked()).to.deep.equal(['Abel', 'Berg', 'Carl']);
    expect(await AuditModel.countDocuments({ action: 'attendance.present' })).to.equal(3);
  });

  it('keeps the form for somebody who has not signed up as it was typed, and sends it when there is a network', async () => {
    await asMaja();
    const answers = { Förnamn: 'Siv', Efternamn: 'Gren', Organisation: 'Motala kommun' };
    for (const [label, answer] of Object.entries(answers))
      await page.getByLabel(label, { exact: true }).fill(answer);
    await page.getByLabel('Kommun', { exact: true }).selectOption('0583');
    await page.getByLabel('Roll', { exact: true }).selectOption('chef');
    expect(await page.locator('#unreached').isVisible()).to.equal(false);
    await offline(true);
    const write = () => page.getByRole('button', { name: 'Skriv in' }).click();
    await write();
    await page.getByRole('alert').getByText('ingen är inskriven. Det du skrev står kvar.').waitFor();
    expect(await page.getByLabel('Efternamn', { exact: true }).inputValue()).to.equal('Gren');
    expect(await marked()).to.deep.equal([]);
    await offline(false);
    await write();
    await page.locator('#said').getByText('Siv Gren är här').waitFor();
    expect(await marked()).to.deep.equal(['Gren']);
  });

  it('shows what waits wherever the page has been scrolled to', async () => {
    for (let number = 0; number < 20; number++)
      await aRegistration(event, { familyName: `Ö${number}`, email: `o${number}@example.se` });
    await asMaja();
    await offline(true);
    await press('Har kommit', 'Ö9');
    await waits('1 markering väntar på att skickas');
    const height = page.viewportSize()?.height ?? 0;
    for (const place of [0, 800]) {
      await page.evaluate(`scrollTo(0, ${place})`);
      const { y = -1, height: ownHeight = 0 } = (await page.locator('#waits').boundingBox()) ?? {};
      expect([y >= 0, y + ownHeight <= height], `at ${place}`).to.deep.equal([true, true]);
    }
    await offline(false);
    await nothingWaits();
  });

  it('works by the link of a helper too', async () => {
    const link = await makeHelperLink(organiserAt(now), event, 'Kim Ek');
    await page.goto(app.url + new URL(String(link)).pathname);
    await ready();
    await offline(true);
    await press('Har kommit', 'Dahl');
    await waits('1 markering väntar på att skickas');
    await page.reload();
    await press('Ångra', 'Dahl');
    await waits('2 markeringar väntar på att skickas');
    await press('Har kommit', 'Berg');
    await offline(false);
    await nothingWaits();
    expect(await marked()).to.deep.equal(['Berg']);
  });

  const helperLink = async (name = 'Kim Ek') => {
    const link = String(await makeHelperLink(organiserAt(now), event, name));
    return app.url + new URL(link).pathname;
  };
  /** What the browser holds of people, in any store. */
  const names = () =>
    page.evaluate<string>(`(async () => {
      const cache = await caches.open('entrance');
      const kept = await Promise.all((await cache.keys()).map(async (one) => (await cache.match(one)).text()));
      return kept.join(' ').match(/Abel|Berg|Carl|Dahl/g)?.join() ?? '';
    })()`);

  it('erases the names when a helper’s link is revoked, keeps what waits, and sends it by a new link', async () => {
    await page.goto(await helperLink());
    await ready();
    expect(await names()).to.include('Abel');
    await offline(true);
    await press('Har kommit', 'Abel');
    await waits('1 markering väntar på att skickas');
    await HelperLinkModel.updateMany({}, { revokedAt: now });
    await offline(false);
    await page.getByText('Länken är indragen.').waitFor();
    await waits('1 markering väntar på att skickas');
    await page.getByText('Be om en ny länk till samma evenemang').waitFor();
    expect(await names()).to.equal('');
    expect(await page.content()).not.to.include('Abel');
    expect(await marked()).to.deep.equal([]);
    await page.goto(await helperLink('Bo Ek'));
    await ready();
    await nothingWaits();
    expect(await marked()).to.deep.equal(['Abel']);
  });

  it('erases the names after midnight, also without a network, and still takes what was marked on the day', async function () {
    this.timeout(120_000);
    now = new Date('2027-02-11T22:59:54Z');
    // A page that is loaded anew is no longer cut off by the browser, so the network itself is.
    const link = network.url + new URL(await helperLink()).pathname;
    await page.goto(link);
    await ready();
    network.is('down');
    await press('Har kommit', 'Berg');
    // The browser's own clock reaches the midnight that the server has told it of.
    const words = () => page.content().catch(() => '');
    while (!(await words()).includes('listan är inte kvar i den här webbläsaren')) await setTimeout(50);
    network.is('up');
    now = new Date('2027-02-11T23:00:10Z');
    await page.goto(link);
    await page.getByText('Länken gällde torsdag 11 februari 2027 och är slut.').waitFor();
    await page.locator('#said:empty').waitFor({ state: 'attached' });
    while ((await marked()).length === 0) await setTimeout(50);
    expect(await names()).to.equal('');
    expect((await marked())[0]).to.equal('Berg');
  });

  it('says of each mark that is not taken why, and saves nothing of it', async () => {
    await asMaja();
    await offline(true);
    await press('Har kommit', 'Abel');
    await press('Har kommit', 'Berg');
    await press('Har kommit', 'Carl');
    await RegistrationModel.updateOne({ familyName: 'Abel' }, { status: 'cancelled' });
    await RegistrationModel.updateOne({ familyName: 'Berg' }, { status: 'waiting', waitsFor: ['plats'] });
    await RegistrationModel.deleteOne({ familyName: 'Carl' });
    await offline(false);
    await nothingWaits();
    const refused = page.locator('#refused');
    expect(await refused.innerText())
      .to.include('Åsa Abel: Anmälan är avbokad. Markeringen är inte sparad.')
      .and.include('Åsa Berg: Personen står på väntelistan. Markeringen är inte sparad.')
      .and.include('Åsa Carl: Anmälan finns inte längre. Markeringen är inte sparad.');
    await page.getByText('Abel, Åsa').waitFor({ state: 'detached' });
    expect(await refused.innerText()).to.include('Åsa Abel: Anmälan är avbokad.');
    expect(await marked()).to.deep.equal([]);
    for (const left of [2, 1, 0]) {
      await refused.getByRole('button').first().click();
      while ((await refused.getByRole('listitem').count()) !== left) await setTimeout(20);
    }
    await refused.waitFor({ state: 'hidden' });
  });

  it('lets present win between two helpers, says so, and the log has both', async () => {
    await asMaja();
    await offline(true);
    await page.getByText(/^Annat ?: Åsa Abel$/).click();
    await press('Kom inte', 'Abel');
    const one = await RegistrationModel.findOne({ familyName: 'Abel' }).orFail().lean();
    await markAttendance(organiserAt(now), event, one._id, 'plats');
    await offline(false);
    await page.getByText('Åsa Abel står kvar som närvarande, för någon annan har också markerat.').waitFor();
    await nothingWaits();
    expect(await marked()).to.deep.equal(['Abel']);
    expect(await AuditModel.distinct('action')).to.include.members([
      'attendance.present',
      'attendance.outvoted',
    ]);
  });

  it('puts the queue back when the browser has emptied its store, and says so', async () => {
    await asMaja();
    await offline(true);
    await press('Har kommit', 'Abel');
    await page.waitForFunction(
      `new Promise((done) => { const asked = indexedDB.deleteDatabase('entrance'); asked.onsuccess = () => done(true); })`,
    );
    await press('Har kommit', 'Berg');
    await page
      .locator('#said')
      .getByText(/^Webbläsaren har tömt sitt minne/)
      .waitFor();
    await page.reload();
    await waits('2 markeringar väntar på att skickas');
    await offline(false);
    await nothingWaits();
    expect(await marked()).to.deep.equal(['Abel', 'Berg']);
  });

  it('finds a person by the code that the camera sees, and marks by the button', async () => {
    const one = await RegistrationModel.findOne({ familyName: 'Dahl' }).orFail().lean();
    const code = `${app.url}/kontor/in/${tokenOf(one, app.settings.secret, 'check-in')}`;
    await page.addInitScript(`
      navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream();
      HTMLMediaElement.prototype.play = async () => {};
      window.BarcodeDetector = class {
        static getSupportedFormats = async () => ['qr_code'];
        detect = async () => [{ rawValue: ${JSON.stringify(code)} }];
      };`);
    await asMaja();
    await page.getByRole('button', { name: 'Läs av en kod med kameran' }).click();
    await page.locator('#said').getByText('Åsa Dahl', { exact: true }).waitFor();
    expect(await marked()).to.deep.equal([]);
    await page.keyboard.press('Enter');
    await page.locator('#said').getByText('Åsa Dahl är här.', { exact: true }).waitFor();
    await nothingWaits();
    while (!(await marked()).includes('Dahl')) await setTimeout(20);
  });

  it('hides the camera where the browser reads no codes', async () => {
    await asMaja();
    expect(await page.locator('#scan').isVisible()).to.equal(false);
  });

  it('has a script by its own header on the event’s day only, and no other page has any', async () => {
    const policy = async (path: string) => (await maja.get(path)).headers.get('content-security-policy');
    const path = new URL(list()).pathname;
    expect(await policy(path)).to.include("script-src 'self';worker-src 'self';connect-src 'self'");
    for (const other of ['/kontor', `${path}/lista`, `${path}/hjalpare`, `${path}/rapport`])
      expect(await policy(other), other).to.include("script-src 'none'");
    expect((await fetch(app.url)).headers.get('content-security-policy')).to.include("script-src 'none'");
    now = new Date('2027-02-10T12:00:00Z');
    expect(await policy(path)).to.include("script-src 'none'");
    const worker = await fetch(`${app.url}/entrance/worker.js`);
    expect(worker.headers.get('service-worker-allowed')).to.equal('/kontor');
    expect((await fetch(`${app.url}/entrance/idb.js`)).headers.get('content-type')).to.match(/javascript/);
  });

  it('forgets the names when one signs out', async () => {
    await asMaja();
    expect(await names()).to.include('Abel');
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.getByRole('heading', { name: 'Logga in' }).waitFor();
    expect(await names()).to.equal('');
  });
});
