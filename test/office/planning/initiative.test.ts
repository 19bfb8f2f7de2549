import { expect } from 'chai';
import { findAuthority } from '../../../src/authorities/authority.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';

const address = '/kontor/installningar/satsning';
const typed = {
  version: '1',
  name: 'Unga i länet',
  targetGroup: '',
  factors: 'fritid',
  daysAYear: '2',
  since: '2027',
  until: '',
};

describe('The initiative in the office', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp({ clock: () => monday });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const page = async (path: string) => (await maja.get(path)).text();

  it('is what the year is measured by, and can be changed', async () => {
    expect(await page(address)).to.contain('value="Alla barn i Östergötland"');
    const saved = await maja.post(address, typed);
    expect(saved.headers.get('location')).to.equal(`${address}?klart=sparat`);
    const { version: _version, ...facts } = typed;
    expect((await findAuthority('05'))?.initiative).to.deep.equal({
      ...facts,
      ...{ factors: ['fritid'], daysAYear: 2, since: 2027, until: null },
    });
    const year = await page('/kontor?ar=2027');
    expect(year).to.contain('Ingen av två boostdagar är planerad.').and.contain('Unga i länet');
    expect(year).to.contain('factors=fritid').and.not.contain('factors=skola');
  });

  it('says what is wrong and keeps what was typed', async () => {
    const answer = await maja.post(address, {
      ...typed,
      name: '',
      daysAYear: '0',
      since: '2028',
      until: '2027',
    });
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(html)
      .to.contain('Det finns 3 fel')
      .and.contain('Det sista året är före det första')
      .and.contain('value="2028"');
    expect(html)
      .to.match(/value="fritid"[^>]*checked/)
      .and.not.match(/value="skola"[^>]*checked/);
    expect((await findAuthority('05'))?.initiative?.daysAYear).to.equal(3);
  });

  it('can be taken away, and is not saved over a colleague’s', async () => {
    await maja.post(address, { ...typed, remove: 'ja' });
    expect((await findAuthority('05'))?.initiative).to.equal(null);
    expect(await page('/kontor'))
      .to.contain('Inga evenemang är planerade.')
      .and.not.contain('Planera dagen');
    const late = await maja.post(address, typed);
    expect([late.status, await late.text()].join(' '))
      .to.match(/^409 /)
      .and.contain('Unga i länet');
  });
});
