import { expect } from 'chai';
import { paths } from '../../src/base/paths.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { useBrowser, wordsAt } from '../support/browser/browser.ts';
import { anAuthority, anEvent } from '../support/builders.ts';

describe('A visitor with a keyboard', () => {
  const open = useBrowser();
  let app: TestApp;
  before(async () => {
    app = await startApp();
  });
  after(() => app?.close());

  it('goes from the list to the thanks without a mouse', async () => {
    await anAuthority();
    const event = await anEvent();
    const page = await open({ javaScript: false });
    const focused = page.locator(':focus');
    /** The words of the label, or else what stands on it: what a screen reader would call it. */
    const name = async () => {
      const label = page.locator(`label[for="${await focused.getAttribute('id')}"]`);
      return wordsAt((await label.count()) ? label : focused);
    };
    /** Goes on with Tab until the element with these words has the focus. */
    const tabTo = async (words: string) => {
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press('Tab');
        if ((await name()).startsWith(words)) return;
      }
      throw new Error(`Tab never came to ${words}`);
    };
    const type = async (label: string, text: string) => {
      await tabTo(label);
      await page.keyboard.type(text);
    };

    await page.goto(`${app.url}/`);
    await page.keyboard.press('Tab');
    expect(await name()).to.equal('Hoppa till innehållet');
    await page.keyboard.press('Enter');
    await tabTo(event.title);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${paths.event(event.slug)}`);
    await tabTo('Anmäl dig');
    await page.keyboard.press('Enter');
    await type('Förnamn', 'Åsa');
    await type('Efternamn', 'Öberg');
    await type('E-postadress', 'asa.oberg@example.se');
    await type('Organisation', 'Motala kommun');
    await type('Kommun', 'Motala');
    await tabTo('Förtroendevald');
    await page.keyboard.press('ArrowDown');
    await tabTo('På plats');
    await page.keyboard.press('Space');
    await tabTo('Skicka anmälan');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${paths.thanks(event.slug)}`);
    const registration = await RegistrationModel.findOne().orFail().lean();
    expect(registration).to.include({ municipality: '0583', role: 'chef', mode: 'plats' });
  });

  it('signs up a colleague without a mouse; Enter in a field sends and adds nobody', async () => {
    await anAuthority();
    const event = await anEvent();
    const page = await open({ javaScript: false });
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.goto(app.url + paths.event(event.slug));
    await page.getByLabel('Förnamn', { exact: true }).focus();
    await page.keyboard.type('Åsa');
    await press('Tab');
    await page.keyboard.type('Öberg');
    await press('Enter');
    expect(await wordsAt(page.getByRole('alert'))).to.include('Det finns 5 fel i formuläret');
    await page.getByRole('button', { name: 'Anmäl en kollega också' }).focus();
    await press('Enter');
    expect(await page.getByLabel('Förnamn', { exact: true }).first().inputValue()).to.equal('Åsa');
    const colleague = page.getByRole('group', { name: 'Kollega 1' });
    await page.locator('#colleagueGivenName-1:focus').waitFor();
    await page.keyboard.type('Karin');
    await press('Tab');
    await page.keyboard.type('Ek');
    await press('Tab');
    await page.keyboard.type('karin.ek@example.se');
    await press('Tab');
    await page.keyboard.type('Chef');
    await press('Tab');
    await page.keyboard.type('Digitalt');
    await page.getByLabel('E-postadress').first().focus();
    await page.keyboard.type('asa.oberg@example.se');
    await press('Tab');
    await page.keyboard.type('Motala kommun');
    await press('Tab');
    await page.keyboard.type('Motala');
    await press('Tab', 'Space');
    expect(await page.getByLabel('Jag anmäler bara andra').isChecked()).to.equal(true);
    await colleague.getByLabel('Efternamn').focus();
    await press('Enter');
    await page.waitForURL(`**${paths.groupThanks(event.slug)}`);
    const rows = await RegistrationModel.find({ event: event._id }).lean();
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({
      email: 'karin.ek@example.se',
      role: 'chef',
      mode: 'digitalt',
      municipality: '0583',
    });
  });
});
