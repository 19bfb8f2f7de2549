import { expect } from 'chai';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { AuditModel } from '../../../src/audit/log.ts';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { copyEvent } from '../../../src/events/planning/create.ts';
import { FileModel } from '../../../src/files/stored-file.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { useBrowser } from '../../support/browser/browser.ts';
import { aPdf, aPhotograph, aPictureBomb } from '../../support/browser/pictures.ts';
import { anAuthority, anEvent, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

type Files = Record<string, [bytes: Uint8Array, name: string]>;

describe('An event’s picture and documents', function () {
  this.timeout(30_000);
  const open = useBrowser();
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let photograph: Buffer;
  let now: Date;

  before(async () => {
    photograph = await aPhotograph();
  });
  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  function bodyOf(fields: Record<string, string>, files: Files): FormData {
    const body = new FormData();
    for (const [name, value] of Object.entries({ csrf: maja.csrf, ...fields })) body.append(name, value);
    for (const [name, [bytes, file]] of Object.entries(files)) body.append(name, new Blob([bytes]), file);
    return body;
  }
  const send = (path: string, fields: Record<string, string>, files: Files = {}) =>
    fetch(app.url + path, {
      method: 'POST',
      headers: { cookie: maja.cookie },
      body: bodyOf(fields, files),
      redirect: 'manual',
    });
  const sendPicture = (fields: Record<string, string>, files: Files = {}) =>
    send(paths.eventPicture(event._id), fields, files);
  const sendDocument = (fields: Record<string, string>, files: Files = {}) =>
    send(paths.eventFiles(event._id), fields, files);
  /** A page of somebody who is signed in, without JavaScript. */
  async function officePage(): Promise<Page> {
    const page = await open({ javaScript: false });
    const [name = '', value = ''] = maja.cookie.split('=');
    await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: paths.office() }]);
    return page;
  }
  const stored = () => EventModel.findById(event._id).orFail().lean<Event>();
  const eventPage = async (lang = '') => (await fetch(app.url + lang + paths.event(event.slug))).text();
  const status = async (path: string) => (await fetch(app.url + path)).status;
  const alt = 'Två elever läser en bok';

  it('are a picture with its words, for visitors and for messages that link to the page', async () => {
    await eventPage();
    expect((await sendPicture({ alt, seen: '' }, { picture: [photograph, 'dag.jpg'] })).status).to.equal(303);
    const { hash = '', width, height } = (await stored()).picture ?? {};
    const html = await eventPage();
    expect(html).to.contain(`src="/bild/${hash}" alt="${alt}" width="${width}" height="${height}"`);
    expect(html).to.contain(`<meta property="og:image" content="${app.settings.baseUrl}/bild/${hash}">`);
    expect(html).to.contain(`"image":"${app.settings.baseUrl}/bild/${hash}"`);
    const made = await sharp(await (await fetch(app.url + paths.picture(hash))).bytes()).metadata();
    expect([made.exif, made.format, made.width, made.height]).to.deep.equal([
      undefined,
      'webp',
      width,
      height,
    ]);

    expect((await sendPicture({ alt: 'En annan text', seen: hash })).status).to.equal(303);
    expect(await eventPage()).to.contain(`src="/bild/${hash}" alt="En annan text"`);
    expect((await sendPicture({ remove: 'ja' })).status).to.equal(303);
    expect(await eventPage()).not.to.contain('/bild/');
    expect(await FileModel.countDocuments()).to.equal(0);
  });

  it('need words for the picture, and never replace what somebody else has chosen meanwhile', async () => {
    const files = { picture: [photograph, 'dag.jpg'] as [Uint8Array, string] };
    const wordless = await sendPicture({ alt: ' ', seen: '' }, files);
    expect(wordless.status).to.equal(422);
    expect(wordsOf(await wordless.text())).to.contain('Skriv vad bilden visar');
    expect((await sendPicture({ alt, seen: '' })).status, 'no file').to.equal(422);
    expect(await FileModel.countDocuments()).to.equal(0);
    await sendPicture({ alt, seen: '' }, files);
    const late = await sendPicture({ alt: 'Min text', seen: '' }, files);
    expect(late.status).to.equal(409);
    expect(await late.text())
      .to.contain('Min text')
      .and.to.contain(alt);
    expect((await stored()).picture?.alt).to.equal(alt);
  });

  it('are documents with title, kind and size, in Swedish and in English', async () => {
    const pdf = Buffer.concat([aPdf, Buffer.alloc(164_500 - aPdf.length, '\n')]);
    await eventPage();
    const added = await sendDocument(
      { title: 'Program för dagen' },
      { document: [pdf, 'final_v3 (Åsa).pdf'] },
    );
    expect(added.status).to.equal(303);
    const { hash = '' } = (await stored()).downloads?.[0] ?? {};
    const address = `/fil/${hash}/Program-för-dagen.pdf`;
    const html = await eventPage();
    expect(html).to.contain(`href="${address}"`);
    expect(wordsOf(html)).to.contain('Program för dagen (Pdf, 164,5 kB)');
    expect(wordsOf(await eventPage('/en'))).to.contain('(PDF, 164.5 kB)');
    const file = await fetch(app.url + address);
    expect(Object.fromEntries(file.headers)).to.include({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
    });
    expect(file.headers.get('content-disposition')).to.match(/^attachment/);

    const again = await sendDocument({ title: 'Samma fil' }, { document: [pdf, 'x.pdf'] });
    expect([again.status, wordsOf(await again.text()).includes('Den filen finns redan')]).to.deep.equal([
      422,
      true,
    ]);
    expect((await sendDocument({ remove: hash })).status).to.equal(303);
    expect((await sendDocument({ remove: hash })).status, 'a second click').to.equal(303);
    expect(await eventPage()).not.to.contain(address);
    expect(await status(address)).to.equal(404);
    expect(await FileModel.countDocuments()).to.equal(0);
    const log = await AuditModel.find({ action: 'event.files' }).sort({ at: 1, _id: 1 }).lean();
    expect(log.map(({ changes }) => changes?.map(({ from, to }) => [from, to]))).to.deep.equal([
      [['', 'Program för dagen']],
      [['Program för dagen', '']],
    ]);
  });

  it('are chosen and shown in a browser without JavaScript', async () => {
    const page = await officePage();
    await page.goto(app.url + paths.officeEvent(event._id));
    await page.getByRole('link', { name: 'Dokument', exact: true }).click();
    await page.getByLabel('Vad bilden visar').fill(alt);
    const file = { name: 'dag.jpg', mimeType: 'image/jpeg', buffer: photograph };
    await page.locator('#picture').setInputFiles(file);
    await page.getByRole('button', { name: 'Spara bilden' }).click();
    await page.getByLabel('Rubrik').fill('Program');
    await page.locator('#document').setInputFiles({ ...file, name: 'p.pdf', buffer: aPdf });
    await page.getByRole('button', { name: 'Lägg till dokumentet' }).click();
    await page.getByText('Dokumentet är tillagt.').waitFor();
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().includes('/bild/')),
      page.goto(app.url + paths.event(event.slug)),
    ]);
    await page.getByRole('img', { name: alt }).waitFor();
    expect(answer.status()).to.equal(200);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Program (Pdf' }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('Program.pdf');
  });

  it('are hidden while the event is a draft, and only shown to its organisers', async () => {
    await EventModel.updateOne({ _id: event._id }, { state: 'draft', publishedAt: null });
    await sendPicture({ alt, seen: '' }, { picture: [photograph, 'dag.jpg'] });
    await sendDocument({ title: 'Program' }, { document: [aPdf, 'program.pdf'] });
    const { picture, downloads = [] } = await stored();
    const hashes = [picture?.hash ?? '', downloads[0]?.hash ?? ''];
    const addresses = [paths.picture(hashes[0] ?? ''), paths.file(hashes[1] ?? '', 'program.pdf')];
    const all = async () => Promise.all(addresses.map(status));
    expect(await all()).to.deep.equal([404, 404]);
    const preview = await (await maja.get(paths.preview(event._id))).text();
    for (const hash of hashes) {
      expect(preview).to.contain(paths.eventFile(event._id, hash));
      expect((await maja.get(paths.eventFile(event._id, hash))).status).to.equal(200);
    }
    await maja.post(paths.publish(event._id), {});
    expect(await all()).to.deep.equal([200, 200]);
    await maja.post(paths.unpublish(event._id), {});
    expect(await all()).to.deep.equal([404, 404]);

    const copy = await copyEvent({ now: app.clock(), by: {}, settings: app.settings }, await stored());
    expect(copy).not.to.have.any.keys('picture', 'downloads');
    await maja.post(paths.deleteEvent(event._id), {});
    expect(await FileModel.countDocuments()).to.equal(0);
  });

  it('are refused clearly when they are something else, too large or broken, and nothing is kept', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const large = Buffer.alloc(15 * 1024 * 1024 + 1, '%');
    const tried: [file: Uint8Array, name: string, status: number, words: string][] = [
      [svg, 'bild.jpg', 422, 'Välj en bild i formatet JPEG, PNG eller WebP.'],
      [html, 'bild.png', 422, 'Välj en bild i formatet JPEG, PNG eller WebP.'],
      [aPdf, 'bild.png', 422, 'Välj en bild i formatet JPEG, PNG eller WebP.'],
      [await aPictureBomb(), 'bild.png', 422, 'bild'],
      [photograph.subarray(0, 20_000), 'bild.jpg', 422, 'bild'],
      [large, 'bild.jpg', 413, 'Filen är för stor. Den får vara högst 15 MB.'],
    ];
    for (const [file, name, code, words] of tried) {
      const answer = await sendPicture({ alt, seen: '' }, { picture: [file, name] });
      const text = await answer.text();
      expect([answer.status, text.includes(words), text.includes(alt)], name).to.deep.equal([
        code,
        true,
        true,
      ]);
    }
    for (const [file, code] of [
      [html, 422],
      [photograph, 422],
      [large, 413],
      [Buffer.alloc(0), 422],
    ] as const) {
      const answer = await sendDocument({ title: 'Elins bilder' }, { document: [file, 'bilder.pdf'] });
      expect([answer.status, (await answer.text()).includes('Elins bilder')]).to.deep.equal([code, true]);
    }
    const boundary = 'gräns';
    const whole = [
      ...[`--${boundary}`, 'Content-Disposition: form-data; name="csrf"', '', maja.csrf],
      ...[`--${boundary}`, 'Content-Disposition: form-data; name="title"', '', 'Elins bilder'],
      ...[
        `--${boundary}`,
        'Content-Disposition: form-data; name="document"; filename="a.pdf"',
        '',
        '%PDF-1.7',
      ],
    ].join('\r\n');
    const cut = await fetch(app.url + paths.eventFiles(event._id), {
      method: 'POST',
      headers: { cookie: maja.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: whole.replaceAll('ä', 'a'),
    });
    expect(cut.status).to.be.within(400, 422);
    expect(await FileModel.countDocuments()).to.equal(0);
    expect(await stored()).not.to.have.any.keys('picture', 'downloads');
  });

  it('are documentation of an event that has been: on its page, in the list and in the thanks', async () => {
    await sendDocument({ title: 'Elins bilder' }, { document: [aPdf, 'bilder.pdf'] });
    const own = `${app.settings.baseUrl}/fil/${'b'.repeat(64)}/bilder.pdf`;
    const documentation = [
      { title: 'Film', url: 'https://film.example.se/1' },
      { title: 'Våra bilder', url: own },
    ];
    await EventModel.updateOne({ _id: event._id }, { documentation });
    expect(await eventPage())
      .to.contain('<h2>Dokument</h2>')
      .and.not.to.contain('film.example.se');
    now = new Date(+event.end + 60_000);
    const html = await eventPage();
    expect(html).to.contain('<h2>Dokumentation</h2>').and.to.contain('href="https://film.example.se/1"');
    expect(html, 'no mark of a link that leads away').to.contain(`href="/fil/${'b'.repeat(64)}/bilder.pdf"`);
    expect(html, 'nothing after the page').to.match(/<\/html>\s*$/);
    expect(wordsOf(await (await fetch(app.url)).text())).to.contain('Dokumentation finns');
    await EventModel.updateOne({ _id: event._id }, { $unset: { documentation: 1 } });
    expect(wordsOf(await (await fetch(app.url)).text())).to.contain('Dokumentation finns');
  });
});
