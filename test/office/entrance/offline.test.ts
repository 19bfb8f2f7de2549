import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { makeHelperLink } from '../../../src/registrations/participants/helper-link.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { useBrowser } from '../../support/browser.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/sign-in.ts';

const arrival = new Date('2027-02-11T07:52:00Z');

describe('The entrance without a network', () => {
  const open = useBrowser();
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let page: Page;
  let now = arrival;

  beforeEach(async () => {
    now = arrival;
    app = await startApp({ clock: () => now });
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
});
