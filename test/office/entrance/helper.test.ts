import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { HelperLinkModel } from '../../../src/registrations/participants/helper-link.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { send, visit } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const arrival = new Date('2027-02-11T07:52:00Z');

describe('The link of somebody who helps at the entrance', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let one: Registration;
  let now = arrival;

  beforeEach(async () => {
    now = arrival;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
    one = await aRegistration(event, { municipality: '0583' });
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const links = () => `/kontor/evenemang/${event._id}/narvaro/hjalpare`;
  const make = async (name = 'Kim Ek') => {
    const html = await (await maja.post(links(), { name })).text();
    return /href="https?:\/\/[^/"]+(\/kontor\/hjalp\/[\w-]{43})"/.exec(html)?.[1] ?? '';
  };
  const stored = () => RegistrationModel.findById(one._id).orFail().lean();

  it('is shown once, stored hashed, and needs a name and an event that is on', async () => {
    const path = await make();
    const secret = path.split('/').at(-1) ?? '';
    expect(secret).to.have.length(43);
    expect(JSON.stringify(await HelperLinkModel.find().lean())).not.to.include(secret);
    const page = await (await maja.get(links())).text();
    expect(wordsOf(page)).to.include('Kim Ek Gäller torsdag 11 februari 2027 Dra in länken till Kim Ek');
    expect(page).not.to.include(secret);
    expect((await maja.post(links(), { name: '' })).status).to.equal(422);
    await EventModel.updateOne({ _id: event._id }, { state: 'cancelled' });
    expect((await maja.post(links(), { name: 'Bo' })).status).to.equal(422);
    expect(await HelperLinkModel.countDocuments()).to.equal(1);
  });

  it('shows names and municipalities without an account or a cookie, and nothing else of anybody', async () => {
    await aRegistration(event, { email: 'b@example.se', familyName: 'Borta', status: 'cancelled' });
    await aRegistration(event, { email: 'c@example.se', familyName: 'Nät', mode: 'digitalt' });
    const path = await make();
    const page = await visit(app, path);
    expect(page.status).to.equal(200);
    expect(page.words).to.include('Öberg, Åsa Motala Har kommit : Åsa Öberg');
    expect(page.html).not.to.match(/Borta|Nät|asa\.oberg|Linköpings kommun|utan-anmalan|tjänsteperson/);
    expect(page.headers.getSetCookie()).to.deep.equal([]);
    expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(page.headers.get('cache-control')).to.equal('no-store');
    const finds = async (q: string) => (await visit(app, `${path}?q=${encodeURIComponent(q)}`)).words;
    expect(await finds('öbe mot')).to.include('Öberg, Åsa');
    expect(await finds('nät')).to.include('Nät, Åsa');
    for (const secret of ['asa.oberg@example.se', 'example', 'linköpings'])
      expect(await finds(secret), secret).to.include('Ingen stämmer');
  });

  it('marks and takes back under the helper’s name, and never what was marked elsewhere', async () => {
    const path = await make();
    const form = { registration: String(one._id), present: 'ja', q: 'öb' };
    const answer = await send(app, path, form);
    expect(answer.status).to.equal(303);
    const back = answer.headers.get('location') ?? '';
    expect(back).to.equal(`${path}?q=%C3%B6b&marked=${one._id}#p-${one._id}`);
    expect((await visit(app, back)).words)
      .to.include('Åsa Öberg är här sedan klockan 8.52.')
      .and.include('✓ Här 8.52 Ångra');
    expect(await stored()).to.deep.include({ present: true, attendedMode: 'plats', presentAt: arrival });
    await send(app, path, { ...form, present: '' });
    expect(await stored()).to.include({ present: null });
    const lines = await AuditModel.find({ action: /^attendance/ }).lean();
    expect(lines.map(({ by, organiser }) => [by, organiser])).to.deep.equal([
      ['Kim Ek (hjälper till)', undefined],
      ['Kim Ek (hjälper till)', undefined],
    ]);
    expect(wordsOf(await (await maja.get('/kontor/logg')).text())).to.include('Kim Ek (hjälper till)');
    await RegistrationModel.updateOne({ _id: one._id }, { present: true, attendedMode: 'digitalt' });
    await send(app, path, { ...form, present: '' });
    expect(await stored()).to.include({ present: true, attendedMode: 'digitalt' });
    for (const wrong of [{}, { ...form, present: 'nej' }])
      expect((await send(app, path, wrong)).status).to.equal(400);
    const elsewhere = await aRegistration(await anEvent(), { email: 'd@example.se' });
    const stranger = { registration: String(elsewhere._id), present: 'ja' };
    expect((await send(app, path, stranger)).status).to.equal(404);
  });

  it('takes no form of another site, also from a browser that tells only Origin', async () => {
    const path = await make();
    const body = () => new URLSearchParams({ registration: String(one._id), present: 'ja' });
    const post = async (headers: Record<string, string>) =>
      (await visit(app, path, { method: 'POST', headers, body: body() })).status;
    expect(await post({ 'Sec-Fetch-Site': 'cross-site' })).to.equal(403);
    expect(await post({ Origin: 'https://evil.example' })).to.equal(403);
    expect(await stored()).to.include({ present: null });
    expect(await post({ Origin: 'null' })).to.equal(303);
  });

  it('is good on the day until midnight in Stockholm, and until it is revoked', async () => {
    const path = await make();
    const shut = async (sentence: string, status = 403) => {
      const page = await visit(app, path);
      expect(page.status).to.equal(status);
      expect(page.words).to.include(sentence);
      expect(page.html).not.to.match(/Åsa|Öberg|Motala/);
      expect((await send(app, path, { registration: String(one._id), present: 'ja' })).status).to.equal(
        status,
      );
      expect(await stored()).to.include({ present: null });
    };
    now = new Date('2027-02-10T22:59:59Z');
    await shut('Länken gäller torsdag 11 februari 2027.');
    now = new Date('2027-02-10T23:00:00Z');
    expect((await visit(app, path)).status).to.equal(200);
    now = new Date('2027-02-11T22:59:59Z');
    expect((await visit(app, path)).status).to.equal(200);
    now = new Date('2027-02-11T23:00:00Z');
    await shut('Länken gällde torsdag 11 februari 2027 och är slut.');
    expect((await maja.post(links(), { name: 'Bo' })).status).to.equal(422);
    now = arrival;
    await EventModel.updateOne({ _id: event._id }, { state: 'cancelled' });
    await shut('Evenemanget är inställt.');
    await EventModel.updateOne({ _id: event._id }, { state: 'published' });
    const other = await make('Bo Ek');
    const { _id } = await HelperLinkModel.findOne({ name: 'Kim Ek' }).orFail();
    expect((await maja.post(`${links()}/${_id}/ta-bort`)).status).to.equal(303);
    expect((await maja.post(`${links()}/${_id}/ta-bort`)).status).to.equal(404);
    await shut('Länken är indragen.');
    expect((await visit(app, other)).status).to.equal(200);
    await HelperLinkModel.deleteMany();
    await shut('Länken gäller inte.', 404);
  });
});
