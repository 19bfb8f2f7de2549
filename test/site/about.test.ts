import { expect } from 'chai';
import { Counter } from '../../src/limits/counter.ts';
import { OriginModel, originHours } from '../../src/registrations/bursts/origin.ts';
import { actDays } from '../../src/registrations/personal/links.ts';
import { people } from '../../src/registrations/sign-up/people-limit.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, monday } from '../support/builders.ts';
import { visit } from '../support/requests/visitor.ts';

describe('What the footer leads to', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority({ contactEmail: 'ostergotland@example.se' });
    await anAuthority({
      _id: '04',
      contactEmail: 'sodermanland@example.se',
      dataProtectionEmail: 'dso@example.se',
    });
  });
  afterEach(() => app.close());

  it('is in the footer of every page, in its language, with the county board', async () => {
    for (const [path, prefix] of [
      ['/', ''],
      ['/en', '/en'],
      ['/evenemang/finns-inte', ''],
    ]) {
      const { html } = await visit(app, path ?? '');
      for (const page of ['personuppgifter', 'tillganglighet', 'kakor'])
        expect(html).to.include(`href="${prefix}/${page}"`);
    }
    expect((await visit(app, '/?lan=04')).words).to.include(
      'Länsstyrelsen Södermanland Stora Torget 13, 611 86 Nyköping',
    );
  });

  it('tells how personal data is processed: only what is true now (G1, G3)', async () => {
    const { words, html } = await visit(app, '/personuppgifter');
    for (const part of [
      'Länsstyrelsen Östergötland, organisationsnummer 202100-2270, är personuppgiftsansvarig.',
      'Länsstyrelsen Södermanland, organisationsnummer 202100-2262, är personuppgiftsansvarig.',
      'dso@example.se',
      'uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen)',
      'Vi behandlar namn, e-postadress, organisation, kommun, roll',
      'Den som begär ut allmänna handlingar',
      'Ingen regel är beslutad än om när den får raderas',
      `från samma nät under ${people.minutes} minuter.`,
      `För räkningen sparas det i högst ${2 * people.minutes} minuter.`,
      `Tillsammans med en anmälan sparar vi kontrolltalet för nätet längre, i ${originHours} timmar.`,
      `Från ${actDays} dagar efter evenemanget kan du bara se och hämta dem`,
      'Du har rätt att få ett utdrag',
      'Vi fattar inga automatiska beslut om dig.',
      'imy.se (länk till annan webbplats)',
    ])
      expect(words).to.include(part);
    const full = new Counter(people, monday, 'of the network');
    full.add(people.most);
    for (let letter = 0; letter < people.most; letter += 1) full.takeTurn(people.most / people.minutes);
    expect(+full.row().endsAt - +monday).to.be.at.most(2 * people.minutes * 60_000);
    const indexes = await OriginModel.collection.indexes();
    const forgotten = indexes.flatMap(({ expireAfterSeconds }) => expireAfterSeconds ?? []);
    expect(forgotten).to.deep.equal([originHours * 3600]);
    expect(words).to.not.match(/samtyck|kost|allergi|väntelist/i);
    expect(html).to.include('href="/anmalan/ny-lank"');
  });

  it('tells it for one county board where the address names it', async () => {
    const { words } = await visit(app, '/personuppgifter?lan=04');
    expect(words).to.include('Länsstyrelsen Södermanland, organ').and.not.include('Östergötland');
    expect((await visit(app, '/personuppgifter?lan=99')).words).to.include('Östergötland');
    expect((await visit(app, '/en/personuppgifter?lan=05')).words).to.include('is the controller');
  });

  it("has everything on Digg's list in the accessibility statement (T13)", async () => {
    const { words, html } = await visit(app, '/tillganglighet');
    for (const part of [
      'Länsstyrelsen Södermanland och Länsstyrelsen Östergötland står bakom den här webbplatsen.',
      'Redogörelsen gäller tjänsten Boostdagar.',
      'Webbplatsen är helt förenlig med lagen.',
      'Kända brister Vi känner inte till några brister.',
      'oskäligt betungande',
      '(12 § lagen om tillgänglighet till digital offentlig service)',
      '(9 §)',
      'Vi har själva bedömt webbplatsen',
      'Vi bedömde webbplatsen senast den ',
      'uppdaterade redogörelsen senast den ',
    ])
      expect(words).to.include(part);
    expect(html)
      .to.include('href="mailto:ostergotland@example.se?subject=')
      .and.include('mailto:sodermanland@');
    expect(html).to.include('href="https://www.digg.se/tdosanmalan"');
    expect((await visit(app, '/en/tillganglighet')).words).to.include(
      'The website is fully compliant with the Act.',
    );
  });

  it('names the cookies that there are, with their purposes and lifetimes (C1)', async () => {
    const page = await visit(app, '/kakor');
    expect(page.words).to.include('Du som läser eller anmäler dig får inga kakor alls.');
    expect(page.words).to.include(
      'får två: kontor, som håller reda på inloggningen, och kontor-inloggning, som visar',
    );
    expect(page.words).to.include('två timmar efter det senaste besöket');
    expect(page.headers.has('set-cookie')).to.equal(false);
  });
});
