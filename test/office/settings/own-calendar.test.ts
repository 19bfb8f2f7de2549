import { createHash } from 'node:crypto';
import { expect } from 'chai';
import ICAL from 'ical.js';
import { AuditModel } from '../../../src/audit/log.ts';
import { OrganiserModel } from '../../../src/organisers/organiser.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { anOrganiser, type Browser, signIn } from '../../support/requests/sign-in.ts';
import { type Page, visit } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const settings = '/kontor/installningar';
const half = 180 * 24 * 3600_000;

describe("An organiser's own calendar", () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  /** Makes a link as the page does, and gives its path. */
  const make = async (by = maja) => {
    const html = await (await by.post(`${settings}/kalender`)).text();
    return new URL(/href="(https:[^"]*\/kontor\/kalender\/[^"]*)"/.exec(html)?.[1] ?? '').pathname;
  };
  const entriesOf = ({ html }: Page) => {
    const calendar = new ICAL.Component(ICAL.parse(html));
    return calendar.getAllSubcomponents('vevent').map((entry) => ({
      title: entry.getFirstPropertyValue('summary'),
      status: entry.getFirstPropertyValue('status'),
      description: String(entry.getFirstPropertyValue('description')),
      location: entry.getFirstPropertyValue('location'),
      url: entry.getFirstPropertyValue('url'),
      uid: entry.getFirstPropertyValue('uid'),
    }));
  };

  it('has a link of 256 random bits that is shown once and stored as a hash only (R44)', async () => {
    const before = wordsOf(await (await maja.get(settings)).text());
    expect(before).to.include('Min kalender').and.include('Skapa en länk till min kalender');
    expect(before).not.to.include('Ta bort länken');
    const answer = await maja.post(`${settings}/kalender`);
    const html = await answer.text();
    const [, token = ''] = /\/kontor\/kalender\/([\w-]*)\.ics"/.exec(html) ?? [];
    expect(Buffer.from(token, 'base64url')).to.have.length(32);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    expect(html).to.include(`href="webcal://boostdagar.example.se/kontor/kalender/${token}.ics"`);
    expect(wordsOf(html)).to.include('Här är din länk. Den visas bara nu.');

    const after = await (await maja.get(settings)).text();
    expect(after).not.to.include(token);
    expect(wordsOf(after)).to.include('Du gjorde din länk den 11 januari 2027').and.include('Byt länken');
    const stored = await OrganiserModel.findOne({ email: 'maja.lindgren@example.se' }).orFail().lean();
    expect(stored.calendarToken).to.equal(createHash('sha256').update(token).digest('hex'));
    const journal = JSON.stringify(await AuditModel.find().lean());
    expect(JSON.stringify(stored) + journal).not.to.include(token);
  });

  it('shows all events of the county board, drafts and cancelled ones marked, with the number registered', async () => {
    const event = await anEvent({ slug: 'skolan' });
    await aRegistration(event);
    for (const name of ['a', 'b'])
      await aRegistration(event, { email: `${name}@example.se`, mode: 'digitalt' });
    await anEvent({
      title: 'Fritid',
      state: 'draft',
      slug: '',
      seats: { plats: 0, digitalt: 20 },
      start: new Date('2027-05-11T07:00:00Z'),
      end: new Date('2027-05-11T10:00:00Z'),
    });
    const march = { start: new Date('2027-03-11T08:00:00Z'), end: new Date('2027-03-11T11:00:00Z') };
    await anEvent({ title: 'Föräldrar', state: 'cancelled', cancelReason: 'Sjukdom.', ...march });
    await anEvent({ title: 'Sörmland', authority: '04' });
    const past = new Date(+monday - half - 1000);
    await anEvent({ title: 'Förr', start: past, end: new Date(+past + 3600_000) });

    const page = await visit(app, await make());
    expect(page.headers.get('content-type')).to.equal('text/calendar; charset=utf-8');
    expect(page.html).to.include('METHOD:PUBLISH').and.include('X-PUBLISHED-TTL:PT1H');
    for (const secret of ['ATTENDEE', 'Öberg', 'asa.oberg', 'moten.example.se'])
      expect(page.html.replace(/\r\n /g, '')).not.to.include(secret);
    const [draft, cancelled, open, ...others] = entriesOf(page);
    expect(others).to.deep.equal([]);
    expect(draft).to.include({ title: 'Utkast: Fritid', status: 'TENTATIVE', location: 'Digitalt' });
    expect(draft?.description).to.match(/^Digitalt: 0 anmälda, 20 platser/);
    expect(cancelled).to.include({ title: 'Inställt: Föräldrar', status: 'CANCELLED' });
    expect(cancelled?.description).to.match(/^Sjukdom\.\nPå plats: 0 anmälda, 40 platser/);
    expect(open).to.include({
      title: event.title,
      status: 'CONFIRMED',
      uid: `${event._id}@example.se`,
      url: `https://boostdagar.example.se/kontor/evenemang/${event._id}`,
    });
    expect(open?.description).to.match(
      /^På plats: 1 anmäld, 40 platser\nDigitalt: 2 anmälda, ingen gräns\n\nhttps:/,
    );
  });

  it('has another stamp after a sign-up, since what it says has changed', async () => {
    const event = await anEvent();
    const path = await make();
    const stamp = async () =>
      /DTSTAMP:(\w+)[\s\S]*LAST-MODIFIED:(\w+)/.exec((await visit(app, path)).html)?.slice(1);
    expect(await stamp()).to.deep.equal(['20261201T090000Z', '20261201T090000Z']);
    await register(visitorAt(monday), event._id, aPerson());
    expect(await stamp()).to.deep.equal(['20270111T110000Z', '20270111T110000Z']);
  });

  it('needs no session, gives no cookie, is kept out of search engines and shared caches, and answers 304', async () => {
    const event = await anEvent();
    const path = await make();
    for (const cookie of ['', maja.cookie]) {
      const { status, headers } = await visit(app, path, { headers: { cookie } });
      expect(status).to.equal(200);
      expect(headers.has('set-cookie')).to.equal(false);
      expect(headers.get('x-robots-tag')).to.equal('noindex');
      expect(headers.get('cache-control')).to.equal('private, no-cache');
    }
    const etag = (await visit(app, path)).headers.get('etag') ?? '';
    const again = () => visit(app, path, { headers: { 'If-None-Match': etag } });
    expect((await again()).status).to.equal(304);
    await aRegistration(event);
    expect((await again()).status, 'one more is registered').to.equal(200);
  });

  it('has one link at a time: another one ends the first, and it can be taken away', async () => {
    const first = await make();
    const second = await make();
    expect(second).not.to.equal(first);
    expect((await visit(app, first)).status).to.equal(404);
    expect((await visit(app, second)).status).to.equal(200);

    const answer = await maja.post(`${settings}/kalender/ta-bort`);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([
      303,
      `${settings}?klart=kalendern`,
    ]);
    expect((await visit(app, second)).status).to.equal(404);
    expect(wordsOf(await (await maja.get(`${settings}?klart=kalendern`)).text()))
      .to.include('Länken till din kalender är borttagen.')
      .and.include('Skapa en länk till min kalender');
    await maja.post(`${settings}/kalender/ta-bort`);

    const actions = await AuditModel.find({ action: /^calendar/ })
      .sort({ _id: 1 })
      .lean();
    expect(actions.map(({ action, by, about }) => [action, by, about])).to.deep.equal([
      ['calendar.made', 'Maja Lindgren', ''],
      ['calendar.renewed', 'Maja Lindgren', ''],
      ['calendar.removed', 'Maja Lindgren', ''],
    ]);
    expect(wordsOf(await (await maja.get('/kontor/logg')).text())).to.include(
      'Maja Lindgren bytte länken till sin kalender',
    );
  });

  it('ends with its organiser', async () => {
    const karin = await anOrganiser({ name: 'Karin Ekdal', email: 'karin.ekdal@example.se' });
    const hers = await make(await signIn(app, { email: karin.email }));
    const own = await make();
    await maja.post(`${settings}/organisatorer/${karin._id}/ta-bort`);
    expect((await visit(app, hers)).status).to.equal(404);
    expect((await visit(app, own)).status).to.equal(200);
  });

  it('is of the organiser’s own county board', async () => {
    await anEvent();
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    expect(entriesOf(await visit(app, await make(eva)))).to.deep.equal([]);
  });

  it('opens to nobody who guesses, and is made by forms of ours only', async () => {
    for (const token of ['x', 'a'.repeat(43), 'undefined', '%00', '$ne'])
      expect((await visit(app, `/kontor/kalender/${token}.ics`)).status, token).to.equal(404);
    expect((await visit(app, '/kontor/kalender/.ics')).headers.get('location')).to.equal('/kontor/logga-in');
    for (const end of ['', '/ta-bort']) {
      expect((await maja.post(`${settings}/kalender${end}`, { csrf: 'x' })).status).to.equal(403);
      const stranger = await fetch(`${app.url}${settings}/kalender${end}`, {
        method: 'POST',
        redirect: 'manual',
      });
      expect(stranger.headers.get('location')).to.equal('/kontor/logga-in');
    }
    expect((await maja.get(`${settings}/kalender`)).headers.get('location')).to.equal(settings);
    expect(await OrganiserModel.exists({ calendarToken: { $exists: true } })).to.equal(null);
  });
});
