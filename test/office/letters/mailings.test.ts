import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { MailingModel } from '../../../src/letters/mailings/mailing.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEngagement, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('Writing to the participants', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;

  beforeEach(async () => {
    app = await startApp({ settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
    event = await anEvent();
    await aRegistration(event, { email: 'karin@example.se', givenName: 'Karin', familyName: 'Ek' });
    await aRegistration(event, {
      ...{ email: 'omar@example.se', givenName: 'Omar', familyName: 'Ask' },
      ...{ mode: 'digitalt', language: 'en', municipality: '0583' },
    });
  });
  afterEach(() => app.close());

  const start = () => `/kontor/evenemang/${event._id}/utskick`;
  const page = async (path: string) => (await maja.get(path)).text();
  const form = { status: 'confirmed', municipality: '', role: '', mode: '' };
  const written = { subject: 'Kaffe', text: 'Vi bjuder på kaffe, {fornamn}.', subjectEn: '', textEn: '' };
  const write = async (fields = {}) => maja.post(start(), { ...form, ...written, ...fields });
  const draft = async (fields = {}) => (await write(fields)).headers.get('location') ?? '';
  const letters = () => LetterModel.find({ kind: 'mailing' }).sort({ _id: 1 }).lean();

  it('is seen, tried and sent, and nothing leaves before', async () => {
    const path = await draft({ subject: 'Kaffe på {titel}' });
    const first = wordsOf(await page(path));
    expect(first)
      .to.include('Antal 2 personer')
      .and.include('Skicka till mig först')
      .and.not.include('Skicka till 2 personer');
    expect(first).to.include('Mottagare 1 av 2').and.include('Vi bjuder på kaffe, Omar.');
    expect(await letters()).to.deep.equal([]);

    const omar = /option value="([a-f\d]{24})" selected>Ask, Omar/.exec(await page(path))?.[1] ?? '';
    const tried = await maja.post(`${path}/prova`, { registration: omar });
    const after = await page(tried.headers.get('location') ?? '');
    expect(wordsOf(after)).to.include('Mejlet är på väg till dig.').and.include('Skicka till 2 personer');
    expect((await letters()).map(({ to }) => to.address)).to.deep.equal(['maja.lindgren@example.se']);

    const seen = { version: tokenIn(after, 'version'), count: tokenIn(after, 'count') };
    for (const click of ['first', 'second']) {
      const sent = await maja.post(path, seen);
      expect(sent.headers.get('location'), click).to.equal(
        `/kontor/evenemang/${event._id}/brev?klart=utskick`,
      );
    }
    expect((await letters()).slice(1).map(({ to }) => to.address)).to.have.members([
      'karin@example.se',
      'omar@example.se',
    ]);
    const overview = wordsOf(await page(`/kontor/evenemang/${event._id}/brev?klart=utskick`));
    expect(overview)
      .to.include('Utskicket är på väg till alla mottagare.')
      .and.include(
        'Kaffe på Skolan som skydd: så når fler barn målen Maja Lindgren 2027-01-11 12.00 Klart, till 2',
      );
    expect(await page(path)).not.to.include('Ta bort utkastet');

    // Who got it, whatever has become of them since.
    await RegistrationModel.updateOne({ email: 'omar@example.se' }, { status: 'cancelled' });
    expect(wordsOf(await page(path)))
      .to.include('Antal 2 personer Skickat 2027-01-11 12.00 av Maja Lindgren')
      .and.include('karin@example.se Kaffe på Skolan')
      .and.include('omar@example.se Kaffe på Skolan')
      .and.not.include('Så här blir det');
  });

  it('is shown anew and not sent where the receivers or the words are others by now', async () => {
    const path = await draft();
    await maja.post(`${path}/prova`, { registration: '' });
    await aRegistration(event, { email: 'sara@example.se' });
    const answer = await maja.post(path, { version: '1', count: '2' });
    expect(answer.status).to.equal(409);
    expect(wordsOf(await answer.text()))
      .to.include('Inget är skickat')
      .and.include('Skicka till 3 personer');
    await maja.post(start(), {
      ...form,
      ...written,
      text: 'Te',
      mailing: path.split('/').pop() ?? '',
      version: '1',
    });
    const again = await maja.post(path, { version: '1', count: '3' });
    expect(again.status).to.equal(409);
    expect(await again.text()).not.to.include('name="count"');
    expect(await letters()).to.have.length(1);
  });

  it('shows each receiver, as text and as HTML', async () => {
    const path = await draft();
    const html = await page(path);
    const next = /href="([^"]+)">Nästa/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(wordsOf(await page(next)))
      .to.include('Mottagare 2 av 2')
      .and.include('Vi bjuder på kaffe, Karin.');
    const frame = /<iframe [^>]*src="([^"]+)"/.exec(await page(next.replace('part=text', 'part=html')))?.[1];
    const answer = await maja.get(frame?.replaceAll('&amp;', '&') ?? '');
    expect(answer.headers.get('content-security-policy')).to.match(/^default-src 'none'/);
    expect(await answer.text()).to.include('Hej Karin!');
  });

  const wrong: [string, Record<string, string>, string][] = [
    [
      'an unknown placeholder',
      { text: 'Hej {namn}' },
      '{namn} går inte att använda här. Det här går bra: {fornamn}, {efternamn}, {titel}, {datum}, {tid}, {plats}, {lank}',
    ],
    ['a single brace', { text: 'Hej {fornamn' }, 'Det finns ett ensamt {.'],
    [
      'a name in the subject (R63)',
      { subject: 'Hej {fornamn}' },
      '{fornamn} går inte att använda här. Det här går bra: {titel}, {datum}, {tid}',
    ],
    ['a link in the subject', { subject: '{lank}' }, '{lank} går inte att använda här.'],
    ['what may be the meeting link', { subject: '{plats}' }, '{plats} går inte att använda här.'],
    ['no subject', { subject: ' ' }, 'Skriv ett ämne'],
    ['no words', { text: '' }, 'Skriv vad du vill säga'],
    ['half of it in English', { textEn: 'Coffee' }, 'Skriv ett ämne på engelska också'],
    ['an unknown state', { status: 'alla' }, 'Välj vilka mejlet går till'],
  ];
  for (const [what, fields, message] of wrong)
    it(`is not taken with ${what}, and keeps what was typed`, async () => {
      const answer = await write(fields);
      const html = await answer.text();
      expect(answer.status).to.equal(422);
      expect(wordsOf(html)).to.include(message);
      expect(html).to.include('subject' in fields ? 'Vi bjuder på kaffe' : 'value="Kaffe"');
      expect(await MailingModel.countDocuments()).to.equal(0);
    });

  it('begins with those who are in the list of participants', async () => {
    const list = await page(`/kontor/evenemang/${event._id}/deltagare?municipality=0583&mode=digitalt`);
    const link = /href="([^"]+)">Skriv till dem/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const html = await page(link);
    for (const chosen of ['0583', 'digitalt', 'confirmed'])
      expect(html).to.match(new RegExp(`value="${chosen}" selected`));
    const path = await draft({ municipality: '0583', mode: 'digitalt' });
    expect(wordsOf(await page(path))).to.include('Till Anmälda, Motala, digitalt Antal 1 person ');
  });

  it('can be changed and taken away until it is sent; two who write at once are told', async () => {
    const path = await draft();
    const id = path.split('/').pop() ?? '';
    const html = await page(`${start()}?mailing=${id}`);
    expect(html).to.include('value="Kaffe"').and.include('name="version" value="1"');
    const change = (version: string, subject: string) => write({ mailing: id, version, subject });
    expect((await change('1', 'Te')).headers.get('location')).to.equal(path);
    const late = await change('1', 'Saft');
    expect(late.status).to.equal(409);
    expect(await late.text())
      .to.include('Någon annan har ändrat utkastet')
      .and.include('value="Saft"')
      .and.include('name="version" value="2"');
    await maja.post(`${path}/ta-bort`);
    expect((await maja.get(path)).status).to.equal(404);
    expect((await maja.get(`${start()}?mailing=${id}`)).status).to.equal(404);
  });

  it('has nobody to go to where nobody matches', async () => {
    const path = await draft({ role: 'chef' });
    expect(wordsOf(await page(path)))
      .to.include('Det finns ingen att skicka till.')
      .and.not.include('Skicka till mig');
    expect((await maja.post(`${path}/prova`)).status).to.equal(404);
    expect((await maja.post(path, { version: '1', count: '0' })).status).to.equal(409);
    expect(await EventModel.countDocuments()).to.equal(1);
  });
});

describe('Writing to the speakers', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;

  beforeEach(async () => {
    app = await startApp({ settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
    event = await anEvent();
    await aRegistration(event, { email: 'karin@example.se' });
    await anEngagement(event, { email: 'bo.oberg@example.se', status: 'accepted' });
    await anEngagement(event, { name: 'Cai Berg', email: 'cai.berg@example.se' });
    await anEngagement(event, { name: 'Eva Ek', email: 'eva.ek@example.se', status: 'declined' });
  });
  afterEach(() => app.close());

  const written = { subject: 'Kaffe', text: 'Du talar {tid}: {lank}', subjectEn: '', textEn: '' };
  const write = async (fields = {}) => maja.post(paths.newMailing(event._id), { ...written, ...fields });
  const page = async (path: string) => wordsOf(await (await maja.get(path)).text());
  const copies = () =>
    LetterModel.find({ key: /\.utskick\./ })
      .sort({ 'to.address': 1 })
      .lean<Letter[]>();

  it('is chosen on the event’s page of speakers, seen, tried and sent once', async () => {
    const list = await (await maja.get(paths.eventSpeakers(event._id))).text();
    const form = /href="([^"]*utskick[^"]*)"/.exec(list)?.[1] ?? '';
    expect(await page(form))
      .to.include('Skriv till de medverkande')
      .and.not.include('{fornamn}');
    const path = (await write({ status: 'speakers' })).headers.get('location') ?? '';
    expect(await page(path))
      .to.include('Till Alla medverkande utom de som har tackat nej Antal 2 personer')
      .and.include('Hej Bo Öberg! Du talar klockan 9.00–12.00: https://boostdagar.example.se/medverkan/');
    await maja.post(`${path}/prova`, { registration: '' });
    for (const _click of ['first', 'second']) await maja.post(path, { version: '1', count: '2' });
    const sent = await copies();
    expect(sent.map(({ to }) => to)).to.deep.equal([
      { name: 'Bo Öberg', address: 'bo.oberg@example.se' },
      { name: 'Cai Berg', address: 'cai.berg@example.se' },
    ]);
    expect(sent[0]?.replyTo).to.deep.equal({ name: 'Maja Lindgren', address: 'maja.lindgren@example.se' });
    expect(await page(path)).to.include('Cai Berg cai.berg@example.se Kaffe');
    expect(await AuditModel.countDocuments({ action: 'mailing.sent' })).to.equal(1);
  });

  it('goes to those who have answered so, and knows only what is true of a speaker', async () => {
    for (const [status, address] of [
      ['accepted', 'bo.oberg@example.se'],
      ['invited', 'cai.berg@example.se'],
    ]) {
      const path = (await write({ status })).headers.get('location') ?? '';
      expect(await page(path), status)
        .to.include('Antal 1 person')
        .and.include(address);
    }
    const wrong = await write({ status: 'invited', text: 'Hej {fornamn}' });
    expect(wrong.status).to.equal(422);
    expect(wordsOf(await wrong.text())).to.include('{fornamn} går inte att använda här.');
  });
});
