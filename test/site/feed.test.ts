import { expect } from 'chai';
import ICAL from 'ical.js';
import { type Event, EventModel } from '../../src/events/event.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../support/builders.ts';
import { visit } from '../support/requests/visitor.ts';

const day = 24 * 3600_000;
const around = (start: Date) => ({ start, end: new Date(start.getTime() + 3 * 3600_000) });
const daysFrom = (days: number) => around(new Date(monday.getTime() + days * day));

describe('The feed', () => {
  let app: TestApp;
  let now: Date;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
  });
  afterEach(() => app.close());

  /** The feed as an independent parser reads it. */
  const read = async (path = '/kalender.ics') => {
    const answer = await visit(app, path);
    const calendar = new ICAL.Component(ICAL.parse(answer.html));
    return { ...answer, calendar, entries: calendar.getAllSubcomponents('vevent') };
  };
  const titles = async (query = '') =>
    (await read(`/kalender.ics${query}`)).entries.map((entry) => entry.getFirstPropertyValue('summary'));
  const again = (headers: Record<string, string>, path = '/kalender.ics') => visit(app, path, { headers });

  it('is every visible event for anybody: PUBLISH, nobody invited, the UID of the event’s own file (R43)', async () => {
    const event = await anEvent({ slug: 'fil' });
    await anEvent({ slug: 'fler', ...daysFrom(90) });
    await anEvent({ state: 'draft' });
    const { calendar, entries, headers, html } = await read();
    expect(headers.get('content-type')).to.equal('text/calendar; charset=utf-8');
    expect(calendar.getFirstPropertyValue('method')).to.equal('PUBLISH');
    expect(calendar.getAllSubcomponents('vtimezone')).to.have.length(1);
    expect(entries).to.have.length(2);
    expect(html).not.to.include('ATTENDEE').and.not.include('moten.example.se');
    const file = new ICAL.Component(ICAL.parse((await visit(app, '/evenemang/fil/kalender.ics')).html));
    const single = file.getFirstSubcomponent('vevent');
    const listed = entries.find((entry) => entry.getFirstPropertyValue('uid') === `${event._id}@example.se`);
    for (const name of ['uid', 'dtstamp', 'last-modified', 'sequence', 'dtstart', 'dtend', 'summary', 'url'])
      expect(String(listed?.getFirstPropertyValue(name)), name).to.equal(
        String(single?.getFirstPropertyValue(name)),
      );
    expect(String(listed?.getFirstPropertyValue('dtstart'))).to.equal('2027-02-11T09:00:00');
  });

  it('asks to be fetched once an hour, and takes up nobody’s time (R44)', async () => {
    await anEvent();
    const { html } = await read();
    const head = html.slice(0, html.indexOf('BEGIN:VTIMEZONE'));
    expect(head).to.include('\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n');
    expect(html).to.include('TRANSP:TRANSPARENT\r\n');
    expect(head).to.include('X-WR-CALNAME:Boostdagar\r\n');
    expect(html).not.to.include(':BUSY');
  });

  it('is the same at every poll until something changes: DTSTAMP, ETag and Last-Modified (R44)', async () => {
    const changedAt = new Date('2027-01-04T09:30:15Z');
    const { _id } = await anEvent({ changedAt });
    const first = await read();
    const etag = first.headers.get('etag') ?? '';
    const lastModified = first.headers.get('last-modified') ?? '';
    expect(String(first.entries[0]?.getFirstPropertyValue('dtstamp'))).to.equal('2027-01-04T09:30:15Z');
    expect(String(first.entries[0]?.getFirstPropertyValue('last-modified'))).to.equal('2027-01-04T09:30:15Z');
    expect(lastModified).to.equal('Mon, 04 Jan 2027 09:30:15 GMT');
    expect(first.headers.get('cache-control')).to.equal('public, max-age=600');

    now = new Date(monday.getTime() + 3 * day);
    await aRegistration(await EventModel.findById(_id).orFail().lean<Event>());
    expect((await read()).html).to.equal(first.html);
    const conditions = { 'If-None-Match': etag, 'If-Modified-Since': lastModified };
    for (const [header, value] of Object.entries(conditions)) {
      const answer = await again({ [header]: value });
      expect([answer.status, answer.html]).to.deep.equal([304, '']);
      expect(answer.headers.get('etag')).to.equal(etag);
    }

    await EventModel.updateOne({ _id }, { title: 'Nytt namn', changedAt: now, version: 2 });
    expect((await again({ 'If-None-Match': etag })).status).to.equal(200);
    expect((await again({ 'If-Modified-Since': lastModified })).status).to.equal(200);
    const [entry] = (await read()).entries;
    expect(String(entry?.getFirstPropertyValue('dtstamp'))).to.equal('2027-01-14T11:00:00Z');
    expect(entry?.getFirstPropertyValue('sequence')).to.equal(2);
  });

  it('keeps what is cancelled for 30 days after its day, and says why', async () => {
    const changedAt = new Date('2027-01-04T09:00:00Z');
    const event = await anEvent({ state: 'cancelled', cancelReason: 'Föreläsaren är sjuk.', changedAt });
    const { entries, headers } = await read();
    expect(entries[0]?.getFirstPropertyValue('status')).to.equal('CANCELLED');
    expect(entries[0]?.getFirstPropertyValue('summary')).to.equal(`Inställt: ${event.title}`);
    expect(entries[0]?.getFirstPropertyValue('description')).to.match(/^Föreläsaren är sjuk\./);
    const before = { 'If-Modified-Since': headers.get('last-modified') ?? '' };
    now = new Date(event.start.getTime() + 30 * day);
    expect((await again(before)).status).to.equal(304);
    now = new Date(+now + 1000);
    expect(await titles()).to.deep.equal([]);
    expect((await again(before)).status, 'what fell out is a change').to.equal(200);
  });

  it('goes half a year back, and what falls out is a change', async () => {
    await anEvent({ title: 'Nyss', ...daysFrom(-179), closesAt: daysFrom(-190).start });
    await anEvent({ title: 'Förr', ...daysFrom(-181), closesAt: daysFrom(-190).start });
    expect(await titles()).to.deep.equal(['Nyss']);
    const before = { 'If-Modified-Since': (await read()).headers.get('last-modified') ?? '' };
    expect((await again(before)).status).to.equal(304);
    now = new Date(monday.getTime() + 2 * day);
    expect(await titles()).to.deep.equal([]);
    expect((await again(before)).status).to.equal(200);
  });

  it('is narrowed by county, kind and year as the list is', async () => {
    await anEvent({ title: 'Boostdag' });
    const old = around(new Date('2026-03-05T08:00:00Z'));
    await anEvent({ title: 'Sörmland', authority: '04', kind: 'kunskapsformiddag', ...old });
    await anEvent({ title: 'Maj', kind: 'annat', ...around(new Date('2027-05-11T07:00:00Z')) });
    expect(await titles()).to.deep.equal(['Maj', 'Boostdag']);
    expect(await titles('?lan=05')).to.deep.equal(['Maj', 'Boostdag']);
    expect(await titles('?lan=04')).to.deep.equal([]);
    expect(await titles('?typ=annat')).to.deep.equal(['Maj']);
    expect(await titles('?ar=2026')).to.deep.equal(['Sörmland']);
    expect(await titles('?ar=2027&typ=boostdag&lan=05')).to.deep.equal(['Boostdag']);
    for (const query of ['?typ=fest', '?ar=snart', '?lan[$ne]=04', '?lan=05&lan=04', '?x=y'])
      expect(await titles(query), query).to.deep.equal(['Maj', 'Boostdag']);
    expect((await read('/kalender.ics?lan=05')).html).to.include('X-WR-CALNAME:Boostdagar Östergötland\r\n');
  });

  it('is a calendar that can be read where there is nothing in it', async () => {
    const { calendar, headers, status } = await read();
    expect(status).to.equal(200);
    expect(calendar.getAllSubcomponents().map(({ name }) => name)).to.deep.equal(['vtimezone']);
    expect(headers.has('last-modified')).to.equal(false);
    expect((await again({ 'If-None-Match': headers.get('etag') ?? '' })).status).to.equal(304);
  });

  it('speaks English under /en, and its entries lead there', async () => {
    await anEvent({ slug: 'fil' });
    await anEvent({ state: 'cancelled', title: 'Fritid' });
    const { entries, html } = await read('/en/kalender.ics');
    expect(entries.map((entry) => entry.getFirstPropertyValue('summary'))).to.include('Cancelled: Fritid');
    expect(entries.map((entry) => entry.getFirstPropertyValue('url'))).to.include(
      'https://boostdagar.example.se/en/evenemang/fil',
    );
    expect(html.replace(/\r\n /g, '')).to.include('or online');
  });

  it('sets no cookie, and HEAD answers as GET', async () => {
    await anEvent();
    const { headers } = await read();
    expect(headers.has('set-cookie')).to.equal(false);
    const head = await visit(app, '/kalender.ics', { method: 'HEAD' });
    expect([head.status, head.html, head.headers.get('etag')]).to.deep.equal([200, '', headers.get('etag')]);
  });

  describe('on the list', () => {
    it('is offered as webcal and as https, with the filters that are chosen', async () => {
      const plain = await visit(app, '/');
      expect(plain.html).to.include('href="webcal://boostdagar.example.se/kalender.ics"');
      expect(plain.html).to.include('href="https://boostdagar.example.se/kalender.ics"');
      expect(plain.words).not.to.include('Prenumerationen gäller det du har valt');
      const narrowed = await visit(app, '/?lan=05&typ=boostdag&ar=2027&x=y');
      for (const scheme of ['webcal', 'https'])
        expect(narrowed.html).to.include(
          `href="${scheme}://boostdagar.example.se/kalender.ics?lan=05&amp;typ=boostdag&amp;ar=2027"`,
        );
      expect(narrowed.words).to.include('Prenumerationen gäller det du har valt att visa här.');
      expect((await visit(app, '/en?lan=05')).html).to.include(
        'href="webcal://boostdagar.example.se/en/kalender.ics?lan=05"',
      );
    });

    it('comes with the words that it lags, and that those who are registered need none (R45, F8)', async () => {
      const { words } = await visit(app, '/');
      expect(words).to.include('Prenumerera på kalendern').and.include('i Google Kalender 8–24 timmar');
      expect(words).to.include('Är du anmäld behöver du inte prenumerera.').and.include('två gånger');
      expect(words).to.include('Titta gärna in igen, eller prenumerera på kalendern.');
      const english = await visit(app, '/en');
      expect(english.words).to.include('Subscribe to the calendar').and.include('you need not subscribe');
    });
  });
});
