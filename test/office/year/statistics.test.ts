import { expect } from 'chai';
import type { Event } from '../../../src/events/event.ts';
import type { Registration } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe("the office's statistics", () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp({ clock: () => new Date('2027-06-01T10:00:00Z') });
    await anAuthority();
    maja = await signIn(app);
  });

  afterEach(() => app.close());

  const held = (start: string, facts: Partial<Event> = {}) =>
    anEvent({ start: new Date(start), end: new Date(Date.parse(start) + 3 * 3600_000), ...facts });
  let number = 0;
  const came = (event: Event, municipality: string, facts: Partial<Registration> = {}) => {
    number += 1;
    return aRegistration(event, { email: `p${number}@example.se`, municipality, present: true, ...facts });
  };
  const page = async (query = '') => (await maja.get(`/kontor/statistik${query}`)).text();

  it('answers in a sentence, in figures, on the map and in the table', async () => {
    const event = await held('2027-02-11T08:00:00Z');
    const all = [
      '0509',
      '0512',
      '0513',
      '0560',
      '0561',
      '0562',
      '0563',
      '0580',
      '0581',
      '0582',
      '0583',
      '0584',
    ];
    for (const code of all) await came(event, code, { role: 'fortroendevald' });
    await came(event, '0580', { role: 'chef' });
    await came(event, '0586', { present: false });
    const html = await page();
    const words = wordsOf(html);
    expect(words).to.include('Vilka kom 2027?');
    expect(words).to.include('13 deltagare från 12 av 13 kommuner. Ingen kom från Mjölby .');
    expect(words).not.to.include('kom ingen förtroendevald');
    expect(words).to.include('förtroendevalda 12').and.include('av de anmälda kom 93 %');
    expect(html).to.match(/class="step-4 row-2 col-3">\s*<span>Lin\u00ad?köping<\/span>\s*<b>2<\/b>/);
    expect(html).to.match(/class="step-0 row-2 col-2">\s*<span>Mjölby<\/span>\s*<b>0<\/b>/);
    expect(words).to.include('Linköping 1 1 0 0 0 2').and.include('Mjölby ingen 0 0 0 0 ingen');
    expect(words).to.include('Alla 12 1 0 0 0 13');
    expect(html, 'what the shades mean').to.match(/step-0"><\/span>0<\/li>[\s\S]*step-4"><\/span>2<\/li>/);
  });

  it('names the municipalities without an elected representative', async () => {
    const event = await held('2027-02-11T08:00:00Z');
    for (const code of ['0509', '0512', '0560']) await came(event, code, { role: 'chef' });
    expect(wordsOf(await page())).to.include('Från Boxholm , Ydre och Ödeshög kom ingen förtroendevald.');
  });

  it('shows the newest year with events, other years, and all of them', async () => {
    await came(await held('2026-02-11T08:00:00Z'), '0580');
    await came(
      await held('2025-02-11T08:00:00Z', { kind: 'kunskapsformiddag', factors: ['fritid'] }),
      '0583',
    );
    expect(wordsOf(await page()))
      .to.include('Vilka kom 2026?')
      .and.include('1 deltagare från 1 av 13');
    expect(wordsOf(await page('?year=2025')))
      .to.include('Vilka kom 2025?')
      .and.include('Motala ingen 0 1');
    expect(wordsOf(await page('?year=')))
      .to.include('Vilka kom?')
      .and.include('2 deltagare från 2 av 13');
    expect(wordsOf(await page('?year=&kind=kunskapsformiddag'))).to.include('1 deltagare från 1 av 13');
    expect(wordsOf(await page('?year=&factor=fritid'))).to.include('1 deltagare från 1 av 13');
    expect(wordsOf(await page('?year=&factor=foraldrar'))).to.include('Inget evenemang i urvalet');
    expect(wordsOf(await page('?year=1&kind=x&factor=%24ne'))).to.include('Vilka kom 2026?');
  });

  it('says where nobody has noted who came', async () => {
    await came(await held('2027-02-11T08:00:00Z', { title: 'Glömd dag' }), '0580', { present: null });
    expect(wordsOf(await page()))
      .to.include('Närvaron är inte markerad')
      .and.include('Glömd dag , 11 februari 2027');
  });

  it('has its empty state', async () => {
    expect(wordsOf(await page()))
      .to.include('Vilka kom 2027?')
      .and.include('Inget evenemang i urvalet har hållits');
  });

  it('counts only what is the own county board’s', async () => {
    await came(await held('2027-02-11T08:00:00Z'), '0580');
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    const words = wordsOf(await (await eva.get('/kontor/statistik')).text());
    expect(words).to.include('Inget evenemang i urvalet').and.not.include('Linköping');
  });

  it('says who were on site, online and there without having signed up', async () => {
    const event = await held('2027-02-11T08:00:00Z');
    await came(event, '0580', { attendedMode: 'digitalt' });
    await came(event, '0583', { attendedMode: 'plats', walkIn: true });
    const words = wordsOf(await (await maja.get('/kontor/statistik?year=2027')).text());
    expect(words).to.include('1 var på plats och 1 med digitalt. 1 kom utan anmälan.');
    expect(words).to.include('100 %');
  });

  it('sends the same numbers as a file', async () => {
    await came(await held('2027-02-11T08:00:00Z'), '0580', { role: 'chef' });
    const answer = await maja.get('/kontor/statistik.csv?year=2027');
    expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).to.equal('attachment; filename=narvaro-2027.csv');
    const file = Buffer.from(await answer.arrayBuffer()).toString();
    expect(file.split('\r\n'))
      .to.include('Linköping;0;1;0;0;0;1;1;0;0')
      .and.include('Alla;0;1;0;0;0;1;1;0;0');
  });

  it('narrows to days, a way of attending, a municipality and a role, on the page and in the file', async () => {
    const [first, second] = [await held('2026-11-12T08:00:00Z'), await held('2027-02-11T08:00:00Z')];
    const online = { mode: 'plats', attendedMode: 'digitalt' } as const;
    await came(first, '0580', { role: 'chef', attendedMode: 'plats' });
    await came(first, '0583', { role: 'tjansteperson', ...online });
    await came(second, '0583', { role: 'chef', attendedMode: 'plats' });
    await came(second, 'annan', { role: 'annan', present: null, mode: 'digitalt' });
    const total = async (query: string) => {
      const file = await (await maja.get(`/kontor/statistik.csv?${query}`)).text();
      return /\r\nAlla;(?:\d+;){5}(\d+);/.exec(file)?.[1];
    };
    expect(await total('year=')).to.equal('3');
    expect(await total('from=2026-11-12&to=2027-02-10')).to.equal('2');
    expect(await total('from=2026-11-13')).to.equal('1');
    expect(await total('to=2027-02-11&year=2027'), 'days take the place of the year').to.equal('3');
    expect(await total('year=&mode=digitalt')).to.equal('1');
    expect(await total('year=&municipality=0583')).to.equal('2');
    expect(await total('year=&municipality=0583&role=chef&mode=plats')).to.equal('1');
    expect(await total('year=2027&from=i+går&municipality=9999&role=x&mode=y')).to.equal('1');
    const html = await page('?from=2026-11-01&municipality=0583&role=chef');
    expect(html).to.include('name="from" value="2026-11-01"');
    expect(wordsOf(html)).to.include('1 deltagare från 1 av 1 kommuner').and.include('Motala 1 1');
    expect(wordsOf(await page('?year=&mode=digitalt'))).to.include('av de anmälda kom 0 %');
  });
});
