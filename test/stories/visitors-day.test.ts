import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { stockholmInstant } from '../../src/base/dates.ts';
import { paths } from '../../src/base/paths.ts';
import type { Event } from '../../src/events/event.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { inLanguage } from '../../src/texts/addresses.ts';
import { type Language, textsIn } from '../../src/texts/texts.ts';
import { useBrowser, wordsAt } from '../support/browser/browser.ts';
import { anAuthority, anEvent, monday } from '../support/builders.ts';
import { inChapters } from '../support/chapters.ts';
import { personalLink, type Received } from '../support/mail/mailbox.ts';
import { type Service, startService } from '../support/service.ts';

/** The same day as it goes for different visitors. */
const visitors: { who: string; lang: Language; javaScript: boolean }[] = [
  { who: 'without JavaScript', lang: 'sv', javaScript: false },
  { who: 'with JavaScript', lang: 'sv', javaScript: true },
  { who: 'in English', lang: 'en', javaScript: false },
];

for (const { who, lang, javaScript } of visitors)
  describe(`A visitor's day ${who}`, () => {
    const t = textsIn(lang);
    const open = useBrowser();
    inChapters();
    let now = monday;
    let service: Service;
    let page: Page;
    let event: Event;
    /** The letters so far, oldest first. */
    const letters: Received[] = [];

    before(async () => {
      service = await startService(() => now);
      event = await openEvents();
      page = await open({ javaScript });
    });
    after(() => service?.close());

    const letter = async (number: number): Promise<Received> => {
      letters[number] = await service.letter(number);
      return letters[number];
    };
    const send = (name: string) => page.getByRole('button', { name, exact: true }).click();

    it('finds the event in the list', async () => {
      await page.goto(service.app.url + inLanguage(paths.home(), lang));
      const main = page.getByRole('main');
      expect(await main.getByRole('listitem').count()).to.equal(2);
      await page.getByLabel(t('lista.filter.lan')).selectOption('05');
      await send(t('lista.filter.visa'));
      expect(new URL(page.url()).searchParams.get('lan')).to.equal('05');
      const row = main.getByRole('listitem');
      expect(await row.count()).to.equal(1);
      const day = lang === 'sv' ? 'Torsdag 11 februari 2027' : 'Thursday 11 February 2027';
      expect(await wordsAt(row))
        .to.include(day)
        .and.match(lang === 'sv' ? /\d+ platser kvar/ : /\d+ seats left/);
    });

    it('reads the programme', async () => {
      await page.getByRole('link', { name: event.title }).click();
      const programme = await wordsAt(page.getByRole('region', { name: t('evenemang.program') }));
      expect(programme)
        .to.match(/9[.:]00–10[.:]30/)
        .and.include('Elin Sandbäck, lektor i pedagogik');
      const facts = await wordsAt(page.getByRole('region', { name: t('evenemang.ikorthet') }));
      expect(facts)
        .to.include('Residenset')
        .and.include(t('evenemang.platserkvar', { antal: 40 }));
      expect(await page.content()).not.to.include('moten.example.se');
    });

    it('is told what is wrong with the form, and keeps what was typed', async () => {
      await page.getByRole('link', { name: t('anmalan.rubrik'), exact: true }).click();
      await fill(page, lang, { givenName: '', email: 'asa.oberg@example' });
      await send(t('anmalan.skicka'));
      await page.getByRole('alert').waitFor();
      expect(await page.title()).to.match(lang === 'sv' ? /^Fel: / : /^Error: /);
      const focused = page.locator(':focus');
      expect(await focused.getAttribute('role')).to.equal('alert');
      expect(await wordsAt(focused.getByRole('heading'))).to.equal(t('fel.sammanfattning', { antal: 2 }));
      for (const [label, words] of [
        [t('falt.fornamn'), t('fel.fornamn')],
        [t('falt.epost'), t('fel.epost.format')],
      ] as const) {
        await page.getByRole('alert').getByRole('link', { name: words }).click();
        const field = page.getByLabel(label, { exact: true });
        expect(await focused.getAttribute('id')).to.equal(await field.getAttribute('id'));
        expect(await field.getAttribute('aria-invalid')).to.equal('true');
        expect(await described(page, field)).to.include(words);
      }
      expect(await page.getByLabel(t('falt.efternamn')).inputValue()).to.equal('Öberg');
      expect(await page.getByLabel(t('falt.epost')).inputValue()).to.equal('asa.oberg@example');
      expect(await page.getByLabel(t('falt.kommun')).inputValue()).to.equal('0580');
      expect(await page.getByLabel(t('falt.roll.chef')).isChecked()).to.equal(true);
    });

    it('corrects it and is thanked, without a cookie', async () => {
      await page.getByLabel(t('falt.fornamn'), { exact: true }).fill('Åsa');
      await page.getByLabel(t('falt.epost')).fill('Asa.Oberg@Example.SE');
      await send(t('anmalan.skicka'));
      expect(new URL(page.url()).pathname).to.equal(inLanguage(paths.thanks(event.slug), lang));
      expect(await wordsAt(page.getByRole('heading', { level: 1 }))).to.equal(t('klart.rubrik'));
      expect(await page.context().cookies()).to.deep.equal([]);
    });

    it('gets the confirmation with the invitation', async () => {
      const { from, to, subject, text, spoken, entry } = await letter(1);
      expect(to).to.deep.equal(['asa.oberg@example.se']);
      const day = lang === 'sv' ? '11 februari 2027' : '11 February 2027';
      expect(subject).to.equal(t('mejl.bekraftelse.amne', { titel: event.title, datum: day }));
      expect(text).to.equal(spoken).and.include(day).and.include('Residenset, Borggården 1, Linköping');
      expect(entry).to.deep.include({ method: 'REQUEST', sequence: 0, summary: event.title });
      expect([entry?.start, entry?.end]).to.deep.equal([at('09:00'), at('12:00')]);
      expect(entry?.location).to.equal('Residenset, Borggården 1, Linköping');
      expect(from).to.equal('"Länsstyrelsen Östergötland" <boostdagar@example.se>');
    });

    it('opens the personal link, which a scanner has opened before and changed nothing', async () => {
      const link = service.app.url + personalLink(letters[1] as Received);
      const state = () => Promise.all([RegistrationModel.find().lean(), LetterModel.countDocuments()]);
      const before = await state();
      for (const path of ['', '/avboka', '/igen', '/data.json', '', '/avboka']) await fetch(link + path);
      expect(await state()).to.deep.equal(before);
      await page.goto(link);
      expect(await wordsAt(page.getByRole('heading', { level: 1 }))).to.equal(event.title);
      expect(await page.getByLabel(t('falt.fornamn'), { exact: true }).inputValue()).to.equal('Åsa');
    });

    it('attends online instead, and the calendar follows', async () => {
      now = new Date('2027-01-12T07:30:00Z');
      await page.getByLabel(t('falt.deltagande.digitalt'), { exact: true }).check();
      await send(t('min.spara'));
      expect(await wordsAt(page.getByRole('status'))).to.equal(t('min.andrat'));
      const { entry, text, spoken } = await letter(2);
      expect(entry).to.deep.include({
        method: 'REQUEST',
        sequence: 1,
        uid: letters[1]?.entry?.uid,
        start: at('09:00'),
      });
      const [registration] = await RegistrationModel.find().lean();
      const token = registration && tokenOf(registration, service.app.settings.secret, 'digital door');
      expect(entry?.location).to.equal(
        service.app.settings.baseUrl + inLanguage(paths.digitalDoor(`${token}`), lang),
      );
      expect(text).to.equal(spoken).and.include(entry?.location);
    });

    it('downloads everything that is held', async () => {
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: t('min.utdrag') }).click();
      const data = JSON.parse(await readFile(await (await download).path(), 'utf8'));
      expect(data.registration).to.include({
        givenName: 'Åsa',
        email: 'asa.oberg@example.se',
        mode: 'digitalt',
      });
      expect(data.letters).to.have.length(2);
    });

    it('cancels after a question', async () => {
      await page.getByRole('link', { name: t('min.avboka'), exact: true }).click();
      expect(await wordsAt(page.getByRole('heading', { level: 1 }))).to.equal(
        t('min.avboka.fraga', { titel: event.title }),
      );
      await send(t('min.avboka.ja'));
      expect(await wordsAt(page.getByRole('status'))).to.equal(t('min.avbokad'));
      const { entry, text, spoken } = await letter(3);
      expect(entry).to.deep.include({ method: 'CANCEL', sequence: 2, uid: letters[1]?.entry?.uid });
      expect(text).to.equal(spoken);
    });

    it('signs up again, which is a new registration', async () => {
      await send(t('min.igen'));
      expect(await wordsAt(page.getByRole('heading', { level: 1 }))).to.equal(t('klart.rubrik'));
      const { entry } = await letter(4);
      expect(entry).to.deep.include({ method: 'REQUEST', sequence: 0 });
      expect(entry?.uid).to.be.a('string').and.not.equal(letters[1]?.entry?.uid);
      expect(service.smtp.mails).to.have.length(4);
    });
  });

/** An open boost day in Östergötland, and another county board's day. */
async function openEvents(): Promise<Event> {
  await anAuthority();
  await anEvent({ authority: '04', title: 'Kunskapsförmiddag i Nyköping', kind: 'kunskapsformiddag' });
  return anEvent();
}

async function fill(page: Page, lang: Language, { givenName, email }: { givenName: string; email: string }) {
  const t = textsIn(lang);
  await page.getByLabel(t('falt.fornamn'), { exact: true }).fill(givenName);
  await page.getByLabel(t('falt.efternamn')).fill('Öberg');
  await page.getByLabel(t('falt.epost')).fill(email);
  await page.getByLabel(t('falt.organisation')).fill('Linköpings kommun');
  await page.getByLabel(t('falt.kommun')).selectOption({ label: 'Linköping' });
  await page.getByLabel(t('falt.roll.chef')).check();
  await page.getByLabel(t('falt.deltagande.plats'), { exact: true }).check();
}

/** The words that a screen reader adds to a field. */
async function described(page: Page, field: ReturnType<Page['getByLabel']>): Promise<string> {
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  return (await Promise.all(ids.map((id) => wordsAt(page.locator(`#${id}`))))).join(' ');
}

/** An instant of the event's day in Stockholm, as ISO. */
function at(time: string): string | undefined {
  return stockholmInstant('2027-02-11', time)?.toISOString();
}
