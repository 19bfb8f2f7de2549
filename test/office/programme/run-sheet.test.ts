import { join } from 'node:path';
import { expect } from 'chai';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { endWriter } from '../../../src/print/print.ts';
import { EngagementModel } from '../../../src/speakers/engagements/engagement.ts';
import { registerSpeakers } from '../../../src/speakers/programme.ts';
import { aForm, anAuthority, anEvent, aSpeaker, formOf, monday } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { readMail } from '../../support/mail/mailbox.ts';
import { readPdf } from '../../support/pdf.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';
import { type Service, startService } from '../../support/service.ts';

const withoutTypst = join(import.meta.dirname, '../../support/processes/without-typst.cjs');

/** What visitors never see, each in a word of its own. */
const secret = {
  responsible: 'Ansvarskajsa',
  technique: 'Handmikrofonen',
  notes: 'Nyckelskåpet\r\n#let *x*',
};

describe('The run sheet', function () {
  this.timeout(30_000);
  let service: Service;
  let maja: Browser;
  let event: Event;
  const stored = () => EventModel.findById(event._id).orFail().lean<Event>();

  beforeEach(async () => {
    service = await startService(() => monday);
    await anAuthority();
    maja = await signIn(service.app);
    await aSpeaker();
    event = await registerSpeakers(organiserAt(monday), await anEvent());
    const session = String(event.sessions[0]?._id);
    const said = { version: String(event.version), session, room: 'Stora salen', ...secret };
    expect((await maja.post(paths.programme(event._id), said)).status).to.equal(303);
    event = await stored();
  });
  afterEach(() => service.close());

  /** Elin is invited, and says what she needs. @returns her personal link */
  async function invitedElin(): Promise<string> {
    const [elin] = event.sessions[0]?.speakers ?? [];
    await maja.post(paths.inviteSpeakers(event._id), { chosen: String(elin?.entry), send: 'ja' });
    await EngagementModel.updateOne({ event: event._id }, { needs: 'Ljud från egen dator' });
    const link = /https:\/\/boostdagar\.example\.se(\/medverkan\/[\w-]{40})/;
    const letters = await Promise.all((await service.smtp.received(1)).map(readMail));
    return letters.map(({ text }) => link.exec(text)?.[1]).find(Boolean) ?? '';
  }

  it('says what happens when and where, who sees to it, and what technique speakers have asked for', async () => {
    await invitedElin();
    const words = wordsOf(await (await maja.get(paths.runSheet(event._id))).text());
    for (const said of ['9.00–10.30', 'Stora salen', 'Ansvarskajsa', 'Nyckelskåpet', '#let *x*'])
      expect(words).to.contain(said);
    expect(words).to.contain('Handmikrofonen Elin Sandbäck: Ljud från egen dator');
    expect(words).to.contain('0 på plats, 0 digitalt');
  });

  it('is filled in on the programme’s page, where another edit leaves it as it is', async () => {
    const session = String(event.sessions[0]?._id);
    await maja.post(paths.programme(event._id), {
      version: String(event.version),
      session,
      title: 'Ny rubrik',
    });
    expect((await stored()).sessions[0]).to.include({
      ...secret,
      notes: 'Nyckelskåpet\n#let *x*',
      title: 'Ny rubrik',
    });
    const html = await (await maja.get(`${paths.programme(event._id)}?session=${session}`)).text();
    expect(html).to.contain('<details class="fold" open>').and.contain('value="Ansvarskajsa"');
  });

  it('is the same as a PDF that a screen reader can read: language, title, headings, a table with its heads', async () => {
    const answer = await maja.get(paths.runSheetPdf(event._id));
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    const pdf = new Uint8Array(await answer.arrayBuffer());
    const { elements, ...about } = await readPdf(pdf);
    const title = 'Körschema: Skolan som skydd: så når fler barn målen';
    expect(about).to.deep.equal({ title, language: 'sv', accessible: '1' });
    expect(elements[0]).to.equal(`H1 ${title}`);
    expect(elements.filter((one) => one.startsWith('TH '))).to.deep.equal(
      ['Tid', 'Lokal', 'Programpunkt', 'Ansvarig', 'Teknik', 'Anteckningar'].map((head) => `TH ${head}`),
    );
    expect(elements).to.include.members([
      'TD 9.00–10.30',
      'TD Stora salen',
      'P Det som håller barn kvar i skolan',
      'TD Ansvarskajsa',
      'P #let *x*',
    ]);
    const again = await maja.get(paths.runSheetPdf(event._id));
    expect(Buffer.from(await again.arrayBuffer()).equals(pdf)).to.equal(true);
  });

  it('reaches no page, feed, file or letter of visitors and speakers', async () => {
    const speaker = await invitedElin();
    await fetch(`${service.app.url}${paths.signUp(event.slug)}`, formOf(aForm()));
    await service.smtp.received(2);
    await maja.post(`/kontor/evenemang/${event._id}/stall-in`, {
      reason: 'Sjukdom',
      version: String(event.version),
    });
    const mails = await service.smtp.received(4);
    const letters = await Promise.all(mails.map(readMail));
    const own = letters.map(
      ({ text }) => /https:\/\/boostdagar\.example\.se(\/anmalan\/[\w-]{40})/.exec(text)?.[1],
    );
    const link = own.find(Boolean);
    expect([speaker, link]).not.to.include(undefined);
    const address = paths.event(event.slug);
    const pages = [
      ...['/', '/en', address, `/en${address}`, '/kalender.ics', `${address}/kalender.ics`, speaker],
      ...[link, `${link}/data.json`, `${link}/kalender.ics`],
    ];
    const seen = [];
    for (const page of pages) {
      const answer = await fetch(service.app.url + page);
      expect(answer.status, page).to.equal(200);
      seen.push(await answer.text());
    }
    expect(seen[2]).to.contain('Stora salen');
    expect(letters.map(({ text }) => text).join()).to.contain(
      'Det som håller barn kvar i skolan (Stora salen)',
    );
    const all = [...seen, ...mails.map(({ raw }) => String(raw)), ...letters.map(({ text }) => text)].join(
      '\n',
    );
    for (const word of ['Ansvarskajsa', 'Handmikrofonen', 'Nyckelskåpet', 'Ljud från egen dator'])
      expect(all.replaceAll(/<textarea[\s\S]*?<\/textarea>/g, '')).not.to.contain(word);
  });

  it('answers 503 where no PDF can be written, and the page can be printed', async () => {
    endWriter();
    process.env.NODE_OPTIONS = `--require=${withoutTypst}`;
    try {
      const answer = await maja.get(paths.runSheetPdf(event._id));
      expect(answer.status).to.equal(503);
      expect(wordsOf(await answer.text()))
        .to.contain('Det går inte att göra en pdf här just nu.')
        .and.contain('Ansvarskajsa');
    } finally {
      delete process.env.NODE_OPTIONS;
      endWriter();
    }
    expect((await maja.get(paths.runSheetPdf(event._id))).status).to.equal(200);
  });
});
