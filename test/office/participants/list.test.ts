import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { type Browser, signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { fieldsOf } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe("the office's list of participants", () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let now: Date;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
    maja = await signIn(app);
  });

  afterEach(() => app.close());

  const at = (path = '') => `/kontor/evenemang/${event._id}/deltagare${path}`;
  const rowsIn = (html: string) =>
    [...html.matchAll(/<th scope="row"><a [^>]*>([^<]*)<\/a><\/th>\s*<td>([^<]*@[^<]*)</g)].map(
      ([, name]) => name,
    );
  const shown = async (query = '') => rowsIn(await (await maja.get(at(query))).text());

  it('shows those who are registered, and the others where they are asked for', async () => {
    await aRegistration(event, { familyName: 'Öberg' });
    await aRegistration(event, {
      familyName: 'Ek',
      email: 'ek@example.se',
      municipality: '0583',
      role: 'chef',
    });
    await aRegistration(event, { familyName: 'Al', email: 'al@example.se', status: 'cancelled' });
    expect(await shown()).to.deep.equal(['Ek, Åsa', 'Öberg, Åsa']);
    expect(await shown('?status=')).to.deep.equal(['Al, Åsa', 'Ek, Åsa', 'Öberg, Åsa']);
    expect(await shown('?status=cancelled')).to.deep.equal(['Al, Åsa']);
    expect(await shown('?municipality=0583')).to.deep.equal(['Ek, Åsa']);
    expect(await shown('?role=strategisk-tjansteperson&mode=plats')).to.deep.equal(['Öberg, Åsa']);
    expect(await shown('?q=ek%40example')).to.deep.equal(['Ek, Åsa']);
    const words = wordsOf(await (await maja.get(at())).text());
    expect(words).to.include('anmälda 2').and.include('avbokad 1').and.include('kommuner 2 av 13');
    expect(words).to.match(/Motala ingen 1 0 0 0 1 /);
  });

  it('keeps the filters in the form and on the way to the file', async () => {
    await aRegistration(event);
    const html = await (await maja.get(at('?q=%C3%B6berg&role=strategisk-tjansteperson'))).text();
    expect(html)
      .to.include('value="öberg"')
      .and.match(/value="strategisk-tjansteperson" selected/);
    expect(html).to.include(
      'deltagare.csv?q=%C3%B6berg&amp;role=strategisk-tjansteperson&amp;status=confirmed',
    );
    expect(wordsOf(html)).to.include('Filen innehåller personuppgifter.');
  });

  it('shows what people typed as text', async () => {
    await aRegistration(event, { organisation: '<script>alert(1)</script>', familyName: '"><b>' });
    const html = await (await maja.get(at('?q=%22%3E%3Cimg%3E'))).text();
    expect(html).not.to.include('<img>').and.not.include('<script>');
    expect(await (await maja.get(at())).text())
      .to.include('&lt;script&gt;')
      .and.not.include('<script>alert');
  });

  it('sends the file for Excel and writes into the log that it did', async () => {
    await aRegistration(event);
    const answer = await maja.get(at('.csv'));
    expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename=deltagare-.*\.csv$/);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3)).to.deep.equal(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString()).to.include('Öberg;Åsa;asa.oberg@example.se;');
    const line = await AuditModel.findOne({ action: 'registration.exported' }).orFail().lean();
    expect(line.by).to.equal('Maja Lindgren');
  });

  it('is nothing for another county board, and nothing for strangers', async () => {
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    const { _id } = await aRegistration(event);
    for (const path of ['', '.csv', '/ny', `/${_id}/avboka`]) {
      expect((await eva.get(at(path))).status, path).to.equal(404);
      expect((await fetch(app.url + at(path), { redirect: 'manual' })).status, path).to.equal(303);
    }
    expect((await eva.post(at(`/${_id}/avboka`))).status).to.equal(404);
    expect((await eva.post(at('/ny'), person)).status).to.equal(404);
    expect(await RegistrationModel.findById(_id).lean()).to.have.property('status', 'confirmed');
    expect(await RegistrationModel.countDocuments()).to.equal(1);
  });

  it("finds no registration of another event's", async () => {
    const { _id } = await aRegistration(await anEvent());
    for (const id of [_id, 'x', '65f0000000000000000000ff'])
      expect((await maja.post(at(`/${id}/avboka`))).status).to.equal(404);
  });

  const person = {
    ...{
      givenName: 'Karin',
      familyName: 'Lindberg',
      email: 'Karin.Lindberg@Example.se',
      organisation: 'Motala kommun',
    },
    ...{ municipality: '0583', role: 'fortroendevald', mode: 'plats' },
  };

  describe('adding somebody by hand', () => {
    it('signs up with letter and log entry', async () => {
      const answer = await maja.post(at('/ny'), person);
      expect(answer.status).to.equal(303);
      const list = await maja.get(answer.headers.get('location') ?? '');
      expect(wordsOf(await list.text())).to.include('Deltagaren är anmäld.');
      const row = await RegistrationModel.findOne({ event: event._id }).orFail().lean();
      expect(row).to.include({
        ...person,
        email: 'karin.lindberg@example.se',
        status: 'confirmed',
        language: 'sv',
      });
      expect(await LetterModel.findOne({ registration: row._id }).lean()).to.have.property(
        'kind',
        'confirmation',
      );
      const line = await AuditModel.findOne({ registration: row._id }).orFail().lean();
      expect(line).to.include({ by: 'Maja Lindgren', action: 'registration.made' });
    });

    it('comes back with what was typed and what is wrong', async () => {
      const answer = await maja.post(at('/ny'), { ...person, givenName: '', email: 'karin', role: '' });
      expect(answer.status).to.equal(422);
      const html = await answer.text();
      expect(html).to.include('<title>Fel: ').and.include('value="Lindberg"');
      expect(wordsOf(html))
        .to.include('Det finns 3 fel i formuläret')
        .and.include('Skriv deltagarens förnamn');
      expect(html.indexOf('class="error-summary"')).to.be.below(html.indexOf('<h1'));
      expect(await RegistrationModel.countDocuments()).to.equal(0);
    });

    it('says that the address is registered, and changes nothing', async () => {
      await aRegistration(event);
      const answer = await maja.post(at('/ny'), { ...person, email: 'ASA.OBERG@example.se' });
      expect(answer.status).to.equal(422);
      expect(wordsOf(await answer.text())).to.include('är redan anmäld');
      expect(await RegistrationModel.countDocuments()).to.equal(1);
      expect(await LetterModel.countDocuments()).to.equal(0);
    });

    it('warns past the deadline and asks, and acts on the answer', async () => {
      now = new Date('2027-02-05T10:00:00Z');
      const asked = await maja.post(at('/ny'), person);
      expect(asked.status).to.equal(422);
      const html = await asked.text();
      expect(wordsOf(html)).to.include('Anmälan är stängd.').and.include('Lägg till ändå');
      expect(html).to.include('value="Karin.Lindberg@Example.se"').and.not.include('<title>Fel');
      expect(await RegistrationModel.countDocuments()).to.equal(0);
      const answer = await maja.post(at('/ny'), { ...person, trots: tokenIn(html, 'trots') });
      expect(answer.status).to.equal(303);
      expect(await LetterModel.countDocuments({ kind: 'confirmation' })).to.equal(1);
    });

    it('warns past the seats, and past both at once', async () => {
      const full = { seats: { plats: 3, digitalt: null }, taken: { plats: 3, digitalt: 0 } };
      await EventModel.updateOne({ _id: event._id }, { $set: full });
      const html = await (await maja.post(at('/ny'), person)).text();
      expect(wordsOf(html)).to.include('Platserna är slut: 3 av 3 är tagna på plats.');
      now = new Date('2027-02-05T10:00:00Z');
      const trots = tokenIn(html, 'trots');
      const again = await maja.post(at('/ny'), { ...person, trots });
      expect(again.status).to.equal(422);
      const both = await again.text();
      expect(wordsOf(both)).to.include('Anmälan är stängd.').and.include('Platserna är slut');
      expect((await maja.post(at('/ny'), { ...person, trots: tokenIn(both, 'trots') })).status).to.equal(303);
      const { taken } = await EventModel.findById(event._id).orFail().lean();
      expect(taken).to.deep.equal({ plats: 4, digitalt: 0 });
    });

    it('enters one who came unannounced, without a letter', async () => {
      now = new Date(+event.end + 1);
      const html = await (await maja.post(at('/ny'), person)).text();
      expect(wordsOf(html)).to.include('Evenemanget är över. Deltagaren får inget mejl.');
      const answer = await maja.post(at('/ny'), { ...person, trots: tokenIn(html, 'trots') });
      expect(answer.headers.get('location')).to.include('klart=inskriven');
      expect(await LetterModel.countDocuments()).to.equal(0);
      expect(await RegistrationModel.countDocuments()).to.equal(1);
    });

    it('opens no draft and no cancelled event, whatever is confirmed', async () => {
      for (const state of ['draft', 'cancelled']) {
        await EventModel.updateOne({ _id: event._id }, { $set: { state } });
        const answer = await maja.post(at('/ny'), { ...person, trots: 'late,beyondSeats' });
        expect(answer.status).to.equal(422);
        expect((await maja.get(at('/ny'))).status).to.equal(200);
      }
      expect(await RegistrationModel.countDocuments()).to.equal(0);
    });
  });

  describe("changing somebody's details", () => {
    const details = {
      ...person,
      ...{ givenName: 'Åsa', familyName: 'Öberg', email: 'asa.oberg@example.se', version: '' },
    };

    async function somebody() {
      const { _id, changedAt } = await aRegistration(event);
      return { _id, path: at(`/${_id}`), form: { ...details, version: String(+changedAt) } };
    }
    const stored = (_id: unknown) => RegistrationModel.findById(_id).orFail().lean();

    it('is a link in the list and shows them', async () => {
      const { path } = await somebody();
      expect(await (await maja.get(at())).text()).to.include(`href="${path}"`);
      const html = await (await maja.get(path)).text();
      expect(html)
        .to.include('value="asa.oberg@example.se"')
        .and.include('value="Linköpings kommun"')
        .and.match(/value="strategisk-tjansteperson"[^>]*checked/);
    });

    it('saves a name and a role without a letter (R34)', async () => {
      const { _id, path, form } = await somebody();
      const answer = await maja.post(path, { ...form, familyName: 'Ek', role: 'chef' });
      expect(answer.status).to.equal(303);
      const list = await maja.get(answer.headers.get('location') ?? '');
      expect(wordsOf(await list.text())).to.include('Uppgifterna är ändrade. Inget mejl behövs.');
      expect(await stored(_id)).to.include({ familyName: 'Ek', role: 'chef', sequence: 0 });
      expect(await LetterModel.countDocuments()).to.equal(0);
      const line = await AuditModel.findOne({ registration: _id }).orFail().lean();
      expect(line).to.include({ by: 'Maja Lindgren', action: 'registration.changed' });
    });

    it('sends a new invitation where the way changes, a confirmation where the address does (R33, R39)', async () => {
      const { _id, path, form } = await somebody();
      const answer = await maja.post(path, { ...form, mode: 'digitalt' });
      expect(answer.headers.get('location')).to.include('klart=andradMedBrev');
      const version = String(+(await stored(_id)).changedAt);
      await maja.post(path, { ...form, mode: 'digitalt', email: 'Ny@Example.se', version });
      expect(await stored(_id)).to.include({ email: 'ny@example.se', mode: 'digitalt', sequence: 2 });
      const letters = await LetterModel.find().sort({ createdAt: 1, _id: 1 }).lean();
      expect(letters.map(({ kind, calendar, to }) => [kind, calendar, to.address])).to.deep.equal([
        ['changed', 'REQUEST', 'asa.oberg@example.se'],
        ['confirmation', 'REQUEST', 'ny@example.se'],
        ['new-address', 'CANCEL', 'asa.oberg@example.se'],
      ]);
      const { taken } = await EventModel.findById(event._id).orFail().lean();
      expect(taken).to.deep.equal({ plats: 0, digitalt: 1 });
    });

    it('comes back with what was typed where it is wrong, the address is registered, or the way is full', async () => {
      const { _id, path, form } = await somebody();
      await aRegistration(event, { email: 'b@example.se' });
      const wrong = await maja.post(path, { ...form, givenName: '', email: 'x' });
      expect(wrong.status).to.equal(422);
      expect(wordsOf(await wrong.text())).to.include('Det finns 2 fel i formuläret');
      const known = await maja.post(path, { ...form, email: 'B@example.se', familyName: 'Ek' });
      expect(known.status).to.equal(422);
      const html = await known.text();
      expect(html).to.include('href="#email"').and.include('value="Ek"').and.include('är redan anmäld');
      await EventModel.updateOne({ _id: event._id }, { $set: { 'seats.digitalt': 1, 'taken.digitalt': 1 } });
      const full = await maja.post(path, { ...form, mode: 'digitalt' });
      expect(full.status).to.equal(422);
      expect(wordsOf(await full.text())).to.include('Deltagaren har kvar sin plats.');
      expect(await stored(_id)).to.include({ email: 'asa.oberg@example.se', familyName: 'Öberg' });
      expect(await LetterModel.countDocuments()).to.equal(0);
    });

    it('is saved beside what somebody else changed of other fields, and the list says so', async () => {
      const { _id, path } = await somebody();
      const form = fieldsOf(await (await maja.get(path)).text());
      await maja.post(path, { ...form, role: 'chef' });
      const answer = await maja.post(path, { ...form, familyName: 'Ek' });
      expect(answer.status).to.equal(303);
      expect(await stored(_id)).to.include({ familyName: 'Ek', role: 'chef' });
      const list = await (await maja.get(answer.headers.get('location') ?? '')).text();
      expect(wordsOf(list)).to.include('Någon annan har under tiden ändrat ”Roll”');
      const same = await maja.post(path, { ...form, familyName: 'Al' });
      expect((await same.text()).match(/<th scope="row">.*<\/td>/g)).to.deep.equal([
        '<th scope="row">Efternamn</th><td>Ek</td><td>Al</td>',
      ]);
    });

    it('is not saved over what somebody changed in between: both are shown', async () => {
      const { _id, path, form } = await somebody();
      await maja.post(path, { ...form, role: 'chef', municipality: '0580' });
      const answer = await maja.post(path, { ...form, familyName: 'Ek', municipality: '0583' });
      expect(answer.status).to.equal(409);
      const html = await answer.text();
      expect(html)
        .to.include('<td>Linköping</td><td>Motala</td>')
        .and.include('<td>Chef</td><td>Förtroendevald</td>');
      const again = { ...form, familyName: 'Ek', version: tokenIn(html, 'version') };
      expect((await maja.post(path, again)).status).to.equal(303);
      expect(await stored(_id)).to.include({ familyName: 'Ek', role: 'fortroendevald' });
    });

    it('is refused where it or its event is cancelled, and nothing for others', async () => {
      const { _id, path, form } = await somebody();
      const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
      expect([(await eva.get(path)).status, (await eva.post(path, form)).status]).to.deep.equal([404, 404]);
      expect((await maja.post(path, { ...form, csrf: 'x' })).status).to.equal(403);
      const elsewhere = await aRegistration(await anEvent(), { email: 'b@example.se' });
      expect((await maja.post(at(`/${elsewhere._id}`), form)).status).to.equal(404);
      await EventModel.updateOne({ _id: event._id }, { $set: { state: 'cancelled' } });
      const refused = await maja.post(path, { ...form, familyName: 'Ek' });
      expect(refused.status).to.equal(422);
      expect(wordsOf(await refused.text())).to.include('Evenemanget är inställt');
      await RegistrationModel.updateOne({ _id }, { $set: { status: 'cancelled' } });
      expect((await maja.post(path, { ...form, familyName: 'Ek' })).status).to.equal(422);
      expect(await stored(_id)).to.include({ familyName: 'Öberg' });
    });
  });

  describe('cancelling somebody', () => {
    it('asks first, and acts by post', async () => {
      const { _id } = await aRegistration(event);
      const question = await maja.get(at(`/${_id}/avboka`));
      expect(wordsOf(await question.text())).to.include('Vill du avboka Åsa Öberg?');
      expect(await RegistrationModel.findById(_id).lean()).to.have.property('status', 'confirmed');
      const answer = await maja.post(at(`/${_id}/avboka`));
      expect(answer.status).to.equal(303);
      expect(await RegistrationModel.findById(_id).lean()).to.have.property('status', 'cancelled');
      expect(await LetterModel.findOne({ registration: _id }).lean()).to.have.property('kind', 'cancelled');
      const line = await AuditModel.findOne({ registration: _id }).orFail().lean();
      expect(line).to.include({ by: 'Maja Lindgren', action: 'registration.cancelled' });
      expect(wordsOf(await (await maja.get(at(`/${_id}/avboka`))).text())).to.include('är redan avbokad');
    });

    it('is refused when the event is over', async () => {
      const { _id } = await aRegistration(event);
      now = event.end;
      const answer = await maja.post(at(`/${_id}/avboka`));
      expect(answer.status).to.equal(422);
      expect(wordsOf(await answer.text())).to.include('Evenemanget är över');
      expect(await RegistrationModel.findById(_id).lean()).to.have.property('status', 'confirmed');
    });

    it('needs the token of its own form', async () => {
      const { _id } = await aRegistration(event);
      expect((await maja.post(at(`/${_id}/avboka`), { csrf: 'x' })).status).to.equal(403);
      expect((await maja.post(at('/ny'), { ...person, csrf: '' })).status).to.equal(403);
      expect(await RegistrationModel.findById(_id).lean()).to.have.property('status', 'confirmed');
    });
  });
});
