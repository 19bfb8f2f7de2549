import { expect } from 'chai';
import { paths } from '../../src/base/paths.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { useBrowser, wordsAt } from '../support/browser.ts';
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
});
