import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import ICAL from 'ical.js';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, monday, parallelProgramme } from '../../support/builders.ts';
import { visit } from '../../support/requests/visitor.ts';

describe('The page of an event', () => {
  let app: TestApp;
  let now = monday;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    await anAuthority({ _id: '04', closingText: 'somIdag' });
  });
  afterEach(() => app.close());

  const show = async (facts: Partial<Event> = {}, prefix = '') => {
    const event = await anEvent({ slug: `dag-${Math.random()}`, ...facts });
    return visit(app, `${prefix}/evenemang/${event.slug}`);
  };
  const hasForm = (html: string) => html.includes('name="givenName"');

  it('tells everything in the order of an invitation', async () => {
    const { words, html } = await show();
    const order = [
      'Länsstyrelsen Östergötland',
      'Boostdag · Östergötland',
      'Skolan som skydd: så når fler barn målen',
      'Välkommen till årets första boostdag',
      'När Torsdag 11 februari 2027 klockan 9.00–12.00',
      'Var Residenset, Borggården 1, Linköping, eller digitalt',
      'Kostnad Det kostar inget att delta',
      'Sista anmälningsdag 31 januari 2027 klockan 23.59',
      'Platser På plats: 40 platser kvar',
      'Vem kan delta Du som är förtroendevald',
      'Du får lyssna till ny forskning',
      'Varmt välkommen!',
      'Enheten för social hållbarhet, Länsstyrelsen Östergötland',
      'Program 9.00–10.30 Det som håller barn kvar i skolan',
      'Elin Sandbäck , lektor i pedagogik Norra Ekeby högskola',
      '10.30–10.50 Paus',
      'Tillgänglighet Lokalen har hörslinga',
      'Kontakt Maja Lindgren maja.lindgren@example.se 010-000 00 00',
      'Anmäl dig Sista anmälningsdag är den 31 januari 2027 klockan 23.59.',
      'Du kan ändra dina uppgifter till och med den 31 januari 2027 och avboka tills evenemanget börjar.',
      'Har du skyddade personuppgifter?',
      'Länsstyrelsen Östergötland använder dina uppgifter för att genomföra evenemanget.',
      'Skicka anmälan',
      'Kan du inte använda formuläret?',
    ];
    let from = 0;
    for (const part of order) {
      const found = words.indexOf(part, from);
      expect(found, `${part} after …${words.slice(Math.max(0, from - 40), from)}`).to.be.at.least(0);
      from = found;
    }
    expect(hasForm(html)).to.equal(true);
    expect(html).to.include('href="/personuppgifter?lan=05"');
  });

  it('is free of charge in every language and for search engines, in whatever words that is stored', async () => {
    const { words, html } = await show({ cost: 'gratis.' }, '/en');
    expect(words).to.include('Cost Free of charge');
    expect(html).to.include('"price":0,"priceCurrency":"SEK"');
    const paid = await show({ cost: '100 kr' }, '/en');
    expect(paid.words).to.include('Cost 100 kr');
    expect(paid.html).not.to.include('"price"');
  });

  it('shows what runs in parallel beside one time, room by room, in both languages and for search engines', async () => {
    const sessions = parallelProgramme();
    const { words, html } = await show({ sessions });
    const order = [
      '10.30–10.50 Paus',
      '10.50–12.00 Samtidigt i 2 lokaler:',
      '10.50–12.00 Föräldrar Lokal : Stora salen',
      '10.50–11.20 Fritid Lokal : Lilla salen Per Ljung',
      '11.20–12.00 Skola Lokal : Lilla salen',
    ].map((said) => words.indexOf(said.replace(' :', ':')));
    expect(order).not.to.include(-1);
    expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
    expect(html.match(/<ul class="tracks">/g)).to.have.length(1);
    expect(html).to.contain('"location":{"@type":"Place","name":"Lilla salen"}').and.not.contain('Maja"');
    const english = await show({ sessions }, '/en');
    expect(english.words).to.contain('At the same time in 2 rooms:').and.contain('Room: Lilla salen');
  });

  it('asks with labels, the right autocomplete and no field too many (T8, G4)', async () => {
    const { html } = await show();
    for (const [name, autocomplete] of [
      ['givenName', 'given-name'],
      ['familyName', 'family-name'],
      ['email', 'email'],
      ['organisation', 'organization'],
    ])
      expect(html).to.match(new RegExp(`<input[^>]*id="${name}"[^>]*autocomplete="${autocomplete}"`));
    const names = new Set([...html.matchAll(/<(?:input|select)[^>]* name="(\w+)"/g)].map(([, name]) => name));
    expect([...names][0]).to.equal('visad');
    names.delete('visad');
    const asked = [
      'givenName',
      'familyName',
      'email',
      'organisation',
      'municipality',
      'role',
      'mode',
      'meddelande',
    ];
    expect([...names]).to.deep.equal(asked);
    for (const name of names) expect(html).to.include(`<label for="${name}"`);
    expect(html)
      .to.match(/<option value="0580">Linköping<\/option>/)
      .and.match(/<option value="annan">/);
  });

  it('does not ask how to attend where there is one way', async () => {
    const { html, words } = await show({ seats: { plats: 0, digitalt: 100 }, meetingLink: '' });
    expect(html).to.not.include('name="mode"');
    expect(words).to.include('Var Digitalt. Du får länken i ett mejl före evenemanget.');
    expect(words).to.include('Platser 100 platser kvar');
  });

  it('offers a call only where there is a telephone number', async () => {
    expect((await show()).words)
      .to.include('Ring eller mejla Maja Lindgren')
      .and.include('Ring 010-000 00 00');
    const { words } = await show({ contactPhone: '', cancelUntil: new Date('2027-02-08T23:00Z') });
    expect(words)
      .to.include('Mejla Maja Lindgren (maja.lindgren@example.se)')
      .and.include('Be Maja Lindgren (maja.lindgren@example.se) ringa dig')
      .and.include('avboka till och med den 8 februari 2027.')
      .and.not.include('Ring eller');
  });

  it('says in one sentence where the meeting link is: in the confirmation as soon as it is filled in', async () => {
    const online = { seats: { plats: 0, digitalt: 100 } };
    expect((await show(online)).words).to.include('Var Digitalt. Länken står i bekräftelsen.');
    expect((await show()).words).to.include('Digitalt Länken står i bekräftelsen.');
    const past = await show({
      ...online,
      start: new Date('2026-01-10T08:00Z'),
      end: new Date('2026-01-10T11:00Z'),
    });
    expect(past.words).to.include('Var Digitalt Kostnad').and.not.include('Länken');
  });

  it('says when sign-up opens', async () => {
    const { words, html } = await show({ opensAt: new Date('2027-01-17T23:00Z') });
    expect(words).to.include('Anmälan öppnar den 18 januari 2027.').and.include('Kommande');
    expect(hasForm(html)).to.equal(false);
  });

  it('says when sign-up closes today', async () => {
    now = new Date('2027-01-31T22:58Z');
    const { words, html } = await show();
    expect(words).to.include('Anmälan stänger i dag klockan 23.59.');
    expect(hasForm(html)).to.equal(true);
  });

  it('closes at the midnight that ends the last day, in the words that the county board has chosen', async () => {
    now = new Date('2027-01-31T23:00Z');
    const own = await show();
    const last = 'Sista anmälningsdag var den 31 januari 2027 klockan 23.59.';
    const ask = 'Har du frågor om evenemanget? Kontakta Maja Lindgren, maja.lindgren@example.se.';
    expect(own.words).to.include(`Det går inte längre att anmäla sig. ${last} ${ask}`);
    expect(hasForm(own.html)).to.equal(false);
    const asToday = await show({ authority: '04' });
    expect(asToday.words).to.include(`Det är inte tillåtet att göra anmälningar längre. ${last} ${ask}`);
  });

  describe('rendered once for a state', () => {
    const markIn = (html: string) => /name="visad" value="([^"]+)"/.exec(html)?.[1];
    const without = (html: string) => html.replace(/name="visad" value="[^"]+"/, '');

    it('gives everybody in a minute the same page, with a mark of its own moment', async () => {
      const { slug } = await anEvent();
      const first = await visit(app, `/evenemang/${slug}`);
      now = new Date(+monday + 20_000);
      const second = await visit(app, `/evenemang/${slug}`);
      expect(without(second.html)).to.equal(without(first.html));
      expect(markIn(second.html)).to.be.a('string').and.not.equal(markIn(first.html));
      now = new Date('2027-01-31T23:00:30Z');
      expect(hasForm((await visit(app, `/evenemang/${slug}`)).html)).to.equal(false);
    });

    it('is new as soon as anything of it has been saved, by whichever process', async () => {
      const { _id, slug } = await anEvent();
      const words = async (prefix = '') => (await visit(app, `${prefix}/evenemang/${slug}`)).words;
      await words();
      await EventModel.updateOne({ _id }, { $inc: { 'taken.plats': 7 } });
      expect(await words()).to.include('33 platser kvar');
      await EventModel.updateOne({ _id }, { $set: { venue: 'Konserthuset' } });
      expect(await words())
        .to.include('Konserthuset')
        .and.not.include('Residenset');
      await anAuthority({ unit: 'Enheten för unga' });
      expect(await words()).to.include('Enheten för unga');
      expect(await words('/en'))
        .to.include('Konserthuset')
        .and.include('Register');
      await EventModel.updateOne({ _id }, { $set: { state: 'draft' } });
      expect((await visit(app, `/evenemang/${slug}`)).status).to.equal(404);
    });
  });

  describe('when it is full', () => {
    const onSite = { seats: { plats: 1, digitalt: 0 }, taken: { plats: 1, digitalt: 0 } };
    const oneWay = { seats: { plats: 1, digitalt: 50 }, taken: { plats: 1, digitalt: 1 } };
    const bothWays = { seats: { plats: 1, digitalt: 1 }, taken: { plats: 1, digitalt: 1 } };
    const waiting = { plats: 3, digitalt: 1 };
    /** The ways that the form shows as full. */
    const waits = (html: string) =>
      [...html.matchAll(/<input type="hidden" name="wait" value="(\w+)">/g)].map(([, way]) => way);
    const availability = (html: string) => /"availability":"https:\/\/schema.org\/(\w+)"/.exec(html)?.[1];

    it('offers the waiting list, with how many wait and until when it lives', async () => {
      const { words, html } = await show({ ...onSite, waiting: { plats: 3, digitalt: 0 } });
      expect(words).to.include('Fullt, väntelista').and.include('Platser Platserna är slut');
      expect(words).to.include('Väntelista 3 personer väntar Stänger den 10 februari 2027 klockan 9.00');
      expect(words).to.include('Ställ dig på väntelistan Platserna är slut. Från väntelistan');
      expect(words).to.include('3 personer väntar. Väntelistan stänger den 10 februari 2027 klockan 9.00.');
      expect(html).to.match(/<button class="ds-button">Ställ dig på väntelistan</);
      expect(html).to.not.include('Skicka anmälan').and.not.include('name="mode"');
      expect(waits(html)).to.deep.equal(['plats']);
      expect(availability(html)).to.equal('BackOrder');
    });

    it('lets one choose one way or both where both are full', async () => {
      const { words, html } = await show({ ...bothWays, waiting });
      expect(words).to.include('Välj ett eller båda.');
      expect(words).to.include('På plats, väntelista (3 före dig) Digitalt, väntelista (1 före dig)');
      expect(words).to.include('Väntelista På plats: 3 väntar Digitalt: 1 väntar Stänger');
      expect(html.match(/type="checkbox" value="(plats|digitalt)"[^>]*name="mode"/g)).to.have.length(2);
      expect(waits(html)).to.deep.equal(['plats', 'digitalt']);
      const english = await show({ ...bothWays, waiting: { plats: 0, digitalt: 0 } }, '/en');
      expect(english.words)
        .to.include('Full, waiting list')
        .and.include('On site, waiting list (nobody before you)');
    });

    it('offers the other way and the list where one way is full', async () => {
      const { words, html } = await show({ ...oneWay, waiting: { plats: 3, digitalt: 0 } });
      expect(words)
        .to.include('Fullt på plats, väntelista')
        .and.include('På plats: fullt Digitalt: 49 platser kvar');
      expect(words).to.include('På plats, väntelista (3 före dig) Platserna är slut. Du får en plats när');
      expect(html.match(/type="radio" value="(plats|digitalt)"[^>]*name="mode"/g)).to.have.length(2);
      expect(html)
        .to.include('>Skicka anmälan</button>')
        .and.not.match(/name="mode"[^>]* checked/);
      expect(waits(html)).to.deep.equal(['plats']);
      expect(availability(html)).to.equal('InStock');
    });

    it('says until when one can join the list, not until when one could sign up for longer', async () => {
      const { words } = await show({ ...onSite, queueHours: 14 * 24 });
      expect(words).to.include('Väntelistan stänger den 28 januari 2027 klockan 9.00.');
      expect(words).to.include('Du behöver svara på alla frågor.').and.not.include('Sista anmälningsdag är');
      const longer = await show({ ...onSite, queueHours: 24 });
      expect(longer.words).to.include('Sista anmälningsdag är den 31 januari 2027');
    });

    it('has no form once the list is closed, and where one way is full only the other', async () => {
      now = new Date('2027-01-30T23:00Z');
      const queueHours = 12 * 24;
      const full = await show({ ...bothWays, waiting, queueHours });
      expect(full.words)
        .to.include('Fullt')
        .and.include('Platserna är slut, och väntelistan är stängd. Har du frågor');
      expect(hasForm(full.html)).to.equal(false);
      expect(availability(full.html)).to.equal('SoldOut');
      const half = await show({ ...oneWay, queueHours });
      expect(half.words).to.include('Det är fullt på plats.').and.not.include('äntelista');
      expect(half.html)
        .to.match(/value="digitalt"[^>]* checked/)
        .and.not.include('value="plats"');
    });

    it('says nothing of a list that one cannot join: sign-up closed, not begun', async () => {
      for (const facts of [{ closesAt: monday }, { opensAt: new Date('2027-01-17T23:00Z') }]) {
        const { words, html } = await show({ ...onSite, ...facts, waiting });
        expect(words).to.not.include('äntelista');
        expect(hasForm(html)).to.equal(false);
      }
    });
  });

  it('says that it is cancelled, and why', async () => {
    const { words, html } = await show({ state: 'cancelled', cancelReason: 'Föreläsaren är sjuk.' });
    expect(words)
      .to.include('Evenemanget är inställt Föreläsaren är sjuk.')
      .and.not.include('Varmt välkommen');
    expect(hasForm(html)).to.equal(false);
    expect(html).to.include('https://schema.org/EventCancelled').and.not.include('kalender.ics');
  });

  it('says that it has been, and that it has been moved', async () => {
    const movedFrom = { start: new Date('2027-02-10T08:00Z'), end: new Date('2027-02-10T11:00Z') };
    const moved = await show({ movedFrom });
    expect(moved.words).to.include(
      'Evenemanget har fått ny tid: torsdag 11 februari 2027, klockan 9.00–12.00. Var: Residenset, Borggården 1, Linköping, eller digitalt. Den gamla tiden var onsdag 10 februari 2027, klockan 9.00–12.00.',
    );
    now = new Date('2027-02-11T11:00Z');
    const over = await show({ movedFrom });
    expect(over.words).to.include('Evenemanget är genomfört.').and.not.include('ny tid');
    expect(hasForm(over.html)).to.equal(false);
  });

  it('is not there while it is a draft, or never was', async () => {
    expect((await show({ state: 'draft' })).status).to.equal(404);
    const missing = await visit(app, '/evenemang/finns-inte');
    expect(missing.status).to.equal(404);
    expect(missing.words).to.include('Sidan finns inte');
    expect((await visit(app, '/en/evenemang/nope')).words).to.include('Page not found');
  });

  it('ends where it should, also without the form', async () => {
    for (const facts of [{}, { state: 'cancelled' as const }, { closesAt: new Date('2027-01-10T11:00:00Z') }])
      expect((await show(facts)).html.trimEnd()).to.match(/<\/html>$/);
  });

  it('stands in English, with what the organiser wrote marked as Swedish', async () => {
    const { html, words } = await show({ cost: '200 kronor för lunch' }, '/en');
    expect(html).to.include('<html lang="en">');
    expect(words).to.include('Boost day · Östergötland').and.include('Register');
    for (const own of [
      /<h1 lang="sv">Skolan som skydd/,
      /<p class="lead" lang="sv">/,
      /<ol class="programme" lang="sv">/,
      /<dd lang="sv">200 kronor/,
      /lang="sv"><p>Lokalen har hörslinga/,
    ])
      expect(html).to.match(own);
    expect((await show({}, '/en')).words).to.include('Cost Free of charge');
  });

  it('links to itself in the other language (T2)', async () => {
    const event = await anEvent({ slug: 'samma-sida' });
    const swedish = await visit(app, `/evenemang/${event.slug}`);
    expect(swedish.html).to.include('<a href="/en/evenemang/samma-sida" lang="en" hreflang="en">');
    const english = await visit(app, `/en/evenemang/${event.slug}`);
    expect(english.html).to.include('<a href="/evenemang/samma-sida" lang="sv" hreflang="sv">');
  });

  it('never shows the meeting link, in any language or file', async () => {
    const event = await anEvent({ meetingLink: 'https://moten.example.se/hemligt' });
    for (const path of ['', '/tack', '/kalender.ics'])
      for (const prefix of ['', '/en'])
        expect((await visit(app, `${prefix}/evenemang/${event.slug}${path}`)).html).to.not.include('hemligt');
  });

  it('tells search engines what it is, and no text of it can end the script', async () => {
    const { html } = await show({ title: 'Slut </script><img src=x onerror=alert(1)>' });
    expect(html).to.not.include('<img');
    const data = JSON.parse(
      /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '',
    );
    expect(data).to.deep.include({
      '@type': 'Event',
      name: 'Slut </script><img src=x onerror=alert(1)>',
      startDate: '2027-02-11T09:00:00+01:00',
      endDate: '2027-02-11T12:00:00+01:00',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
    });
    expect(html.match(/<script/g)).to.have.length(1);
  });

  it('shows light formatting, and says in a few words what a link to it leads to', async () => {
    const summary =
      'En dag om **trygghet** & "lek".\nTa med:\n- [Karta](https://example.se/karta)\n- <b>penna</b>';
    const { html } = await show({ summary });
    expect(html).to.include('En dag om <strong>trygghet</strong> &amp; &quot;lek&quot;.');
    expect(html).to.include(
      '<li><a href="https://example.se/karta">Karta</a></li>\n<li>&lt;b&gt;penna&lt;/b&gt;</li>',
    );
    const described =
      'Torsdag 11 februari 2027, klockan 9.00–12.00. En dag om trygghet &amp; &#34;lek&#34;. Ta med: Karta';
    for (const name of ['name="description"', 'property="og:description"'])
      expect(html).to.include(`<meta ${name} content="${described}`);
    expect(html).to.match(/<meta property="og:url" content="https?:\/\/[^"]+\/evenemang\/[^"]+">/);
  });

  it('is safe to open: no cookie, no script to run, nothing from elsewhere, and HEAD answers as GET', async () => {
    const event = await anEvent();
    const page = await visit(app, `/evenemang/${event.slug}`);
    expect(page.headers.has('set-cookie')).to.equal(false);
    expect(page.headers.get('content-security-policy')).to.match(/^default-src 'self';img-src 'self' data:;/);
    expect(page.headers.get('referrer-policy')).to.equal('same-origin');
    expect(page.headers.has('x-powered-by')).to.equal(false);
    expect(page.html).to.not.match(/<script(?! type="application\/ld\+json")/);
    expect([...page.html.matchAll(/(?:src|href)="(https?:[^"]*)"/g)]).to.deep.equal([]);
    const head = await visit(app, `/evenemang/${event.slug}`, { method: 'HEAD' });
    expect(head.status).to.equal(200);
    expect(head.html).to.equal('');
  });

  it('weighs under 60 kB compressed with all its files', async () => {
    const { html } = await show();
    const folder = join(import.meta.dirname, '../../../public');
    const linked = [...html.matchAll(/(?:src|href)="\/([\w.-]+)\?v=/g)].map(([, file = '']) => file);
    expect(linked).to.have.length(3);
    const files = linked.map((file) => gzipSync(readFileSync(join(folder, file))).length);
    const font = readFileSync(join(folder, 'fonts/source-sans-3.woff2')).length;
    const total = [gzipSync(html).length, font, ...files].reduce((sum, size) => sum + size, 0);
    expect(total).to.be.below(60_000);
  });

  describe('as a calendar file', () => {
    const read = async (facts: Partial<Event>, prefix = '') => {
      const event = await anEvent(facts);
      const file = await visit(app, `${prefix}/evenemang/${event.slug}/kalender.ics`);
      const calendar = new ICAL.Component(ICAL.parse(file.html));
      const entry = calendar.getFirstSubcomponent('vevent');
      return { event, file, calendar, entry, value: (name: string) => entry?.getFirstPropertyValue(name) };
    };

    it('is the event for anybody: PUBLISH, no attendee, a UID that stays', async () => {
      const { event, file, calendar, entry, value } = await read({ slug: 'fil' });
      expect(file.headers.get('content-type')).to.match(/^text\/calendar; charset=utf-8/);
      expect(file.headers.get('content-disposition')).to.equal('attachment; filename=fil.ics');
      expect(calendar.getFirstPropertyValue('method')).to.equal('PUBLISH');
      expect(entry?.getAllProperties('attendee')).to.deep.equal([]);
      expect(value('uid')).to.equal(`${event._id}@example.se`);
      expect(value('summary')).to.equal(event.title);
      expect(String(value('dtstart'))).to.equal('2027-02-11T09:00:00');
      expect(value('location')).to.equal('Residenset, Borggården 1, Linköping, eller digitalt');
      expect(value('url')).to.equal('https://boostdagar.example.se/evenemang/fil');
      expect(value('status')).to.equal('CONFIRMED');
    });

    it('speaks the language of its page and says when the event is cancelled', async () => {
      const { value } = await read({ slug: 'fil', state: 'cancelled' }, '/en');
      expect(value('location')).to.equal('Residenset, Borggården 1, Linköping, or online');
      expect(value('url')).to.equal('https://boostdagar.example.se/en/evenemang/fil');
      expect(value('status')).to.equal('CANCELLED');
    });

    it('is not there for a draft', async () => {
      const event = await anEvent({ state: 'draft' });
      expect((await visit(app, `/evenemang/${event.slug}/kalender.ics`)).status).to.equal(404);
    });
  });
});
