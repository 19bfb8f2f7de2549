import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { eventAnswers } from '../../../src/office/event/fields.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aForm, anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { type Browser, signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('The waiting list in the office', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let now: Date;
  /** Ada has the only seat on site; Cia, Bo and Dag wait in this order, Bo for either way. */
  const people = new Map<string, Registration>();

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
    event = await anEvent({ seats: { plats: 1, digitalt: 1 }, taken: { plats: 0, digitalt: 1 } });
    await add('Ada', {});
    await add('Cia', { status: 'waiting', waitsFor: ['plats'], waitingSince: at(1) });
    await add('Bo', { status: 'waiting', waitsFor: ['plats', 'digitalt'], waitingSince: at(2) });
    await add('Dag', { status: 'waiting', waitsFor: ['digitalt'], mode: 'digitalt', waitingSince: at(3) });
  });
  afterEach(() => app.close());

  const at = (hour: number) => new Date(Date.UTC(2027, 0, 8, 8 + hour));
  async function add(givenName: string, facts: Partial<Registration>) {
    const email = `${givenName.toLowerCase()}@example.se`;
    people.set(givenName, await aRegistration(event, { givenName, familyName: 'Ek', email, ...facts }));
  }
  const idOf = (name: string) => String(people.get(name)?._id);
  const list = (end = '') => `/kontor/evenemang/${event._id}/deltagare${end}`;
  const pageOf = (name: string, end = '') => list(`/${idOf(name)}${end}`);
  const words = async (path: string) => wordsOf(await (await maja.get(path)).text());
  const landing = async (answer: Response) => words(answer.headers.get('location') ?? '');
  const one = async (name: string) => RegistrationModel.findById(idOf(name)).orFail().lean<Registration>();
  const kinds = async () =>
    (await LetterModel.find().sort({ createdAt: 1, _id: 1 }).lean()).map(
      ({ kind, facts }) => `${facts.givenName} ${kind}`,
    );

  const answersOf = ({ givenName, familyName, email, organisation, municipality, role }: Registration) => ({
    ...{ givenName, familyName, email, organisation, municipality, role },
  });
  const form = async (name: string, changes: object = {}) => {
    const stored = await one(name);
    return { ...answersOf(stored), version: String(+stored.changedAt), ...changes };
  };

  describe('in the list', () => {
    it('stands in its order, with the number in each queue and since when', async () => {
      const shown = await words(list('?status=waiting'));
      expect(shown)
        .to.include('3 personer i listan')
        .and.match(/Väntar på .*Läge /);
      expect(shown).to.match(
        /Ek, Cia .* På plats, nummer 1 .*På väntelistan sedan 2027-01-08 10\.00 .* Ek, Bo .* På plats, nummer 2 Digitalt, nummer 1 .* Ek, Dag .* Digitalt, nummer 2 /,
      );
      expect(await words(list()))
        .to.include('på väntelistan 3')
        .and.not.include('Ek, Cia');
    });

    it('is filtered by way, with the true numbers, and found among all', async () => {
      const online = await words(list('?status=waiting&mode=digitalt'));
      expect(online).to.include('Ek, Bo').and.include('Digitalt, nummer 2').and.not.include('Ek, Cia');
      expect(await words(list('?status='))).to.match(/Ek, Ada .*Ek, Bo .*Ek, Cia /);
    });

    it('says that nobody waits', async () => {
      const { _id } = await anEvent();
      expect(await words(`/kontor/evenemang/${_id}/deltagare?status=waiting`)).to.include(
        'Ingen har anmält sig ännu.',
      );
      await RegistrationModel.deleteMany({ status: 'waiting' });
      expect(await words(list('?status=waiting'))).to.include('Ingen står på väntelistan.');
    });

    it('is a file with the state and the place in the queue', async () => {
      const file = await (await maja.get(list('.csv?status=waiting'))).text();
      const [head = '', ...rows] = file.trim().split('\r\n');
      expect(head).to.match(/;Läge;Närvaro;Anmäld;Plats i kön;Deltog;Utan anmälan$/);
      const heads = head.split(';');
      const shown = ['Förnamn', 'Deltar', 'Läge', 'Plats i kön'].map((one) => heads.indexOf(one));
      expect(rows.map((row) => shown.map((index) => row.split(';')[index]))).to.deep.equal([
        ['Cia', 'På plats', 'På väntelistan', '1'],
        ['Bo', 'På plats, Digitalt', 'På väntelistan', '2, 1'],
        ['Dag', 'Digitalt', 'På väntelistan', '2'],
      ]);
    });

    it('counts on the year’s page, which asks for more seats while there is time', async () => {
      expect(await words('/kontor')).to.include('1 av 1 på plats, 1 av 1 digitalt, 3 på väntelistan');
      expect(await words('/kontor')).to.include(
        'före 10 februari 2027 3 personer står på väntelistan till ”Skolan som skydd: så når fler barn målen”',
      );
      now = new Date('2027-02-10T08:00:00Z');
      expect(await words('/kontor')).not.to.include('står på väntelistan till');
    });
  });

  describe('one who waits', () => {
    it('has a page with the places in the queues, and what can be done', async () => {
      const html = await (await maja.get(pageOf('Bo'))).text();
      expect(wordsOf(html)).to.include('Står på väntelistan På plats Nummer 2 i kön Digitalt Nummer 1 i kön');
      expect(wordsOf(html)).to.include('Sedan den 8 januari 2027 klockan 11.00');
      expect(html.match(/name="waitsFor"[^>]*checked/g)).to.have.length(2);
      expect(html)
        .to.include(`href="${pageOf('Bo', '/ge-plats')}"`)
        .and.include(`href="${pageOf('Bo', '/avboka')}"`)
        .and.not.include('name="mode"');
    });

    it('changes waitsFor and details, and keeps the time', async () => {
      const answer = await maja.post(
        pageOf('Cia'),
        await form('Cia', { waitsFor: ['plats', 'digitalt'], role: 'chef' }),
      );
      expect(await landing(answer)).to.include('Uppgifterna är ändrade. Inget mejl behövs.');
      const cia = await one('Cia');
      expect(cia).to.deep.include({ waitsFor: ['plats', 'digitalt'], role: 'chef', status: 'waiting' });
      expect(cia.waitingSince).to.deep.equal(at(1));
      expect(await words(pageOf('Cia'))).to.include('På plats Nummer 1 i kön Digitalt Nummer 1 i kön');
      expect(await kinds()).to.deep.equal([]);
    });

    it('has to want one way at least', async () => {
      const answer = await maja.post(pageOf('Bo'), await form('Bo'));
      expect(answer.status).to.equal(422);
      expect(await answer.text())
        .to.include('href="#waitsFor"')
        .and.include('Välj minst ett sätt att delta');
      const unknown = await maja.post(pageOf('Bo'), await form('Bo', { waitsFor: 'rymden' }));
      expect(unknown.status).to.equal(422);
      expect((await one('Bo')).waitsFor).to.deep.equal(['plats', 'digitalt']);
    });

    it('gets a seat at once where the other way has one', async () => {
      await EventModel.updateOne({ _id: event._id }, { $set: { 'seats.digitalt': null } });
      const answer = await maja.post(pageOf('Cia'), await form('Cia', { waitsFor: ['plats', 'digitalt'] }));
      expect(await landing(answer))
        .to.include('har fått en plats.')
        .and.include('Cia Ek');
      expect(await one('Cia')).to.include({ status: 'confirmed', mode: 'digitalt' });
    });

    it('is not joined to another queue once the list has closed', async () => {
      now = new Date('2027-02-10T08:00:00Z');
      const answer = await maja.post(pageOf('Cia'), await form('Cia', { waitsFor: ['plats', 'digitalt'] }));
      expect(answer.status).to.equal(422);
      expect(wordsOf(await answer.text())).to.include('Väntelistan är stängd');
    });

    it('is not changed over what has happened in between', async () => {
      const old = await form('Cia', { waitsFor: ['digitalt'] });
      now = new Date(+monday + 60_000);
      await maja.post(pageOf('Cia'), await form('Cia', { waitsFor: ['plats'], role: 'chef' }));
      const answer = await maja.post(pageOf('Cia'), { ...old, role: 'annan' });
      expect(answer.status).to.equal(409);
      expect(await answer.text()).to.include(
        '<th scope="row">Väntar på</th><td>På plats</td><td>Digitalt</td>',
      );
      expect((await one('Cia')).waitsFor).to.deep.equal(['plats']);
    });

    it('leaves the list after a question, with the letter', async () => {
      const question = await words(pageOf('Cia', '/avboka'));
      expect(question).to.include('Vill du ta bort Cia Ek från väntelistan?').and.include('Ja, ta bort');
      const answer = await maja.post(pageOf('Cia', '/avboka'));
      expect(await landing(answer)).to.include('Personen står inte längre på väntelistan.');
      expect(await kinds()).to.deep.equal(['Cia left-waiting-list']);
      expect((await EventModel.findById(event._id).orFail().lean()).waiting).to.deep.equal({
        plats: 1,
        digitalt: 2,
      });
    });
  });

  describe('a seat past the queue', () => {
    it('is asked for with what it passes', async () => {
      const question = await words(pageOf('Bo', '/ge-plats'));
      expect(question).to.include('Vill du ge Bo Ek en plats nu?');
      expect(question)
        .to.include('På plats Går före 1 annan på väntelistan. Då är 2 anmälda till 1 plats.')
        .and.include('Digitalt Står först på väntelistan.');
      expect(await words(pageOf('Dag', '/ge-plats'))).to.include(
        'Digitalt. Går före 1 annan på väntelistan.',
      );
      expect((await one('Bo')).status).to.equal('waiting');
    });

    it('is given with the letter and its invitation, and the log says by whom', async () => {
      const unclear = await maja.post(pageOf('Bo', '/ge-plats'));
      expect(unclear.status).to.equal(422);
      expect(await unclear.text()).to.include('href="#mode"');
      const answer = await maja.post(pageOf('Bo', '/ge-plats'), { mode: 'plats' });
      expect(await landing(answer)).to.include('Bo Ek har fått en plats. Deltagaren får en inbjudan.');
      expect(await one('Bo')).to.deep.include({ status: 'confirmed', mode: 'plats', waitsFor: [] });
      expect(await EventModel.findById(event._id).orFail().lean()).to.deep.include({
        taken: { plats: 2, digitalt: 1 },
        waiting: { plats: 1, digitalt: 1 },
      });
      expect(await kinds()).to.deep.equal(['Bo promoted']);
      const { calendar } = await LetterModel.findOne().orFail().lean();
      expect(calendar).to.equal('REQUEST');
      expect(
        await AuditModel.countDocuments({ action: 'registration.promoted', by: 'Maja Lindgren' }),
      ).to.equal(1);
    });

    it('is not given twice, not to others, and not when it is over', async () => {
      await maja.post(pageOf('Dag', '/ge-plats'));
      const again = await maja.post(pageOf('Dag', '/ge-plats'));
      expect(again.status).to.equal(422);
      expect(wordsOf(await again.text())).to.include('Personen har redan en plats.');
      expect(await words(pageOf('Ada', '/ge-plats'))).to.include('Det går inte att ge Ada Ek en plats');
      const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
      expect((await eva.post(pageOf('Cia', '/ge-plats'))).status).to.equal(404);
      now = new Date('2027-02-11T11:00:00Z');
      const late = await maja.post(pageOf('Cia', '/ge-plats'));
      expect(late.status).to.equal(422);
      expect(wordsOf(await late.text())).to.include('Evenemanget är över.');
      expect(await kinds()).to.deep.equal(['Dag promoted']);
    });
  });

  it('gets the seat that a cancellation frees, and the page says who', async () => {
    const answer = await maja.post(pageOf('Ada', '/avboka'));
    const said = await landing(answer);
    expect(said).to.include('Platsen gick till Cia Ek, som stod först på väntelistan.');
    expect(answer.headers.get('location')).not.to.include('Ek');
    expect(await kinds()).to.deep.equal(['Ada cancelled', 'Cia promoted']);
    const forged = `${answer.headers.get('location')},x,${(await aRegistration(await anEvent()))._id}`;
    expect(await words(forged)).to.include('Platsen gick till Cia Ek, som');
  });

  it('gets the seat that a change of way frees', async () => {
    await EventModel.updateOne(
      { _id: event._id },
      { $set: { 'seats.digitalt': null, 'waiting.digitalt': 0 } },
    );
    const answer = await maja.post(pageOf('Ada'), await form('Ada', { mode: 'digitalt' }));
    expect(await landing(answer)).to.include('Platsen gick till Cia Ek');
  });

  describe('somebody whom an organiser adds', () => {
    const karin = aForm({ givenName: 'Karin', email: 'karin@example.se' });
    const rows = async () => RegistrationModel.findOne({ email: karin.email }).lean<Registration>();

    it('comes into the queue where the organiser says so', async () => {
      const asked = await maja.post(list('/ny'), karin);
      expect(asked.status).to.equal(422);
      const html = await asked.text();
      expect(wordsOf(html))
        .to.include('Hur vill du göra? Platserna är slut: 1 av 1 är tagna på plats. 2 står på väntelistan.')
        .and.include('Ställ på väntelistan Lägg till utöver platserna');
      expect(await rows()).to.equal(null);
      const answer = await maja.post(list('/ny'), { ...karin, trots: tokenIn(html, 'trots'), ko: 'ja' });
      expect(await landing(answer)).to.include(
        'Deltagaren står på väntelistan. Deltagaren får ett mejl om det.',
      );
      expect(await rows()).to.deep.include({ status: 'waiting', waitsFor: ['plats'] });
      expect(await kinds()).to.deep.equal(['Karin waiting-list']);
      const again = await maja.post(list('/ny'), { ...karin, trots: tokenIn(html, 'trots'), ko: 'ja' });
      expect(wordsOf(await again.text())).to.include('står redan på väntelistan');
    });

    it('gets a seat past those who wait where the organiser says that', async () => {
      const html = await (await maja.post(list('/ny'), karin)).text();
      const answer = await maja.post(list('/ny'), { ...karin, trots: tokenIn(html, 'trots') });
      expect(await landing(answer)).to.include('Deltagaren är anmäld.');
      expect(await rows()).to.include({ status: 'confirmed' });
    });

    it('waits past the deadline as well, but not once the list has closed', async () => {
      now = new Date('2027-02-05T10:00:00Z');
      const html = await (await maja.post(list('/ny'), karin)).text();
      expect(wordsOf(html)).to.include('Anmälan är stängd.').and.include('Ställ på väntelistan');
      await maja.post(list('/ny'), { ...karin, trots: tokenIn(html, 'trots'), ko: 'ja' });
      expect(await rows()).to.include({ status: 'waiting' });

      now = new Date('2027-02-10T08:00:00Z');
      const late = { ...karin, email: 'sen@example.se' };
      const closed = await (await maja.post(list('/ny'), late)).text();
      expect(wordsOf(closed)).to.include('Lägg till ändå').and.not.include('Ställ på väntelistan');
      const forced = await maja.post(list('/ny'), { ...late, trots: tokenIn(closed, 'trots'), ko: 'ja' });
      expect(forced.status).to.equal(422);
      expect(await RegistrationModel.countDocuments({ email: late.email })).to.equal(0);
    });
  });

  it('is not on the list by the door, which leads to it until the event ends', async () => {
    const door = `/kontor/evenemang/${event._id}/narvaro`;
    const html = await (await maja.get(door)).text();
    expect(html).to.include('deltagare?status=waiting').and.include('Ek, Ada').and.not.include('Ek, Cia');
    const marked = await maja.post(door, { registration: idOf('Cia'), present: 'ja' });
    expect((await one('Cia')).present, String(marked.status)).to.equal(null);
    now = new Date('2027-02-11T11:00:00Z');
    expect(await (await maja.get(door)).text()).not.to.include('status=waiting');
  });

  it('hears of a move and of a cancellation in a plain letter, which is shown before (N10)', async () => {
    const facts = `/kontor/evenemang/${event._id}`;
    const moved = { ...eventAnswers(event), version: '1', date: '2027-02-12', preview: 'ja' };
    const shown = wordsOf(await (await maja.post(facts, moved)).text());
    expect(shown)
      .to.include('En person får en ny inbjudan')
      .and.include('3 personer står på väntelistan och får ett mejl utan kalenderinbjudan.')
      .and.include('Spara och skicka 4 mejl');
    expect(shown)
      .to.include('Så blir mejlet för dem som står på väntelistan')
      .and.include('Cia Ek (den första i kön)')
      .and.include('Du står fortfarande på väntelistan.')
      .and.include('ingen inbjudan följer med');
    const more = { ...moved, seatsPlats: '3' };
    expect(wordsOf(await (await maja.post(facts, more)).text()))
      .to.include('De nya platserna går till dem som står först på väntelistan.')
      .and.not.include('Du har också ändrat');
    const place = { ...eventAnswers(event), version: '1', venue: 'Rådhuset', preview: 'ja' };
    expect(wordsOf(await (await maja.post(facts, place)).text())).to.include(
      '3 personer står på väntelistan. 2 av dem får ett mejl utan kalenderinbjudan, 1 får inget.',
    );
    const link = {
      ...eventAnswers(event),
      version: '1',
      meetingLink: 'https://moten.example.se/ny',
      preview: 'ja',
    };
    await EventModel.updateOne({ _id: event._id }, { $set: { 'taken.digitalt': 0, linkIsOut: true } });
    await add('Eva', { mode: 'digitalt' });
    expect(wordsOf(await (await maja.post(facts, link)).text())).to.include(
      '3 personer står på väntelistan och får inget mejl.',
    );
    expect(await kinds()).to.deep.equal([]);

    const cancel = await words(`${facts}/stall-in`);
    expect(cancel)
      .to.include('De 2 som är anmälda får ett mejl')
      .and.include('De 3 som står på väntelistan får också ett mejl.')
      .and.include('Du behöver inte göra något.');
    await maja.post(`${facts}/stall-in`, { reason: 'Föreläsaren är sjuk.' });
    expect(await kinds()).to.have.members(
      ['Ada', 'Bo', 'Cia', 'Dag', 'Eva'].map((name) => `${name} cancelled-event`),
    );
    expect(
      await LetterModel.countDocuments({ calendar: { $exists: true } }),
      'nobody had an invitation',
    ).to.equal(0);
  });
});
