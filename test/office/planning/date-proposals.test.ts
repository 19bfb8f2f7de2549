import { expect } from 'chai';
import { findAuthority } from '../../../src/authorities/authority.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';

const address = '/kontor/datumforslag';
const breaks = '/kontor/installningar/skollov';

describe('Date proposals in the office', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp({ clock: () => monday });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const page = async (path: string) => (await maja.get(path)).text();

  it('list the days of a month, and of a span, with a link to the form with the day filled in', async () => {
    const may = await page(`${address}?fran=2027-05&langd=7&kind=boostdag&factors=fritid`);
    expect(may.match(/class="todo day"/g)).to.have.length(21);
    expect(may).to.contain('Klämdag intill Kristi himmelsfärdsdag').and.contain('april 2027');
    const href = /href="(\/kontor\/evenemang\/nytt\?[^"]+)"/.exec(may)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await page(href);
    expect(form).to.match(/name="date"[^>]*/);
    for (const value of ['2027-05-03', '09:00', '16:00']) expect(form).to.contain(`value="${value}"`);
    expect(form).to.match(/value="fritid"[^>]*checked/);
    const week = await page(`${address}?fran=2027-02-01&till=2027-02-07`);
    expect(week.match(/class="todo day"/g)).to.have.length(5);
    expect(week).to.contain('Mindre än fyra veckor att bjuda in på');
  });

  it('begin two months ahead where no time is asked for', async () => {
    expect(await page(address))
      .to.contain('value="2027-03-01"')
      .and.contain('value="2027-03-31"');
  });

  it('weigh by the school breaks of the settings and by who came before', async () => {
    const past = await anEvent({
      start: new Date('2027-01-07T08:00:00Z'),
      end: new Date('2027-01-07T11:00:00Z'),
    });
    const other = await anEvent({
      start: new Date('2027-01-08T08:00:00Z'),
      end: new Date('2027-01-08T11:00:00Z'),
    });
    await aRegistration(past, { present: true });
    await aRegistration(past, { present: true, email: 'b@example.se' });
    await aRegistration(other, { present: true });
    expect(await page(address))
      .to.contain('Inga skollov är inlagda')
      .and.contain('Torsdagar har haft flest deltagare: 2 i snitt');
    await maja.post(breaks, { version: '1', breaks: 'Linköping; påsklov; 2027-03-29; 2027-04-02' });
    expect(await page(address))
      .to.contain('Påsklov i Linköping')
      .and.not.contain('Inga skollov är inlagda');
  });

  it('say what is wrong with a span', async () => {
    for (const [query, message] of [
      ['fran=2027-05-40', 'Skriv den första dagen'],
      ['fran=2027-05-01&till=x', 'Skriv den sista dagen'],
      ['fran=2027-05-01&till=2027-04-01', 'Sista dagen är före den första'],
      ['fran=2027-05-01&till=2029-04-01', 'Välj högst ett år i taget'],
    ]) {
      const answer = await maja.get(`${address}?${query}`);
      expect([answer.status, await answer.text()].join(' '))
        .to.match(/^422 /)
        .and.contain(message);
    }
    expect(await page(`${address}?fran=2026-01`)).to.contain('Ingen vardag i den tiden återstår');
  });

  it('take school breaks that are pasted, whole or not at all', async () => {
    expect(await page(breaks))
      .to.contain('Listan är tom')
      .and.contain('Hela länet; sportlov; 2027-02-22; 2027-02-26');
    const lines = 'Linköping; sportlov; 2027-02-22; 2027-02-26\nNyköping; lov; 2027-02-22; 2027-02-26';
    const wrong = await maja.post(breaks, { version: '1', breaks: lines });
    const html = await wrong.text();
    expect(wrong.status).to.equal(422);
    expect(html).to.contain('href="#rad-2"').and.contain('id="rad-2"').and.contain('Nyköping; lov;');
    expect((await findAuthority('05'))?.schoolBreaks).to.equal(undefined);
    const saved = await maja.post(breaks, { version: '1', breaks: lines.split('\n')[0] ?? '' });
    expect(saved.headers.get('location')).to.equal(`${breaks}?klart=sparat`);
    expect((await findAuthority('05'))?.schoolBreaks).to.have.length(1);
    const late = await maja.post(breaks, { version: '1', breaks: '' });
    expect(late.status).to.equal(409);
    expect(await page('/kontor/logg')).to.contain('skollov');
    await maja.post(breaks, { version: '2', breaks: '' });
    expect((await findAuthority('05'))?.schoolBreaks).to.deep.equal([]);
  });
});
