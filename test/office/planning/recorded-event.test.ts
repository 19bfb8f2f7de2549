import { expect } from 'chai';
import { EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { rebuildTallies, tallyPastEvents } from '../../../src/registrations/tallies/past-events.ts';
import { TallyModel } from '../../../src/registrations/tallies/tally.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { fieldsOf } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const address = '/kontor/evenemang/tidigare';
const typed = {
  title: 'Barns fritid',
  kind: 'boostdag',
  factors: 'fritid',
  date: '12 feb 2026',
  start: '',
  end: '',
  'plats-0580-fortroendevald': '3',
  'plats-0581-chef': '4',
  'digitalt-0580-chef': '12',
  'digitalt-annan-annan': '2',
};

describe('A day that was held before', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp({ clock: () => monday });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const page = async (path: string) => (await maja.get(path)).text();
  const words = async (path: string) => wordsOf(await page(path));
  const event = () => EventModel.findOne({ state: 'recorded' }).orFail().lean();
  const record = async (changes: Record<string, string> = {}) => {
    const form = { ...fieldsOf(await page(address)), ...typed, ...changes };
    const saved = await maja.post(address, form);
    expect(saved.status).to.equal(303);
    return { form, own: saved.headers.get('location')?.split('?')[0] ?? '' };
  };

  it('is entered with sums, counts in statistics and in its year, and once for a double click', async () => {
    const { form, own } = await record();
    const again = await maja.post(address, form);
    expect(again.headers.get('location')).to.equal(`${own}?klart=inmatat`);
    expect(await EventModel.countDocuments()).to.equal(1);
    const statistics = await words('/kontor/statistik?year=2026');
    expect(statistics)
      .to.contain('21 deltagare från 2 av 13 kommuner, varav 2 från andra organisationer.')
      .and.contain('7 var på plats och 14 med digitalt.')
      .and.contain('Linköping 3 12 0 0 0 15')
      .and.contain('Alla 3 16 0 0 2 21')
      .and.contain('En dag är inmatad i efterhand.');
    expect(await (await maja.get('/kontor/statistik.csv?year=2026')).text()).to.contain(
      'Alla;3;16;0;0;2;21;7;14;0',
    );
    expect(await words('/kontor?ar=2026'))
      .to.contain('Inmatat i efterhand Boostdag Meningsfull fritid 21 deltagare från 2 av 13 kommuner')
      .and.contain('Torsdag 12 februari');
    expect(await words('/kontor/evenemang')).to.contain('Inmatat i efterhand');
    expect(await words('/kontor/arshjul?ar=2026'))
      .to.contain('Barns fritid')
      .and.not.contain('Barns fritid Sista anmälningsdag');
    expect(await words('/kontor/logg')).to.contain('Maja Lindgren matade in i efterhand');
  });

  it('adds up with days that have registrations, and no rebuild touches it', async () => {
    await record();
    const times = { start: new Date('2026-05-20T07:00:00Z'), end: new Date('2026-05-20T10:00:00Z') };
    const other = await anEvent(times);
    await aRegistration(other, { present: true, municipality: '0580', role: 'chef', mode: 'plats' });
    const context = organiserAt(monday);
    await tallyPastEvents(context);
    expect(await rebuildTallies(monday)).to.deep.equal({ made: 1, left: 0 });
    const statistics = await words('/kontor/statistik?year=2026');
    expect(statistics)
      .to.contain('22 deltagare från 2 av 13 kommuner')
      .and.contain('Linköping 3 13 0 0 0 16')
      .and.contain('100 %');
  });

  it('is not public, gets no letters and has no other page of the office', async () => {
    const { own } = await record({ date: '2027-01-08' });
    const { _id, slug } = await event();
    for (const path of ['/', '/kalender.ics', '/?year=2027', '/?ar=2027'])
      expect(await (await fetch(app.url + path)).text()).not.to.contain('Barns fritid');
    for (const path of [`/evenemang/${slug}`, `/evenemang/${slug}/kalender.ics`])
      expect((await fetch(app.url + path)).status).to.equal(404);
    const led = await maja.get(`/kontor/evenemang/${_id}`);
    expect(led.headers.get('location')).to.equal(own);
    for (const part of [
      'deltagare',
      'narvaro',
      'narvaro/avsluta',
      'program',
      'utskick',
      'publicera',
      'stall-in',
    ])
      expect((await maja.get(`/kontor/evenemang/${_id}/${part}`)).status, part).to.equal(404);
    expect(await words('/kontor'))
      .to.contain('hållen 1')
      .and.not.to.contain('Markera närvaro')
      .and.not.to.contain('Barns fritid”');
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('says what is wrong and keeps what was typed', async () => {
    const form = { ...typed, title: '', date: '2027-01-11', start: '09.00', 'plats-0580-chef': 'många' };
    const answer = await maja.post(address, form);
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(wordsOf(html))
      .to.contain('Det finns 4 fel')
      .and.contain('Dagen har inte varit än')
      .and.contain('Skriv både när det började och när det slutade')
      .and.contain('Linköping, chefer, på plats: skriv ett heltal');
    expect(html).to.contain('href="#plats-0580-chef"').and.contain('value="många"').and.contain('value="12"');
    expect(html).to.match(/value="fritid"[^>]*checked/);
    expect(await EventModel.countDocuments()).to.equal(0);
  });

  it('can be changed by two at once, and the same number by one of them only', async () => {
    const { own } = await record();
    const form = { ...fieldsOf(await page(own)), factors: 'fritid' };
    expect(form).to.include({ date: '2026-02-12', start: '', 'plats-0580-fortroendevald': '3' });
    const first = await maja.post(own, { ...form, 'plats-0580-fortroendevald': '5', start: '9', end: '12' });
    expect(first.headers.get('location')).to.equal(`${own}?klart=sparat`);
    const second = await maja.post(own, { ...form, title: 'Barns fria tid' });
    expect(second.headers.get('location')).to.contain('samtidigt=start%2Cend%2Cplats-0580-fortroendevald');
    expect(await event()).to.include({ title: 'Barns fria tid', version: 3 });
    expect((await event()).start).to.deep.equal(new Date('2026-02-12T08:00:00Z'));
    const third = await maja.post(own, { ...form, 'plats-0580-fortroendevald': '7' });
    expect([third.status, wordsOf(await third.text())].join(' '))
      .to.match(/^409 /)
      .and.contain('Linköping, förtroendevalda, på plats 5 7');
    expect(await words('/kontor/statistik?year=2026')).to.contain('23 deltagare');
    expect(await words('/kontor/logg')).to.contain('Antal deltagare: ”21” blev ”23”');
  });

  it('can be removed with its numbers, as it was seen and after a question', async () => {
    const { own } = await record();
    expect(await words(`${own}/ta-bort`)).to.contain('Vill du ta bort ”Barns fritid”?');
    const late = await maja.post(`${own}/ta-bort`, { version: '7' });
    expect([late.status, await late.text()].join(' '))
      .to.match(/^409 /)
      .and.contain('Någon annan har ändrat');
    for (let click = 0; click < 2; click += 1) {
      const gone = await maja.post(`${own}/ta-bort`, { version: '1' });
      expect(gone.headers.get('location')).to.equal('/kontor/evenemang?klart=inmatat-borta');
    }
    expect([await EventModel.countDocuments(), await TallyModel.countDocuments()]).to.deep.equal([0, 0]);
    expect(await words('/kontor/evenemang?klart=inmatat-borta')).to.contain('Dagen är borttagen');
    expect((await maja.get(own)).status).to.equal(404);
  });

  it('is offered where statistics are empty and in a year that has been, and the next year is planned from it', async () => {
    for (const path of ['/kontor/statistik', '/kontor?ar=2025'])
      expect(await page(path)).to.contain(`href="${address}"`);
    await record();
    const plan = '/kontor/planera?ar=2027';
    const form = fieldsOf(await page(plan));
    expect((await maja.post(plan, form)).status).to.equal(303);
    const draft = await EventModel.findOne({ state: 'draft' }).orFail().lean();
    expect(draft).to.deep.include({
      title: 'Barns fritid',
      factors: ['fritid'],
      contactName: 'Maja Lindgren',
    });
    expect(draft.start).to.deep.equal(new Date('2027-02-11T08:00:00Z'));
    expect(draft.seats).to.deep.equal({ plats: null, digitalt: null });
  });
});
