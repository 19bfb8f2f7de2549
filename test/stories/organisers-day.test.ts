import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { stockholmInstant } from '../../src/base/dates.ts';
import { paths } from '../../src/base/paths.ts';
import type { Event } from '../../src/events/event.ts';
import { makeLink } from '../../src/organisers/sign-in.ts';
import { useBrowser, wordsAt } from '../support/browser/browser.ts';
import { anAuthority, anEvent, monday } from '../support/builders.ts';
import { inChapters } from '../support/chapters.ts';
import { anOrganiser } from '../support/requests/sign-in.ts';
import { type Service, startService } from '../support/service.ts';

describe("An organiser's day without JavaScript", () => {
  const open = useBrowser();
  inChapters();
  let now = monday;
  let service: Service;
  let page: Page;
  /** Another event, which will be cancelled. */
  let other: Event;

  before(async () => {
    service = await startService(() => now);
    await anAuthority();
    await anOrganiser();
    const [start, end, closesAt] = [
      at('2027-05-11', '09:00'),
      at('2027-05-11', '12:00'),
      at('2027-05-04', '00:00'),
    ];
    other = await anEvent({
      title: 'Fritid utan trösklar',
      slug: 'fritid',
      sessions: [],
      start,
      end,
      closesAt,
    });
    page = await open({ javaScript: false });
  });
  after(() => service?.close());

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).first().click();
  /** Opens a group of the form, as a click on its heading does. */
  const unfold = (group: string) => page.locator('summary', { hasText: group }).click();
  const fill = async (answers: Record<string, string>) => {
    for (const [label, text] of Object.entries(answers))
      await page.getByLabel(startingWith(label)).first().fill(text);
  };
  const done = () => wordsAt(page.getByRole('status'));
  const main = () => wordsAt(page.getByRole('main'));
  /** What a visitor reads at an address of the site. */
  const publicPage = async (path: string) => (await fetch(service.app.url + path)).text();

  it('is let in by a link that works once', async () => {
    await page.goto(`${service.app.url}/kontor`);
    await fill({ 'E-postadress': 'maja.lindgren@example.se' });
    await press('Mejla länken');
    expect(await main()).to.include('Titta i din inkorg');
    const { to, text, spoken } = await service.letter(1);
    expect(to).to.deep.equal(['maja.lindgren@example.se']);
    expect(text).to.equal(spoken);
    const link = service.app.url + /\/kontor\/logga-in\/[\w-]{43}/.exec(text)?.[0];
    await fetch(link);
    await page.goto(link);
    await press('Logga in');
    expect(await wordsAt(page.getByRole('banner'))).to.include('Maja Lindgren');
    const thief = await open({ javaScript: false });
    expect((await thief.goto(link))?.status()).to.equal(404);
    expect(await wordsAt(thief.getByRole('main'))).to.include('Länken gäller inte längre');
  });

  /** Some days on the session has ended: another link, and back to where one was. */
  const signInAgain = async () => {
    const address = page.url().replace(/#.*/, '');
    const context = { now, by: {}, settings: service.app.settings };
    const { pathname } = new URL(await makeLink(context, await anOrganiser(), 24 * 60));
    await page.goto(address);
    expect(await wordsAt(page.getByRole('heading', { level: 1 }))).to.equal('Logga in');
    await page.goto(service.app.url + pathname);
    await press('Logga in');
    await page.goto(address);
  };

  it('plans an event from nothing', async () => {
    await follow('Nytt evenemang');
    await fill({ Rubrik: 'Föräldrar och barn', Dag: '2027-03-11', Börjar: '09:00', Slutar: '12:00' });
    await unfold('Hur och var');
    await fill({ 'Sista anmälningsdag': '2027-03-03', 'Platser på plats': '1', 'Platser digitalt': '0' });
    await unfold('Innehåll');
    await page.getByLabel('Goda föräldra-barn-relationer').check();
    await press('Spara utkastet');
    expect(await done()).to.include('Utkastet är sparat');
    expect(await main()).to.include('Torsdag 11 mars 2027, klockan 9.00–12.00');
    expect(await publicPage(paths.home())).not.to.include('Föräldrar och barn');
  });

  it('is told what is missing when publishing', async () => {
    await follow('Publicera');
    expect(await main())
      .to.include('är inte klart att publicera')
      .and.include('Det här saknas');
    await page.getByRole('link', { name: 'Lägg in minst en programpunkt.' }).click();
    expect(await main()).to.include('Programmet är tomt');
  });

  it('adds the programme with its speakers', async () => {
    await fill({ Börjar: '09:00', Slutar: '10:30', Rubrik: 'Relationer som håller', Namn: 'Elin Sandbäck' });
    await fill({ Titel: 'lektor', Organisation: 'Norra Ekeby högskola' });
    await press('Lägg till programpunkten');
    expect(await main()).to.include('Programmet är tomt 10.30–12.00');
    await fill({ Slutar: '12:00', Rubrik: 'Samtal' });
    const speakers = page.getByLabel('Namn');
    await speakers.nth(0).fill('Amina Hassan');
    await speakers.nth(1).fill('Per Ljung');
    await press('Lägg till programpunkten');
    expect(await done()).to.equal('Programmet är sparat.');
    const programme = await main();
    expect(programme).to.include('10.30–12.00').and.include('Amina Hassan').and.include('Per Ljung');
    expect(programme).not.to.include('Stämmer tiderna?');
  });

  it('fills in the rest, previews and publishes', async () => {
    await follow('Uppgifter');
    await fill({ Inbjudan: 'Välkommen till vårens boostdag.', 'Vem kan delta?': 'Du som är chef.' });
    await fill({
      Lokal: 'Kulturhuset, plan 2',
      Adress: 'Norrköping',
      'Tillgänglighet på plats och digitalt': 'Hörslinga och hiss.',
    });
    await press('Spara');
    expect(await main()).to.include('Allt som behövs är ifyllt');
    await follow('Förhandsvisning');
    expect(await main())
      .to.include('Så här ser sidan ut när evenemanget är publicerat')
      .and.include('Relationer som håller');
    await page.goBack();
    await follow('Publicera');
    expect(await main())
      .to.include('Vill du publicera')
      .and.include('Det här blir synligt');
    await press('Publicera');
    expect(await done()).to.equal('Evenemanget är publicerat.');
    expect(await publicPage(address())).to.include('Elin Sandbäck');
  });

  it('sees who is coming', async () => {
    now = new Date('2027-01-13T09:00:00Z');
    await signInAgain();
    const visitor = await open({ javaScript: false });
    for (const path of [address(), paths.event(other.slug)]) await signUp(visitor, service.app.url + path);
    await follow('Deltagare');
    expect(await figure('anmälda')).to.equal('1');
    expect(await wordsAt(page.getByRole('region', { name: '1 person i listan' }))).to.include('Öberg, Åsa');
    expect((await service.letter(3)).entry?.method).to.equal('REQUEST');
  });

  it('lets one in past the seats, after a warning', async () => {
    await follow('Lägg till en deltagare');
    await fill({
      Förnamn: 'Omar',
      Efternamn: 'Ydén',
      'E-postadress': 'omar@example.se',
      Organisation: 'Region',
    });
    await page.getByLabel('Kommun').selectOption('Annan');
    await page.getByLabel('Förtroendevald').check();
    await press('Lägg till deltagaren');
    expect(await wordsAt(page.getByRole('alert'))).to.include('Platserna är slut: 1 av 1 är tagna på plats.');
    expect(await page.getByLabel('Förnamn').inputValue()).to.equal('Omar');
    await press('Lägg till utöver platserna');
    expect(await done()).to.include('Deltagaren är anmäld');
    expect(await figure('anmälda')).to.equal('2');
    const { to, entry } = await service.letter(4);
    expect([to, entry?.sequence]).to.deep.equal([['omar@example.se'], 0]);
  });

  it('moves the day, and everybody is told', async () => {
    await follow('Uppgifter');
    await fill({ Dag: '2027-03-18' });
    await press('Spara');
    expect(await main())
      .to.include('2 personer får en ny inbjudan')
      .and.include('Ny tid: torsdag 18 mars 2027');
    await press('Spara och skicka 2 mejl');
    expect(await done()).to.equal('Ändringarna är sparade.');
    await service.letter(6);
    for (const number of [5, 6]) {
      const { entry, text, spoken } = await service.letter(number);
      expect(entry).to.deep.include({
        method: 'REQUEST',
        sequence: 1,
        start: at('2027-03-18', '09:00').toISOString(),
      });
      expect(text).to.equal(spoken).and.include('Ny tid: torsdag 18 mars 2027');
    }
    const moved = await publicPage(address());
    expect(moved).to.include('Evenemanget har fått ny tid').and.include('torsdag 11 mars 2027');
  });

  it('marks who came, and undoes a slip', async () => {
    const mark = (what: string, who: string) =>
      page.getByRole('button', { name: new RegExp(`${what} ?: ${who}`) }).click();
    now = at('2027-03-18', '09:10');
    await signInAgain();
    await follow('Närvaro');
    await mark('Har kommit', 'Åsa Öberg');
    expect(await main())
      .to.include('1 har kommit 1 väntas')
      .and.match(/✓ Här\s+9\.10/);
    await mark('Ångra', 'Åsa Öberg');
    expect(await main()).to.include('0 har kommit 2 väntas');
    await mark('Har kommit', 'Åsa Öberg');
    await page.getByText(/^Annat ?: Omar Ydén$/).click();
    await mark('Kom inte', 'Omar Ydén');
    expect(await main()).to.include('1 har kommit 0 väntas 1 kom inte');
  });

  it('reads the statistics', async () => {
    now = at('2027-03-18', '15:00');
    await signInAgain();
    await follow('Statistik');
    expect(await main()).to.include('1 deltagare från 1 av 13 kommuner');
    expect(await figure('av de anmälda kom')).to.equal('50 %');
    await page.getByLabel('Skyddsfaktor').selectOption('Meningsfull fritid');
    await press('Visa');
    expect(await main()).to.include('Inget evenemang i urvalet har hållits ännu.');
  });

  it('takes the list home as a file for Excel', async () => {
    await follow('Evenemang');
    await follow('Föräldrar och barn');
    await follow('Deltagare');
    const download = page.waitForEvent('download');
    await follow('Hämta listan som CSV');
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file)
      .to.match(/^\uFEFF/)
      .and.match(/Öberg;.*asa\.oberg@example\.se/);
    expect(file.trimEnd().split('\r\n')).to.have.length(3);
  });

  it('cancels another event with its reason', async () => {
    await page.goto(service.app.url + paths.officeEvent(other._id));
    await follow('Ställ in evenemanget');
    await press('Ställ in evenemanget');
    expect(await wordsAt(page.getByRole('alert'))).to.include('Skriv varför');
    await fill({ 'Varför ställs det in?': 'Föreläsaren har fått förhinder.' });
    await press('Ställ in evenemanget');
    expect(await done()).to.include('Evenemanget är inställt.');
    const { entry, text } = await service.letter(7);
    expect(entry).to.deep.include({ method: 'CANCEL', sequence: 1 });
    expect(text).to.include('Föreläsaren har fått förhinder.');
    expect(await publicPage(paths.event(other.slug))).to.include('Föreläsaren har fått förhinder.');
  });

  it('reads the letters and the log', async () => {
    await follow('Mejl');
    const list = page.getByRole('region', { name: /^Mejl/ });
    expect(await list.getByRole('row').count()).to.equal(1 + 6);
    expect(await wordsAt(list))
      .to.include('Skickat')
      .and.not.include('Logga in');
    await follow('Ny tid: ”Föräldrar och barn”, 18 mars 2027');
    expect(await main())
      .to.include('/anmalan/dold')
      .and.include('Ny tid');
    await page.goto(service.app.url + paths.log());
    const log = await main();
    for (const line of [
      'publicerade evenemanget',
      'ställde in evenemanget',
      'hämtade deltagarlistan',
      'loggade in',
    ])
      expect(log).to.include(line);
    expect(log).to.match(/En besökare\s+gjorde en anmälan till/);
  });

  it('signs out, and the back button shows nothing', async () => {
    await page.goto(service.app.url + paths.participants(other._id));
    expect(await main()).to.include('Öberg');
    await press('Logga ut');
    expect(await wordsAt(page.getByRole('heading', { level: 1 }))).to.equal('Logga in');
    await page.goBack();
    expect(await wordsAt(page.getByRole('heading', { level: 1 }))).to.equal('Logga in');
    expect(await page.content()).not.to.include('Öberg');
    expect(await page.context().cookies()).to.deep.equal([]);
  });

  /** Where visitors find the event that is planned here. */
  function address(): string {
    return paths.event('foraldrar-och-barn-2027-03-11');
  }

  /** A big number by the words under it. */
  async function figure(words: string): Promise<string> {
    const box = page.locator('.figures > div').filter({ has: page.getByText(words, { exact: true }) });
    return wordsAt(box.getByRole('definition'));
  }
});

async function signUp(visitor: Page, event: string): Promise<void> {
  await visitor.goto(event);
  await visitor.getByLabel('Förnamn').fill('Åsa');
  await visitor.getByLabel('Efternamn').fill('Öberg');
  await visitor.getByLabel('E-postadress').fill('asa.oberg@example.se');
  await visitor.getByLabel('Organisation').fill('Motala kommun');
  await visitor.getByLabel('Kommun').selectOption('Motala');
  await visitor.getByLabel('Chef').check();
  if (await visitor.getByLabel('På plats').count()) await visitor.getByLabel('På plats').check();
  await visitor.getByRole('button', { name: 'Skicka anmälan' }).click();
  await visitor.getByRole('heading', { name: 'Tack, du är anmäld' }).waitFor();
}

/** A label with these words, with or without "(frivilligt)" after them. */
function startingWith(label: string): RegExp {
  return new RegExp(`^${label.replace('?', '\\?')}(?: \\(|$)`);
}

/** A wall time in Stockholm that exists. */
function at(day: string, time: string): Date {
  const instant = stockholmInstant(day, time);
  if (!instant) throw new Error(`${day} ${time} does not exist`);
  return instant;
}
