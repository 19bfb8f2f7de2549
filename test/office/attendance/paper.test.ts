import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Event } from '../../../src/events/event.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { useBrowser } from '../../support/browser/browser.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { signIn } from '../../support/requests/sign-in.ts';

describe('The list on paper', () => {
  const open = useBrowser();
  let app: TestApp;
  let page: Page;
  let event: Event;

  before(async () => {
    app = await startApp({ clock: () => new Date('2027-02-11T13:00:00Z') });
    await anAuthority();
    event = await anEvent();
    for (const name of ['Abel', 'Berg', 'Carl'])
      await aRegistration(event, { familyName: name, email: `${name}@example.se`.toLowerCase() });
    await aRegistration(event, { familyName: 'Nätberg', email: 'n@example.se', mode: 'digitalt' });
    page = await open({ javaScript: false });
    const [name = '', value = ''] = (await signIn(app)).cookie.split('=');
    await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/kontor' }]);
    await page.goto(`${app.url}/kontor/evenemang/${event._id}/narvaro/lista`);
  });
  after(() => app?.close());

  it('has a box for each of those on site when it is printed, and no button', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('checkbox').count()).to.equal(3);
    for (const box of await page.getByRole('checkbox').all()) expect(await box.isVisible()).to.equal(true);
    expect(await page.getByRole('button').count()).to.equal(0);
    expect(await page.content()).not.to.include('Nätberg');
    await page.emulateMedia({ media: 'screen' });
  });

  it('is ticked off afterwards by keyboard alone', async () => {
    await page.getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('2 personer är markerade som närvarande.').waitFor();
    const rows = await RegistrationModel.find({ mode: 'plats' }).sort({ familyName: 1 }).lean();
    expect(rows.map(({ present }) => present)).to.deep.equal([true, null, true]);
    expect(await page.getByText('redan markerad').count()).to.equal(2);
    expect(await page.getByRole('checkbox').count()).to.equal(1);
  });
});
