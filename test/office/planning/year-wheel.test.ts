import { expect } from 'chai';
import { angleOf, pieceOfRing, pointAt } from '../../../src/office/planning/wheel-geometry.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';

describe('The year wheel', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp({ clock: () => monday });
    const sportlov = { name: 'sportlov', from: '2027-02-22', to: '2027-02-26' };
    await anAuthority({
      schoolBreaks: [
        { municipality: '0580', ...sportlov },
        { municipality: '0583', ...sportlov },
        { municipality: 'alla', name: 'jullov', from: '2026-12-21', to: '2027-01-08' },
      ],
    });
    maja = await signIn(app);
    await anEvent();
    await anEvent({ title: 'Nära', kind: 'annat', state: 'draft', start: new Date('2027-02-16T08:00:00Z') });
    await anEvent({ title: 'Inställd dag', state: 'cancelled' });
    await anEvent({ title: 'Deras dag', authority: '04' });
  });
  afterEach(() => app.close());

  const rows = (html: string) =>
    [...html.matchAll(/<tr[^>]*>\s*<td>(.*?)<\/td>\s*<td>(.*?)<\/td>\s*<td>(.*?)<\/td>/g)].map((row) =>
      row
        .slice(1)
        .map((cell) => cell.replace(/<[^>]+>|\u00ad/g, ''))
        .join(' | '),
    );

  it('shows the year’s events, last days, breaks and holidays, and the same as a table', async () => {
    const html = await (await maja.get('/kontor/arshjul?ar=2027')).text();
    expect(rows(html).slice(0, 8)).to.deep.equal([
      '1–8 januari | Jullov i hela länet | Skollov',
      '1 januari | Nyårsdagen | Ledig dag',
      '6 januari | Trettondedag jul | Ledig dag',
      '31 januari | Skolan som skydd: så når fler barn målen | Sista anmälningsdag',
      '31 januari | Nära | Sista anmälningsdag',
      '11 februari | Skolan som skydd: så når fler barn målen | Boostdag',
      '16 februari | Nära | Annat evenemang, utkast',
      '22–26 februari | Sportlov i Linköping och Motala | Skollov',
    ]);
    expect(html).to.not.contain('Inställd dag').and.not.contain('Deras dag');
    expect(html)
      .to.contain('role="img" aria-labelledby="hjul-titel hjul-text"')
      .and.contain('2 evenemang: 11 februari, 16 februari');
    expect(html.match(/class="month"/g)).to.have.length(12);
  });

  it('is a file of its own, for the year of the next event where none is asked for', async () => {
    const answer = await maja.get('/kontor/arshjul.svg');
    expect(answer.headers.get('content-type')).to.contain('image/svg+xml');
    expect(answer.headers.get('content-disposition')).to.contain('arshjul-2027.svg');
    expect(await answer.text())
      .to.match(/^<svg xmlns=/)
      .and.match(/<\/svg>\s*$/)
      .and.not.contain('<!doctype');
  });

  it('is empty for a year without anything but holidays', async () => {
    const html = await (await maja.get('/kontor/arshjul?ar=2028')).text();
    expect(html).to.contain('Inga skollov är inlagda för 2028').and.contain('14 april');
    expect(html).not.to.contain('class="boost"');
  });

  it('stands the year on its top and goes clockwise', () => {
    expect([angleOf('2027-01-01'), Math.round(angleOf('2027-07-02'))]).to.deep.equal([0, 180]);
    expect([pointAt(0, 100), pointAt(90, 100), pointAt(180, 100)]).to.deep.equal([
      { x: 320, y: 220 },
      { x: 420, y: 320 },
      { x: 320, y: 420 },
    ]);
    expect(pieceOfRing(0, 90, 50, 100)).to.equal(
      'M320 220A100 100 0 0 1 420 320L370 320A50 50 0 0 0 320 270Z',
    );
  });
});
