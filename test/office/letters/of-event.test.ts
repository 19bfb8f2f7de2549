import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { copyEvent } from '../../../src/events/planning/create.ts';
import { oweByPlan } from '../../../src/letters/plan/owe.ts';
import { planChoices } from '../../../src/letters/plan/schedule.ts';
import { eventAnswers } from '../../../src/office/event/fields.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { pauseQueue } from '../../../src/outbox/sending/backoff.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { owedLetter } from '../../support/mail/letters.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('The letters of an event', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let now = monday;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
    event = await anEvent();
  });
  afterEach(() => app.close());

  const at = (end = '') => `/kontor/evenemang/${event._id}${end}`;
  const words = async (path: string) => wordsOf(await (await maja.get(path)).text());
  const stored = async () => EventModel.findById(event._id).orFail().lean<Event>();
  const save = async (changes: Record<string, string | string[]>) => {
    const { version } = await stored();
    return maja.post(at(), { ...eventAnswers(event), version: String(version), ...changes });
  };

  it('that go by themselves are listed with when, to how many, and what became of them', async () => {
    await aRegistration(event, { email: 'a@example.se' });
    await aRegistration(event, { email: 'b@example.se', mode: 'digitalt' });
    await aRegistration(event, { email: 'c@example.se', mode: 'digitalt', noReminders: true });
    const first = await words(at('/brev'));
    expect(first).to.include('Påminnelse en vecka före 2027-02-04 09.00 2 personer Planerat');
    expect(first).to.include('Påminnelse dagen före 2027-02-10 09.00 2 personer Planerat');
    expect(first).to.include('Möteslänken dagen före 2027-02-10 13.00 1 person Planerat');
    expect(first).to.include('Tack dagen efter 2027-02-12 10.00 De som markeras som närvarande Planerat');
    expect(first).to.match(/Inte valda: ([^.]*, )?vi saknade dig\./);

    now = new Date('2027-02-04T08:00:00Z');
    await oweByPlan(visitorAt(now));
    expect(await words(at('/brev'))).to.include('Skickat Till 2 personer, först 2027-02-04 09.00.');
    now = new Date('2027-02-20T12:00:00Z');
    await oweByPlan(visitorAt(now));
    expect(await words(at('/brev'))).to.include(
      'Missat Gick aldrig ut: tjänsten var avstängd den 10 februari 2027.',
    );
    expect(await words('/kontor')).to.include(
      'Mejlet ”Påminnelse dagen före” om ”Skolan som skydd: så når fler barn målen” gick aldrig ut',
    );
  });

  it('are said to go only where somebody is to have them', async () => {
    await EventModel.updateOne({ _id: event._id }, { seats: { plats: 40, digitalt: 0 }, meetingLink: '' });
    const { _id } = await aRegistration(event, { createdAt: new Date('2027-02-10T08:30:00Z') });
    now = new Date('2027-02-10T09:00:00Z');
    const page = await words(at('/brev'));
    expect(page).to.include('Påminnelse en vecka före 2027-02-04 09.00 Inget skickades');
    expect(page).to.include('Påminnelse dagen före 2027-02-10 09.00 Ingen att skicka till');
    expect(page).not.to.include('Möteslänken');

    const createdAt = new Date('2027-01-10T08:30:00Z');
    await RegistrationModel.collection.updateOne({ _id }, { $set: { createdAt, example: true } });
    await oweByPlan(organiserAt(now));
    expect(await words(at('/brev'))).to.include(
      'Påminnelse dagen före 2027-02-10 09.00 Sparat Till 1 person, men skickas inte.',
    );
  });

  it('wait for a meeting link, which the year’s list of things to do asks for in time', async () => {
    await EventModel.updateOne({ _id: event._id }, { meetingLink: '' });
    expect(await words(at('/brev'))).to.include('Möteslänken saknas Mejlet väntar tills den är ifylld.');
    expect(await words('/kontor')).not.to.include('Möteslänken saknas');
    now = new Date('2027-01-28T11:00:00Z');
    expect(await words('/kontor')).to.include(
      'före 10 februari 2027 Möteslänken saknas för ”Skolan som skydd',
    );
    await EventModel.updateOne({ _id: event._id }, { seats: { plats: 40, digitalt: 0 } });
    expect(await words('/kontor')).not.to.include('Möteslänken saknas');
  });

  it('are chosen in the form, none of them too, and kept by a copy', async () => {
    const form = await (await maja.get(at())).text();
    expect(form.match(/name="letterPlan"[^>]* checked/g)).to.have.length(4);
    const boxes = form.match(/<input[^>]* name="letterPlan"[^>]*>/g) ?? [];
    expect(boxes.map((box) => / value="(\w+)"/.exec(box)?.[1])).to.deep.equal(
      planChoices.map(({ step, word = step }) => word),
    );
    await save({ letterPlan: ['saknad', 'vecka'] });
    expect((await stored()).letterPlan).to.deep.equal(['week-before', 'missed-you']);
    expect((await copyEvent(organiserAt(now), await stored())).letterPlan).to.deep.equal([
      'week-before',
      'missed-you',
    ]);
    await save({ letterPlan: [] });
    expect((await stored()).letterPlan).to.deep.equal([]);
    expect(await words(at('/brev'))).to.include('Inga mejl går av sig själva.');
    expect((await save({ letterPlan: 'alla' })).status).to.equal(422);
  });

  it('stay as they are where a form does not ask for them', async () => {
    const {
      letterPlan: _plan,
      letterPlanAsked: _asked,
      documentation: _links,
      ...others
    } = eventAnswers(event);
    const documentation = [{ title: 'Bilder', url: 'https://example.se/bilder' }];
    await EventModel.updateOne({ _id: event._id }, { letterPlan: ['thanks'], documentation });
    const post = async (changes = {}) =>
      maja.post(at(), { ...others, version: String((await stored()).version), ...changes });
    expect((await post({ cost: '100 kr' })).status).to.equal(303);
    expect(await stored()).to.deep.include({ letterPlan: ['thanks'], documentation, cost: '100 kr' });
    const page = await (await post({ title: '' })).text();
    expect(page.match(/name="letterPlan"[^>]* checked/g)).to.have.length(1);
    expect(page).to.include('Bilder https://example.se/bilder');
  });

  it('link to documentation that is checked line by line', async () => {
    await save({
      documentation: 'Elins bilder https://example.se/elin.pdf\r\n\r\nFilm  https://example.se/f',
    });
    expect((await stored()).documentation).to.deep.equal([
      { title: 'Elins bilder', url: 'https://example.se/elin.pdf' },
      { title: 'Film', url: 'https://example.se/f' },
    ]);
    for (const wrong of ['https://example.se/x', 'Bilder http://example.se/x', 'Bilder', 'A javascript:1']) {
      const answer = await save({ documentation: `Film https://example.se/f\n${wrong}` });
      expect(answer.status, wrong).to.equal(422);
      expect(wordsOf(await answer.text())).to.include(`Det går inte att läsa: ${wrong}`);
    }
    const page = () => fetch(`${app.url}/evenemang/${event.slug}`).then((answer) => answer.text());
    expect(await page()).not.to.include('elin.pdf');
    now = event.end;
    expect(await page())
      .to.include('<a href="https://example.se/elin.pdf">Elins bilder</a>')
      .and.include('Evenemanget är genomfört. Här hittar du dokumentation.');
  });

  it('to one person stand on that person’s page, with why one did not arrive and what to do', async () => {
    const { _id } = await aRegistration(event);
    const letter = (changes: Partial<Letter>) =>
      LetterModel.create({
        ...owedLetter({ event: event._id, registration: _id }),
        facts: { start: event.start, title: event.title },
        key: `${_id}.bekraftelse.${Math.random()}`,
        dueAt: undefined,
        ...changes,
      });
    const codes: [Letter['state'], string, string, string][] = [
      ['failed', '550', '5.1.1 no such user', 'Adressen finns inte.'],
      ['failed', '552', 'too much', 'Brevlådan är full, eller mejlet för stort för den.'],
      ['failed', '550', '5.2.2 over quota', 'Brevlådan är full. Be personen rensa'],
      ['failed', '553', 'bad name', 'Adressen är fel skriven.'],
      ['failed', '554', 'go away', 'Mottagarens e-postserver tar inte emot mejlet.'],
      ['failed', '554', '5.7.1 spam', 'Mottagarens e-postserver släpper inte fram mejl från oss.'],
      ['failed', 'ETIMEDOUT', '', 'Vi fick inget svar från e-postservern. Vi har försökt i två dygn.'],
      ['queued', '450', 'greylisted', 'bad oss komma tillbaka senare. Vänta: vi försöker igen'],
      ['queued', 'EAUTH', '', 'E-postservern som skickar våra mejl tar inte emot dem.'],
      ['queued', '535', 'bad password', 'E-postservern som skickar våra mejl tar inte emot dem.'],
      ['bounced', '5.1.1', 'unknown', 'Mejlet kom tillbaka. Adressen finns inte.'],
      ['bounced', '5.0.0', '', 'Mejlet kom tillbaka. Mottagarens e-postserver tar inte emot mejlet.'],
    ];
    for (const [state, code, text, says] of codes) {
      await LetterModel.deleteMany({});
      await letter({ state, error: { code, text } });
      expect(await words(at(`/deltagare/${_id}`)), `${code} ${text}`).to.include(says);
    }
    await LetterModel.deleteMany({});
    await letter({ state: 'sent', sentAt: now });
    const page = await (await maja.get(at(`/deltagare/${_id}`))).text();
    expect(wordsOf(page)).to.include('Skickat Skicka igen').and.not.include('Adressen finns inte');

    await letter({ state: 'failed', error: { code: '550', text: '' } });
    await RegistrationModel.updateOne({ _id }, { email: 'ny@example.se' });
    expect(await words(at(`/deltagare/${_id}`)))
      .to.include('Adressen finns inte. Personen har fått en annan adress sedan dess.')
      .and.not.include('Fråga personen');
  });

  it('that did not arrive leave the list once somebody has seen to them', async () => {
    const lost = { state: 'failed', error: { code: '550', text: '' }, dueAt: undefined } as const;
    const facts = { start: event.start, title: event.title };
    const { _id } = await LetterModel.create({ ...owedLetter({ event: event._id, facts }), ...lost });
    const path = '/kontor/brev/inte-framme';
    expect(await words(path)).to.include('Åsa Öberg , asa.oberg@example.se');
    expect(await words('/kontor')).to.include('1 mejl kom inte fram Se vad du kan göra');
    expect(await words(at('/brev'))).to.include('1 mejl kom inte fram .');
    const answer = await maja.post(`/kontor/brev/${_id}/klart`);
    expect(answer.headers.get('location')).to.equal(`${path}?klart=ordnat`);
    expect(await words(path)).to.include('Alla mejl har kommit fram, eller är ordnade.');
    expect(await words('/kontor')).not.to.include('kom inte fram');
    expect(await words(at('/brev'))).not.to.include('1 mejl kom inte fram');
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    for (const end of ['igen', 'klart'])
      expect((await eva.post(`/kontor/brev/${_id}/${end}`)).status).to.equal(404);
  });

  it('that do not leave raise an alarm on every page of the office', async () => {
    const pages = ['/kontor', '/kontor/evenemang', at('/brev'), '/kontor/installningar'];
    for (const path of pages) expect(await words(path)).not.to.match(/Inga mejl går ut|Mejl har väntat/);
    await LetterModel.create(owedLetter({ createdAt: new Date(+monday - 25 * 60_000) }));
    for (const path of pages)
      expect(await words(path)).to.include('Mejl har väntat i 25 minuter på att skickas');
    await pauseQueue(null, monday, 'EAUTH');
    for (const path of pages) {
      const html = await (await maja.get(path)).text();
      expect(html.match(/role="status"/g), path).to.have.length(1);
      expect(wordsOf(html)).to.include('Inga mejl går ut: e-postservern släpper inte in oss');
    }
  });
});
