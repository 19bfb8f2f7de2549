import { expect } from 'chai';
import { isoDay, isoTime } from '../../../src/base/dates.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { fieldsOf } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const address = '/kontor/planera?ar=2028';

describe('Planning a year', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp({ clock: () => monday });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const page = async (path = address) => (await maja.get(path)).text();
  const drafts = () => EventModel.find({ state: 'draft' }).sort({ start: 1 }).lean<Event[]>();
  const at = (day: string) => ({ start: new Date(`${day}T08:00:00Z`), end: new Date(`${day}T11:00:00Z`) });
  const twoDays = async () => [
    await anEvent({ title: 'Skolan som skydd' }),
    await anEvent({ title: 'Fritid för alla', factors: ['fritid'], ...at('2027-10-21') }),
  ];

  it('lists the days of the year before with three dates each and why, but no cancelled ones', async () => {
    const [school] = await twoDays();
    await anEvent({ title: 'Inställd dag', state: 'cancelled', ...at('2027-05-20') });
    const html = await page();
    const words = wordsOf(html);
    expect(words)
      .to.contain('Året innan: torsdag 11 februari 2027, klockan 9.00–12.00')
      .and.contain('Torsdag 10 februari, vecka 6')
      .and.not.contain('Inställd dag');
    const days = [...html.matchAll(new RegExp(`name="date-${school?._id}"`, 'g'))];
    expect(days).to.have.length(3);
    expect(fieldsOf(html)).to.include({
      [`take-${school?._id}`]: 'ja',
      [`title-${school?._id}`]: 'Skolan som skydd',
      [`date-${school?._id}`]: '2028-02-10',
    });
  });

  it('makes all drafts at once, like those of the year before, and once for a double click', async () => {
    const [school, leisure] = await twoDays();
    const form = {
      ...fieldsOf(await page()),
      [`title-${leisure?._id}`]: 'Fritid 2028',
      [`own-${leisure?._id}`]: 'torsdag 26 okt 2028',
    };
    const saved = await Promise.all([1, 2].map(() => maja.post(address, form)));
    for (const { headers } of saved)
      expect(headers.get('location')).to.equal('/kontor?ar=2028&klart=planerat&antal=2');
    const made = await drafts();
    expect(made.map(({ title, start }) => [title, isoDay(start), isoTime(start)])).to.deep.equal([
      ['Skolan som skydd', '2028-02-10', '09:00'],
      ['Fritid 2028', '2028-10-26', '10:00'],
    ]);
    const [first] = made;
    expect(first?.sessions.map(({ start, title }) => [start && isoDay(start), title])).to.deep.include([
      '2028-02-10',
      'Samtal',
    ]);
    expect(first).to.include({ contactName: 'Maja Lindgren', meetingLink: '', venue: 'Residenset' });
    expect(first?.seats).to.deep.equal(school?.seats);
    expect(wordsOf(await page('/kontor?ar=2028&klart=planerat&antal=2'))).to.contain(
      'Två utkast är sparade.',
    );
    expect(wordsOf(await page('/kontor/logg'))).to.contain('kopierade evenemanget');
  });

  it('says what is wrong with ticked days, keeps what was typed and makes none', async () => {
    const [school, leisure] = await twoDays();
    const form = {
      ...fieldsOf(await page()),
      [`title-${school?._id}`]: '',
      [`own-${leisure?._id}`]: '4 maj',
    };
    const answer = await maja.post(address, form);
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(wordsOf(html)).to.contain('Det finns 2 fel').and.contain('Skriv dagen med dag, månad och år');
    expect(html).to.contain('value="4 maj"').and.contain(`href="#own-${leisure?._id}"`);
    for (const [own, message] of [
      ['2027-01-04', 'Dagen har redan varit'],
      ['2029-02-01', 'Dagen är inte under 2028'],
    ] as const)
      expect(await (await maja.post(address, { ...form, [`own-${leisure?._id}`]: own })).text()).to.contain(
        message,
      );
    const { [`take-${school?._id}`]: _one, [`take-${leisure?._id}`]: _other, ...none } = form;
    const empty = await maja.post(address, none);
    expect([empty.status, await empty.text()].join(' '))
      .to.match(/^422 /)
      .and.contain('Kryssa i minst en dag');
    expect(await drafts()).to.deep.equal([]);
  });

  it('names what speaks against a day first, and makes the drafts if they are sent again', async () => {
    const [school, leisure] = await twoDays();
    const form = {
      ...fieldsOf(await page()),
      [`own-${leisure?._id}`]: '2028-02-10',
      [`own-${school?._id}`]: '6 jan 2028',
    };
    const asked = await maja.post(address, form);
    const html = await asked.text();
    expect(asked.status).to.equal(422);
    expect(wordsOf(html)).to.contain('Torsdag 6 januari, vecka 1, ”Skolan som skydd”: helgdag');
    const clash = await maja.post(address, { ...form, [`own-${school?._id}`]: '' });
    const again = await clash.text();
    expect(wordsOf(again)).to.contain('krockar med er boostdag ”Fritid för alla”');
    expect(await drafts()).to.deep.equal([]);
    const saved = await maja.post(address, fieldsOf(again));
    expect(saved.status).to.equal(303);
    expect((await drafts()).map(({ start }) => isoDay(start))).to.deep.equal(['2028-02-10', '2028-02-10']);
  });

  it('begins with the initiative where nothing was held the year before, spread over what is left of the year', async () => {
    await anEvent({ factors: ['skola'], ...at('2027-03-11') });
    const thisYear = '/kontor/planera?ar=2027';
    const html = await page(thisYear);
    expect(wordsOf(html)).to.contain('Redan planerat 2027').and.contain('Meningsfull fritid');
    const form = fieldsOf(html);
    expect(form).to.include({ 'take-fritid': 'ja', 'title-foraldrar': 'Goda föräldra-barn-relationer' });
    expect(form).not.to.have.property('take-skola');
    expect((await maja.post(thisYear, form)).status).to.equal(303);
    const made = await drafts();
    expect(made.map(({ factors }) => factors)).to.deep.equal([['foraldrar'], ['fritid']]);
    expect(made[0]).to.include({ kind: 'boostdag', contactEmail: 'boostdagar@example.se' });
  });

  it('is not for a year that has been, and has nothing without days and initiative', async () => {
    expect(wordsOf(await page('/kontor/planera?ar=2025'))).to.contain('2025 har varit.');
    await anAuthority({ initiative: null });
    expect(wordsOf(await page())).to.contain('Det finns inga dagar från 2027');
    expect(await page('/kontor?ar=2027')).to.contain('href="/kontor/planera?ar=2027"');
    expect(await page('/kontor?ar=2026')).not.to.contain('/kontor/planera');
  });
});
