import { expect } from 'chai';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEvent } from '../support/builders.ts';
import { fieldsOf, visit } from '../support/requests/visitor.ts';

const at = (start: string, end: string, closesAt: string) => ({
  start: new Date(start),
  end: new Date(end),
  closesAt: new Date(closesAt),
});
const may = at('2027-05-11T07:00Z', '2027-05-11T13:30Z', '2027-04-30T22:00Z');
const october = at('2026-10-21T07:00Z', '2026-10-21T10:00Z', '2026-10-10T22:00Z');
const december = at('2026-12-16T08:00Z', '2026-12-16T11:00Z', '2026-12-09T23:00Z');

describe('The list of events', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
  });
  afterEach(() => app.close());

  /** The titles in the order of the page. */
  const titles = async (path: string) =>
    [...(await visit(app, path)).html.matchAll(/<h3[^>]*><a [^>]*>([^<]*)<\/a>/g)].map(([, title]) => title);

  it('shows what is coming, the next one first, then what has been, the last one first; never a draft', async () => {
    await anEvent({ title: 'Maj', ...may });
    await anEvent({ title: 'Oktober', ...october });
    await anEvent({ title: 'Februari' });
    await anEvent({ title: 'December', ...december });
    await anEvent({ title: 'Utkast', state: 'draft' });
    expect(await titles('/')).to.deep.equal(['Februari', 'Maj', 'December', 'Oktober']);
  });

  it('narrows by county, kind and year without JavaScript, and keeps the choice in the form', async () => {
    await anEvent({ title: 'Boostdag' });
    await anEvent({ title: 'Sörmland', authority: '04', kind: 'kunskapsformiddag', ...october });
    expect(await titles('/?lan=04')).to.deep.equal(['Sörmland']);
    expect(await titles('/?typ=boostdag')).to.deep.equal(['Boostdag']);
    expect(await titles('/?ar=2026')).to.deep.equal(['Sörmland']);
    expect(await titles('/?lan=04&typ=boostdag&ar=')).to.deep.equal([]);
    const page = await visit(app, '/?lan=04&typ=kunskapsformiddag&ar=2026');
    expect(fieldsOf(page.html)).to.deep.equal({ lan: '04', typ: 'kunskapsformiddag', ar: '2026' });
    expect(page.words).to.include('1 evenemang').and.include('Visa alla evenemang');
    expect(page.html).to.include('href="/en?lan=04&amp;typ=kunskapsformiddag&amp;ar=2026"');
  });

  it('comes in pages that keep the filter and say where one is', async () => {
    const later = (n: number) => new Date(Date.UTC(2027, 2, 1 + n, 8));
    for (let n = 0; n < 22; n++) {
      const ahead = { start: later(n), end: new Date(+later(n) + 3600_000), closesAt: later(n - 2) };
      await anEvent({ title: `Nr ${n}`, ...ahead });
    }
    await anEvent({ title: 'December', ...december });
    expect(await titles('/?lan=05')).to.deep.equal(Array.from({ length: 20 }, (_, n) => `Nr ${n}`));
    expect(await titles('/?lan=05&sida=2')).to.deep.equal(['Nr 20', 'Nr 21', 'December']);
    expect(await titles('/?sida=3')).to.deep.equal([]);
    const { html } = await visit(app, '/?lan=05&sida=2');
    expect(html).to.include('<nav class="pages" aria-label="Sidor i listan">');
    expect(html).to.include('<a href="/?lan=05" rel="prev">Föregående sida</a>');
    expect(html).to.include('<span aria-current="page">Sida 2</span>').and.not.include('rel="next"');
    expect((await visit(app, '/en?lan=05')).html).to.include('<a href="/en?lan=05&amp;sida=2" rel="next">');
  });

  it('counts the year as Stockholm does', async () => {
    const newYear = at('2026-12-31T23:30Z', '2027-01-01T01:00Z', '2026-12-20T23:00Z');
    await anEvent({ title: 'Nyår', ...newYear });
    expect(await titles('/?ar=2027')).to.deep.equal(['Nyår']);
    expect(await titles('/?ar=2026')).to.deep.equal([]);
  });

  it('takes no notice of answers that it does not know', async () => {
    await anEvent({ title: 'Maj', ...may });
    for (const query of ['typ=fest', 'ar=snart', 'lan[$ne]=04', 'lan=05&lan=04', 'typ=boostdag&typ=x', 'x=y'])
      expect(await titles(`/?${query}`), query).to.deep.equal(['Maj']);
  });

  it('tells how each event stands, in words', async () => {
    const full = { seats: { plats: 2, digitalt: 0 }, taken: { plats: 2, digitalt: 0 } };
    const fullOnSite = { seats: { plats: 2, digitalt: null }, taken: { plats: 2, digitalt: 5 } };
    const standings: [words: string, facts: Parameters<typeof anEvent>[0]][] = [
      ['På plats: 40 platser kvar Anmäl dig senast 31 januari 2027', {}],
      ['Fullt, väntelista Ställ dig på väntelistan senast 31 januari 2027', full],
      ['Fullt$', { ...full, queueHours: 32 * 24 }],
      ['Fullt på plats, väntelista Platser kvar digitalt Anmäl dig senast 31 januari 2027', fullOnSite],
      ['Stängd', { closesAt: new Date('2027-01-10T23:00Z') }],
      ['Kommande Anmälan öppnar den 18 januari 2027', { opensAt: new Date('2027-01-17T23:00Z') }],
      ['Inställt', { state: 'cancelled' }],
      [
        'På plats: 40 platser kvar Ny tid Anmäl dig senast',
        { movedFrom: { start: may.start, end: may.end } },
      ],
    ];
    for (const [index, [, facts]] of standings.entries()) await anEvent({ slug: `nr-${index}`, ...facts });
    const { html, words } = await visit(app, '/');
    for (const [index, [standing]] of standings.entries()) {
      const row = html.split('<li').find((one) => one.includes(`/evenemang/nr-${index}"`)) ?? '';
      const state = row
        .slice(row.indexOf('class="state"'))
        .replace(/^[^>]*>/, '')
        .replace(/<[^>]*>/g, ' ');
      expect(state.replace(/\s+/g, ' ').trim(), standing).to.match(new RegExp(`^${standing}`));
    }
    expect(words).to.include('Torsdag 11 februari 2027, klockan 9.00–12.00');
  });

  it('says what kind of event each is, and whose where there are several counties', async () => {
    await anEvent({ title: 'Februari' });
    await anEvent({ title: 'Sörmland', authority: '04', kind: 'kunskapsformiddag', ...may });
    expect((await visit(app, '/')).words)
      .to.include('Boostdag · Östergötland Februari')
      .and.include('Kunskapsförmiddag · Södermanland Sörmland');
    expect((await visit(app, '/?lan=05')).words).to.include('Boostdag Februari');
  });

  it('leads to the documentation of what has been, and does not repeat that it has been', async () => {
    const documentation = [{ title: 'Bilder', url: 'https://example.se/bilder' }];
    await anEvent({ title: 'Oktober', slug: 'oktober', documentation, ...october });
    await anEvent({ title: 'December', slug: 'december', ...december });
    const { html, words } = await visit(app, '/');
    expect(html).to.include('href="/evenemang/oktober#dokumentation"').and.not.include('december#dok');
    expect((await visit(app, '/evenemang/oktober')).html).to.include('id="dokumentation"');
    expect(words).not.to.include('Genomfört');
  });

  it('has a text of its own where there is nothing', async () => {
    expect((await visit(app, '/')).words).to.include('Det finns inga kommande evenemang just nu.');
    await anEvent();
    expect((await visit(app, '/?lan=04')).words)
      .to.include('Inga träffar')
      .and.include('Inga evenemang stämmer med det du valde.');
  });

  it('stands in English too, with the Swedish titles marked', async () => {
    await anEvent();
    const page = await visit(app, '/en');
    expect(page.html).to.match(/^<!doctype html>\s*<html lang="en">/);
    expect(page.words).to.include('Upcoming events').and.include('Thursday 11 February 2027, 9:00–12:00');
    expect(page.html).to.include('<h3 lang="sv"><a href="/en/evenemang/skolan-som-skydd');
    expect(page.html).to.include('<a href="/" lang="sv" hreflang="sv">På svenska</a>');
  });

  it('sends no cookie', async () => {
    expect((await visit(app, '/')).headers.has('set-cookie')).to.equal(false);
  });
});
