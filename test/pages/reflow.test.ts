import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { paths } from '../../src/base/paths.ts';
import type { Event } from '../../src/events/event.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { useBrowser } from '../support/browser/browser.ts';
import { anAuthority, anEvent, aRegistration, parallelProgramme } from '../support/builders.ts';
import { signIn } from '../support/requests/sign-in.ts';

const word = 'Skyddsfaktorskunskapsutvecklingsdag'.repeat(3).slice(0, 80);
const link = `https://example.se/${'en-lang-adress-'.repeat(7)}`.slice(0, 110);

describe('At 320 px', function () {
  this.timeout(120_000);
  const open = useBrowser();
  let app: TestApp;
  let page: Page;
  let addresses: string[];

  before(async () => {
    app = await startApp();
    await anAuthority();
    const typed: Partial<Event> = {
      ...{ title: `Dag ${word.slice(0, 60)}`, summary: word, audience: link, highlights: [word, link] },
      ...{ venue: word, address: link, cost: link, accessibility: word, contactName: word },
      ...{ contactEmail: `${'a'.repeat(60)}@${'lang.'.repeat(8)}example.se`, meetingLink: link },
    };
    const said = { responsible: word, technique: link, notes: word };
    const sessions = parallelProgramme().map((one) => ({ ...one, ...said, room: `${one.room} ${word}` }));
    const event = await anEvent({ slug: 'dagen', ...typed, sessions });
    const person = { givenName: word, familyName: word, organisation: link };
    const one = await aRegistration(event, person);
    await anEvent({ slug: 'installd', ...typed, state: 'cancelled', cancelReason: link });
    const { cookie } = await signIn(app);
    page = await open({ width: 320 });
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    await page.context().addCookies([{ name, value, url: app.url }]);
    const token = tokenOf(one, app.settings.secret);
    addresses = [
      ...[paths.home(), paths.event('dagen'), paths.event('installd'), paths.thanks('dagen')],
      ...[paths.registration(token), paths.cancelRegistration(token), paths.reminders(token)],
      ...[paths.office(), paths.events(), paths.officeEvent(event._id), paths.programme(event._id)],
      ...[paths.runSheet(event._id)],
      ...[paths.participants(event._id), paths.participant(event._id, one._id), paths.attendance(event._id)],
      ...[paths.cancelEvent(event._id), paths.whatTheyGet(event._id), paths.eventLetters(event._id)],
      ...[paths.newMailing(event._id), paths.letters(), paths.ownSettings(), paths.log()],
    ];
  });
  after(() => app?.close());

  it('shows each row of a list whole', async () => {
    const lists = [paths.events(), addresses.find((one) => one.endsWith('/deltagare')) ?? ''];
    for (const address of lists) {
      await page.goto(app.url + address);
      const hidden = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.cards'))`;
      expect(await page.evaluate(hidden), address).to.equal(0);
    }
  });

  it('long words and links wrap, and no page that shows typed text scrolls sideways (WCAG 1.4.10)', async () => {
    const wide: string[] = [];
    for (const address of addresses) {
      const answer = await page.goto(app.url + address);
      expect(answer?.status(), address).to.equal(200);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      if (Number(width) > 320) wide.push(`${address} ${width}`);
    }
    expect(wide).to.deep.equal([]);
  });
});
