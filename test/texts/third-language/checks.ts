import { expect } from 'chai';
import { paths } from '../../../src/base/paths.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { personalLink } from '../../support/mail/mailbox.ts';
import { signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { send, visit } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';
import { type Service, startService } from '../../support/service.ts';

// Run by third-language.test.ts in a process whose table of languages has a third line.
describe('A third language', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService(() => monday);
    await anAuthority();
    await anEvent({ slug: 'dagen' });
  });
  afterEach(() => service.close());

  const signUp = async () => {
    const { language: _language, ...answers } = aPerson();
    return send(service.app, '/nn/evenemang/dagen/anmalan', answers);
  };
  const linksIn = (html: string) =>
    [...html.matchAll(/<a href="([^"]*)" lang="(\w+)" hreflang="\2">([^<]*)</g)].map(([, ...link]) => link);

  it('has every page below its own address, with a link to each of the others', async () => {
    const page = await visit(service.app, '/nn/evenemang/dagen');
    expect(page.status).to.equal(200);
    expect(page.html).to.include('<html lang="nn">').and.include('action="/nn/evenemang/dagen/anmalan"');
    expect(page.words).to.include('~Anmäl dig').and.include('Torsdag 11 februar 2027 kl. 9.00–12.00');
    expect(linksIn(page.html)).to.deep.equal([
      ['/evenemang/dagen', 'sv', 'På svenska'],
      ['/en/evenemang/dagen', 'en', 'In English'],
    ]);
  });

  it('is linked to from the pages in the other languages', async () => {
    const nn = ['/nn?ar=2027', 'nn', '~På svenska'];
    expect(linksIn((await visit(service.app, '/?ar=2027')).html)).to.deep.equal([
      ['/en?ar=2027', 'en', 'In English'],
      nn,
    ]);
    expect(linksIn((await visit(service.app, '/en?ar=2027')).html)).to.deep.equal([
      ['/?ar=2027', 'sv', 'På svenska'],
      nn,
    ]);
  });

  it('stays the language of whoever signs up in it: answer, letter, personal page', async () => {
    expect((await signUp()).headers.get('location')).to.equal('/nn/evenemang/dagen/tack');
    const letter = await service.letter(1);
    expect(letter.subject).to.match(/^~Bekräftelse: .*, 11 februar 2027$/);
    expect(letter.text).to.match(/^Länsstyrelsen Östergötland ~Hej Åsa!/);
    const { raw } = await LetterModel.findOne().orFail();
    expect(String(raw)).to.include('<html lang=3D"nn">');
    const link = personalLink(letter);
    expect(link).to.match(/^\/nn\/anmalan\//);
    expect((await visit(service.app, link)).words).to.include('~Din anmälan');
    const init = { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } };
    expect((await visit(service.app, `${link}/paminnelser`, init)).status).to.equal(200);
  });

  it('is known to the database, and any other is not', async () => {
    await signUp();
    const registration = await RegistrationModel.findOne({ email: 'asa.oberg@example.se' }).orFail();
    await registration.validate();
    registration.set('language', 'xx');
    const refused = await registration.validate().catch((error) => error);
    expect(refused.errors).to.have.all.keys('language');
  });

  it('can be seen in the office, and written in to those who chose it', async () => {
    await signUp();
    const maja = await signIn(service.app);
    const { event } = await RegistrationModel.findOne().orFail();
    const sample = await (await maja.get(`${paths.whatTheyGet(event)}?language=nn`)).text();
    expect(sample).to.include('<option value="nn" selected>Nynorska</option>').and.include('~Hej Åsa!');
    const preview = await (await maja.get(`${paths.preview(event)}?language=nn`)).text();
    expect(preview).to.include('<html lang="nn">').and.include('href="?language=en"');

    const form = await (await maja.get(paths.newMailing(event))).text();
    expect(wordsOf(form)).to.include('Ämne på nynorska');
    const words = { subject: 'Kaffe', text: 'Vi bjuder på kaffe.', subjectEn: '', textEn: '' };
    const half = await maja.post(paths.newMailing(event), {
      status: 'confirmed',
      ...words,
      textNn: 'Kaffi.',
    });
    expect(wordsOf(await half.text())).to.include('Skriv ett ämne på nynorska också');
    const written = { status: 'confirmed', ...words, subjectNn: 'Kaffi', textNn: 'Kaffi.' };
    const draft = (await maja.post(paths.newMailing(event), written)).headers.get('location') ?? '';
    await maja.post(`${draft}/prova`);
    const page = await (await maja.get(draft)).text();
    await maja.post(draft, { version: tokenIn(page, 'version'), count: tokenIn(page, 'count') });
    const letter = await LetterModel.findOne({ kind: 'mailing', registration: { $exists: true } }).orFail();
    expect(letter).to.include({ language: 'nn' });
    expect(letter.facts.written).to.include({ subject: 'Kaffi', text: 'Kaffi.' });
  });
});
