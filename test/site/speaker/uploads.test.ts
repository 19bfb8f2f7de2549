import { expect } from 'chai';
import sharp from 'sharp';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { FileModel } from '../../../src/files/stored-file.ts';
import { type Engagement, EngagementModel } from '../../../src/speakers/engagements/engagement.ts';
import { speakerToken } from '../../../src/speakers/engagements/links.ts';
import { SpeakerModel } from '../../../src/speakers/entries/speaker.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aPdf, aPhotograph, aPictureBomb } from '../../support/browser/pictures.ts';
import { anAuthority, anEngagement, anEvent } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

type Files = Record<string, [bytes: Uint8Array, name: string]>;

describe('What a speaker hands in', function () {
  this.timeout(30_000);
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let engagement: Engagement;
  let link: string;
  let photograph: Buffer;

  before(async () => {
    photograph = await aPhotograph();
  });
  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent();
    engagement = await anEngagement(event);
    const speaker = { name: 'Bo Öberg', title: '', organisation: '', email: '', entry: engagement.speaker };
    await EventModel.updateOne({ _id: event._id }, { $set: { 'sessions.0.speakers': [speaker] } });
    link = paths.engagement(speakerToken(engagement, app.settings.secret));
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  async function handIn(fields: Record<string, string>, files: Files = {}, headers = {}) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ answer: 'ja', needs: 'En skärm', ...fields }))
      body.append(name, value);
    for (const [name, [bytes, file]] of Object.entries(files)) body.append(name, new Blob([bytes]), file);
    return fetch(app.url + link, { method: 'POST', body, redirect: 'manual', headers });
  }
  const stored = async () => EngagementModel.findById(engagement._id).orFail().lean<Engagement>();
  const decide = async (fields: Record<string, string>) =>
    maja.post(paths.eventSpeaker(event._id, engagement._id), fields);
  const eventPage = async () => (await fetch(app.url + paths.event(event.slug))).text();
  const status = async (path: string) => (await fetch(app.url + path)).status;

  it('is a portrait that visitors see after the speaker’s yes and the organiser’s', async () => {
    expect((await handIn({}, { portrait: [photograph, 'jag.jpg'] })).status).to.equal(303);
    const hash = (await stored()).portrait ?? '';
    const picture = paths.picture(hash);
    expect(await status(picture), 'nobody has agreed').to.equal(404);
    expect(await status(`${link}/portratt`), 'the speaker').to.equal(200);
    expect((await maja.get(paths.officeFile(event._id, engagement._id, hash))).status).to.equal(200);
    await decide({ approved: 'portrait', profile: 'ja' });
    expect(await status(picture), 'the speaker has not agreed').to.equal(404);
    expect(await eventPage()).not.to.contain('/bild/');

    await handIn({ agrees: 'ja' });
    const shown = await fetch(app.url + picture);
    expect(Object.fromEntries(shown.headers)).to.include({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await sharp(await shown.bytes()).metadata()).exif).to.equal(undefined);
    expect(await eventPage()).to.contain(`src="${picture}" alt="Porträtt av Bo Öberg"`);

    await handIn({});
    expect(await status(picture), 'the yes is taken back').to.equal(404);
    expect(await eventPage()).not.to.contain('/bild/');
    await handIn({ withoutPortrait: 'ja' });
    expect(await FileModel.countDocuments()).to.equal(0);
    expect(await SpeakerModel.findById(engagement.speaker).lean()).not.to.have.property('portrait');
  });

  it('are slides that the organiser publishes as documentation, and that browsers save', async () => {
    const large = Buffer.concat([aPdf, Buffer.alloc(14.5 * 1024 * 1024)]);
    expect((await handIn({}, { slides: [large, 'Mina bilder.pdf'] })).status).to.equal(303);
    const [slides] = (await stored()).slides;
    const file = paths.file(slides?.hash ?? '', slides?.name ?? '');
    expect(file).to.match(/^\/fil\/[\da-f]{64}\/Mina-bilder\.pdf$/);
    expect(await status(file)).to.equal(404);
    await decide({ slides: slides?.hash ?? '' });
    const answer = await fetch(app.url + file);
    expect(Object.fromEntries(answer.headers)).to.include({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename=Mina-bilder.pdf',
    });
    expect((await answer.bytes()).length).to.equal(large.length);
    const { documentation } = await EventModel.findById(event._id).orFail().lean<Event>();
    expect(documentation).to.deep.equal([
      { title: 'Bo Öberg: Mina-bilder.pdf', url: `${app.settings.baseUrl}${file}` },
    ]);
    await decide({});
    expect(await status(file)).to.equal(404);
  });

  it('is refused with a sentence if it is something else, and the text is not lost', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const wrong: [Files, number, string][] = [
      [{ portrait: [svg, 'jag.png'] }, 422, 'Välj en bild i formatet JPEG, PNG eller WebP.'],
      [{ portrait: [await aPictureBomb(), 'jag.png'] }, 422, 'för många bildpunkter'],
      [{ portrait: [photograph.subarray(0, 9000), 'jag.jpg'] }, 422, 'Bilden går inte att läsa'],
      [{ slides: [svg, 'bilder.pdf'] }, 422, 'Välj en fil i formatet pdf, pptx eller odp.'],
      [{ slides: [Buffer.alloc(16 * 1024 * 1024), 'bilder.pdf'] }, 413, 'Den får vara högst 15 MB.'],
    ];
    for (const [files, expected, sentence] of wrong) {
      const answer = await handIn({ biography: 'Jag forskar.' }, files);
      const html = await answer.text();
      expect([answer.status, wordsOf(html).includes(sentence)], sentence).to.deep.equal([expected, true]);
      expect(html, sentence).to.contain('>Jag forskar.</textarea>');
    }
    expect(await FileModel.countDocuments()).to.equal(0);
    expect((await stored()).status).to.equal('invited');
  });

  it('is at most three files', async () => {
    for (const number of [1, 2, 3])
      await handIn({}, { slides: [Buffer.concat([aPdf, Buffer.from([number])]), `${number}.pdf`] });
    const fourth = await handIn({}, { slides: [aPdf, '4.pdf'] });
    expect(wordsOf(await fourth.text())).to.contain('Du kan lämna högst 3 filer.');
    const [first] = (await stored()).slides;
    await handIn({ withoutSlides: first?.hash ?? '' }, { slides: [aPdf, '4.pdf'] });
    expect((await stored()).slides.map(({ name }) => name)).to.deep.equal(['2.pdf', '3.pdf', '4.pdf']);
    expect(await FileModel.countDocuments()).to.equal(3);
  });

  it('is not even read if another site sends it, or the link was made up', async () => {
    const forged = await handIn({}, { slides: [aPdf, 'a.pdf'] }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(forged.status).to.equal(403);
    link = paths.engagement('A'.repeat(40));
    expect((await handIn({}, { slides: [aPdf, 'a.pdf'] })).status).to.equal(404);
    expect(await FileModel.countDocuments()).to.equal(0);
  });

  it('is not kept if its form breaks off', async () => {
    const body = '--x\r\nContent-Disposition: form-data; name="slides"; filename="a.pdf"\r\n\r\n%PDF-1.7';
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const answer = await fetch(app.url + link, { method: 'POST', body, headers });
    expect(answer.status).to.equal(400);
    expect(wordsOf(await answer.text())).to.contain('Filen kom inte fram hel.');
    expect(await FileModel.countDocuments()).to.equal(0);
  });
});
