import { expect } from 'chai';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { owedLetter } from '../../support/mail/letters.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';

describe('The year’s page', () => {
  let app: TestApp;
  let maja: Browser;
  let now = monday;
  /** The page's words, without tags. */
  const words = async (path = '/kontor', browser = maja) => {
    const html = await (await browser.get(path)).text();
    return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  };

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  it('of a county board that has nothing proposes a day for each protective factor', async () => {
    const html = await (await maja.get('/kontor')).text();
    expect(html).to.contain('Ingen av tre boostdagar är planerad.');
    for (const factor of ['skola', 'foraldrar', 'fritid'])
      expect(html).to.contain(`href="/kontor/evenemang/nytt?kind=boostdag&amp;factors=${factor}"`);
    expect(html).to.contain('Inget just nu.').and.not.contain('EXAMPLE_DATA');
  });

  it('says in a sentence how many days are planned and which factors lack one', async () => {
    await anEvent({ factors: ['skola'] });
    await anEvent({ factors: ['foraldrar'] });
    await anEvent({ factors: ['fritid'], state: 'cancelled', cancelReason: 'Sjukdom.' });
    await anEvent({ factors: ['fritid'], kind: 'annat' });
    expect(await words()).to.contain('Två av tre boostdagar är planerade. Meningsfull fritid saknar en dag.');
    await anEvent({ factors: ['fritid'] });
    expect(await words())
      .to.contain('Alla tre boostdagar är planerade.')
      .and.not.contain('Ingen dag ännu');
  });

  it('asks for one more day where the factors are covered by fewer than three', async () => {
    await anEvent({ factors: ['skola', 'foraldrar', 'fritid'] });
    expect((await words()).match(/En boostdag till/g)).to.have.length(6);
  });

  it('shows how full an event is and how many municipalities it reaches', async () => {
    const event = await anEvent({ seats: { plats: 40, digitalt: 0 } });
    await aRegistration(event);
    await aRegistration(event, { email: 'b@example.se', municipality: '0583' });
    await aRegistration(event, { email: 'c@example.se', municipality: 'annan' });
    await aRegistration(event, { email: 'd@example.se', municipality: '0586', status: 'cancelled' });
    const html = await (await maja.get('/kontor')).text();
    expect(html)
      .to.contain('3 av 40 platser · 2 av 13 kommuner')
      .and.contain('<progress class="bar" value="3" max="40"');
    expect(html).to.contain('Torsdag 11 februari · på plats').and.contain('Öppen för anmälan');
  });

  it('answers in one look what is held, planned and missing by when, and which factors have a day', async () => {
    const past = { start: new Date('2027-01-07T08:00:00Z'), end: new Date('2027-01-07T11:00:00Z') };
    await anEvent({ factors: ['fritid'], ...past });
    await anEvent({ factors: ['skola'] });
    await anEvent({ kind: 'kunskapsformiddag', title: 'Om hälsa', factors: [] });
    const text = await words();
    expect(text).to.contain('Två av tre boostdagar är hållna eller planerade.');
    expect(text).to.contain('hållen 1 planerad 1 saknas, planera senast 20 oktober 1');
    expect(text).to.contain(
      'Finns Måluppfyllelse i skolan : 11 februari Saknas Goda föräldra-barn-relationer',
    );
    expect(text).to.contain('Öppen för anmälan Kunskapsförmiddag').and.contain('Öppen för anmälan Boostdag');
    expect(await (await maja.get('/kontor')).text()).to.contain(
      '/kontor/datumforslag?kind=boostdag&amp;factors=foraldrar',
    );
  });

  it('looks ahead to the next year where it is too late to plan a day in this one', async () => {
    now = new Date('2027-10-20T09:00:00Z');
    expect(await words()).to.match(/2027 Ingen av tre boostdagar/);
    now = new Date('2027-10-21T09:00:00Z');
    expect(await words()).to.match(/2028 Ingen av tre boostdagar/);
    expect(await words('/kontor?ar=2027'))
      .to.contain('Ingen av tre boostdagar')
      .and.not.contain('Planera dagen')
      .and.not.contain('planera senast');
  });

  it('goes to other years, and opens with the one of the next event', async () => {
    await anEvent();
    expect(await words('/kontor?ar=2026'))
      .to.contain('Inga evenemang hölls.')
      .and.not.contain('Att göra');
    now = new Date('2026-11-20T09:00:00Z');
    expect(await words())
      .to.match(/2027 En av tre boostdagar/)
      .and.contain('← 2026');
    expect(await words('/kontor?ar=x')).to.match(/2027 En av tre/);
  });

  it('has a plain sentence where the programme asks for no boost days', async () => {
    await anEvent({ authority: '04', kind: 'kunskapsformiddag', factors: [] });
    const karin = await signIn(app, {
      authority: '04',
      name: 'Karin Ekdal',
      email: 'karin.ekdal@example.se',
    });
    const text = await words('/kontor', karin);
    expect(text)
      .to.contain('Ett evenemang är planerat.')
      .and.contain('Kunskapsförmiddag')
      .and.not.contain('Planera dagen');
  });

  it('lists what is to do: silent municipalities, a near deadline, a draft that lacks something', async () => {
    const event = await anEvent();
    await aRegistration(event);
    await anEvent({
      title: 'Nästa',
      state: 'draft',
      audience: '',
      sessions: [],
      start: new Date('2027-05-11T07:00:00Z'),
      end: new Date('2027-05-11T10:00:00Z'),
      closesAt: new Date('2027-04-30T22:00:00Z'),
    });
    const text = await words();
    expect(text).to.contain('senast 31 januari 2027 12 kommuner har ingen anmäld till ”Skolan som skydd');
    expect(text).to.contain('Boxholm, Finspång, Kinda').and.contain('Åtvidaberg, Ödeshög');
    expect(text).to.contain('före 30 april 2027 Utkastet ”Nästa” saknar vem som kan delta och program');
    expect(text).not.to.contain('stänger.');
    now = new Date('2027-01-20T09:00:00Z');
    expect(await words()).to.contain(
      '31 januari 2027 Anmälan till ”Skolan som skydd: så når fler barn målen” stänger.',
    );
  });

  it('tells which letters will go by themselves and to how many, and has words for silent municipalities', async () => {
    const event = await anEvent();
    await aRegistration(event);
    await aRegistration(event, { email: 'b@example.se' });
    expect(await words())
      .to.contain('Ännu är ingen från er kommun anmäld.')
      .and.contain(`till och med den 31 januari 2027: ${app.settings.baseUrl}/evenemang/${event.slug}`)
      .and.not.contain('går av sig själv');
    now = new Date('2027-01-25T09:00:00Z');
    expect(await words()).to.contain(
      '4 februari 2027 ”Påminnelse en vecka före” går av sig själv till 2 personer: ”Skolan som skydd',
    );
  });

  it('asks for attendance until all are marked', async () => {
    const event = await anEvent();
    await aRegistration(event);
    now = new Date('2027-02-12T09:00:00Z');
    expect(await words()).to.contain('Närvaron är inte markerad: ”Skolan som skydd');
    await aRegistration(event, { email: 'b@example.se', present: true });
    expect(await words()).to.contain('1 av 2 är inte markerade');
  });

  it('counts letters that did not arrive', async () => {
    await LetterModel.insertMany([
      { ...owedLetter(), state: 'failed' },
      { ...owedLetter(), state: 'failed', authority: '04' },
      { ...owedLetter(), state: 'failed', listed: false },
    ]);
    expect(await words()).to.contain('1 mejl kom inte fram');
  });

  it('leads to the removal of the example while there is one', async () => {
    expect(await words()).not.to.contain('Ta bort exemplet');
    await anEvent({ example: true });
    expect(await words())
      .to.contain('Ta bort exemplet')
      .and.not.contain('EXAMPLE_DATA');
  });

  it('asks for the address of the unit where the settings have none', async () => {
    expect(await words()).not.to.contain('Enhetens e-postadress saknas');
    await anAuthority({ contactEmail: '' });
    expect(await words()).to.contain('Enhetens e-postadress saknas i inställningarna');
  });
});
