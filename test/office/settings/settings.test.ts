import { expect } from 'chai';
import { findAuthority } from '../../../src/authorities/authority.ts';
import { OrganiserModel } from '../../../src/organisers/organiser.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority } from '../../support/builders.ts';
import { anOrganiser, type Browser, signIn } from '../../support/requests/sign-in.ts';

const address = '/kontor/installningar';
const typed = {
  version: '1',
  unit: 'Enheten för barn',
  street: 'Östgötagatan 3',
  postal: '581 86 Linköping',
  organisationNumber: '202100-2270',
  dataProtectionEmail: 'Dataskydd@example.se',
  contactEmail: 'barn@example.se',
  contactPhone: '',
  closingText: 'somIdag',
};

describe('The settings in the office', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp({ settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  it('are saved and shown', async () => {
    const answer = await maja.post(address, typed);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, `${address}?klart=sparat`]);
    expect(await findAuthority('05')).to.include({
      ...typed,
      version: 2,
      dataProtectionEmail: 'dataskydd@example.se',
    });
    const html = await (await maja.get(address)).text();
    expect(html)
      .to.contain('value="Enheten för barn"')
      .and.match(/value="somIdag"[^>]*checked/);
  });

  it('that are wrong come back with what is wrong', async () => {
    const answer = await maja.post(address, { ...typed, organisationNumber: '2021002270', contactEmail: '' });
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(html)
      .to.contain('Det finns 2 fel')
      .and.contain('value="2021002270"')
      .and.contain('href="#contactEmail"');
    expect(await findAuthority('05')).to.include({ version: 1 });
  });

  it('are not saved over a colleague’s', async () => {
    await maja.post(address, typed);
    const answer = await maja.post(address, { ...typed, unit: 'Enheten för unga' });
    expect(answer.status).to.equal(409);
    const page = await answer.text();
    expect(page).to.contain('<td>Enheten för barn</td><td>Enheten för unga</td>');
    // Stored in small letters. The page calls it as the form does.
    expect(page).to.contain('<th scope="row">Dataskyddsombudets e-postadress</th>');
    expect(await findAuthority('05')).to.include({ unit: 'Enheten för barn' });
  });

  it('invite a colleague by letter, once', async () => {
    const anna = { name: 'Anna Berg', email: 'anna.berg@example.se' };
    const answer = await maja.post(`${address}/organisatorer`, anna);
    expect(answer.headers.get('location')).to.equal(`${address}?klart=inbjuden`);
    expect(await OrganiserModel.findOne(anna).lean()).to.include({ authority: '05' });
    expect((await LetterModel.findOne().lean())?.to).to.deep.equal({
      name: 'Anna Berg',
      address: 'anna.berg@example.se',
    });
    const again = await maja.post(`${address}/organisatorer`, {
      name: 'Anna',
      email: 'ANNA.Berg@example.se',
    });
    expect(again.status).to.equal(422);
    expect(await again.text()).to.contain('hör redan till en organisatör');
    expect((await maja.post(`${address}/organisatorer`, { name: '', email: 'x' })).status).to.equal(422);
    expect(await OrganiserModel.countDocuments()).to.equal(2);
  });

  it('answer an invitation alike, whether the address plans for another county board or not', async () => {
    await anOrganiser({ authority: '04', name: 'Karin Ek', email: 'karin.ek@example.se' });
    const invite = async (email: string) => {
      const answer = await maja.post(`${address}/organisatorer`, { name: 'Ny Person', email });
      const page = await (await maja.get(address)).text();
      const [row = ''] = new RegExp(`<p class="when">Ny Person</p>[^]*?${email}[^]*?</li>`).exec(page) ?? [];
      const shown = row.replaceAll(email, 'E').replace(/[\da-f]{24}/g, 'ID');
      return { status: answer.status, location: answer.headers.get('location'), shown };
    };
    const stranger = await invite('ny.person@example.se');
    expect(stranger.shown).to.contain('Har inte loggat in än').and.contain('Ta bort');
    await OrganiserModel.deleteOne({ email: 'ny.person@example.se' });
    expect(await invite('karin.ek@example.se')).to.deep.equal(stranger);
    const letters = await LetterModel.find().lean();
    expect(letters.map(({ to }) => to.address)).to.have.members([
      'ny.person@example.se',
      'karin.ek@example.se',
    ]);
  });

  it('keep the telephone number where a post says nothing of it', async () => {
    const { contactPhone, version, ...board } = (await findAuthority('05')) ?? {};
    const fields = Object.entries(board).filter(([, value]) => typeof value === 'string');
    const answer = await maja.post(address, { ...Object.fromEntries(fields), version: String(version) });
    expect(answer.status).to.equal(303);
    expect(contactPhone).to.be.a('string').and.not.equal('');
    expect(await findAuthority('05')).to.include({ contactPhone });
  });

  it('take a colleague away after a question, and not the last one', async () => {
    const erik = await signIn(app, { name: 'Erik Dahl', email: 'erik.dahl@example.se' });
    const { _id } = await anOrganiser({ email: 'erik.dahl@example.se' });
    const path = `${address}/organisatorer/${_id}/ta-bort`;
    expect(await (await maja.get(path)).text()).to.contain('Vill du ta bort Erik Dahl?');
    expect((await maja.post(path)).headers.get('location')).to.equal(`${address}?klart=borttagen`);
    expect((await erik.get('/kontor')).status).to.equal(303);
    const own = await anOrganiser();
    const last = await maja.post(`${address}/organisatorer/${own._id}/ta-bort`);
    expect(last.status).to.equal(422);
    expect(await last.text()).to.contain('minst en organisatör');
    expect((await maja.get(address)).status).to.equal(200);
  });
});
