import { expect } from 'chai';
import decodeQR from 'qr/decode.js';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import type { Registration } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { visit } from '../../support/requests/visitor.ts';

/** What a camera reads in a page's SVG: four pixels a module, white where nothing is drawn. */
function readCode(html: string): string {
  const size = Number(/viewBox="0 0 (\d+) /.exec(html)?.[1]);
  const runs = html.matchAll(/M(\d+) (\d+)h(\d+)v1/g);
  const scale = 4;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [x = 0, y = 0, length = 0] of runs.map(([, ...numbers]) => numbers.map(Number)))
    for (let row = y * scale; row < (y + 1) * scale; row++)
      for (let column = x * scale; column < (x + length) * scale; column++)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  return decodeQR({ width, height: width, data });
}

describe('The code at the entrance', () => {
  let app: TestApp;
  let event: Event;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2027-02-11T07:45:00Z');
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
  });
  afterEach(() => app.close());

  const ownPage = (one: Registration) => `/anmalan/${tokenOf(one, app.settings.secret)}`;

  it('holds the address of the check-in, in both languages, and no other key', async () => {
    const one = await aRegistration(event);
    const token = tokenOf(one, app.settings.secret, 'check-in');
    for (const prefix of ['', '/en']) {
      const own = await visit(app, prefix + ownPage(one));
      expect(own.html)
        .to.include(`href="${prefix}${ownPage(one)}/kod"`)
        .and.not.include('/kontor/in/');
      const { status, html, headers } = await visit(app, `${prefix}${ownPage(one)}/kod`);
      expect(status).to.equal(200);
      expect(readCode(html)).to.equal(`${app.settings.baseUrl}/kontor/in/${token}`);
      expect(headers.get('referrer-policy')).to.equal('no-referrer');
      expect(headers.get('cache-control')).to.equal('no-store');
    }
    expect((await visit(app, `/anmalan/${token}`)).status).to.equal(404);
  });

  it('is only for those with a seat on site, until the event is over', async () => {
    const seated = await aRegistration(event);
    const others = [
      await aRegistration(event, { email: 'b@example.se', status: 'cancelled' }),
      await aRegistration(event, { email: 'c@example.se', status: 'waiting', waitsFor: ['plats'] }),
      await aRegistration(event, { email: 'd@example.se', mode: 'digitalt' }),
    ];
    const has = async (one: Registration) => {
      const { html } = await visit(app, ownPage(one));
      const { status } = await visit(app, `${ownPage(one)}/kod`);
      expect(status).to.equal(html.includes('/kod"') ? 200 : 303);
      return status === 200;
    };
    expect(await has(seated)).to.equal(true);
    for (const one of others) expect(await has(one)).to.equal(false);
    now = event.end;
    expect(await has(seated)).to.equal(false);
    now = event.start;
    await EventModel.updateOne({ _id: event._id }, { state: 'cancelled' });
    expect(await has(seated)).to.equal(false);
  });
});
