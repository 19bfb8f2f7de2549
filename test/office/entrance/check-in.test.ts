import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import { erasePerson } from '../../../src/erasing/erase-person.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { send, visit } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const arrival = new Date('2027-02-11T07:52:00Z');

describe('The check-in that a code opens', () => {
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

  const codeOf = (who: Registration) => `/kontor/in/${tokenOf(who, app.settings.secret, 'check-in')}`;
  const stored = () => RegistrationModel.findById(one._id).orFail().lean();
  const read = async (who = one, by = maja) => {
    const answer = await by.get(codeOf(who));
    return { status: answer.status, words: wordsOf(await answer.text()) };
  };
  const mark = (fields: Record<string, string> = { present: 'plats' }) => maja.post(codeOf(one), fields);

  it('shows name, municipality, mode and one button to an organiser, and marks only by it', async () => {
    const { status, words } = await read();
    expect(status).to.equal(200);
    expect(words).to.include('Åsa Öberg Motala, anmäld på plats Har kommit : Åsa Öberg');
    expect(await stored()).to.include({ present: null });
    const answer = await mark();
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`${codeOf(one)}?klart=markerad`);
    expect(await stored()).to.deep.include({ present: true, attendedMode: 'plats', presentAt: arrival });
    expect(await AuditModel.countDocuments({ action: 'attendance.present', by: 'Maja Lindgren' })).to.equal(
      1,
    );
  });

  it('says the second time when and where the first was, changes nothing then, and takes it back', async () => {
    await mark();
    now = new Date(+arrival + 60_000);
    expect((await read()).words).to.include('Redan markerad: Åsa Öberg är här sedan klockan 8.52.');
    expect((await mark()).headers.get('location')).to.equal(codeOf(one));
    expect(await stored()).to.deep.include({ presentAt: arrival });
    await mark({ present: '' });
    expect(await stored()).to.include({ present: null, attendedMode: null });
    await RegistrationModel.updateOne(
      { _id: one._id },
      { present: true, presentAt: arrival, attendedMode: 'digitalt' },
    );
    expect((await read()).words)
      .to.include('Åsa Öberg är med digitalt sedan klockan 8.52.')
      .and.include('Har kommit :');
    await mark();
    expect(await stored()).to.deep.include({ attendedMode: 'plats', presentAt: arrival });
  });

  it('tells anybody else nothing, marks nothing for them and gives no cookie', async () => {
    const karin = await signIn(app, { authority: '04', name: 'Karin Ek', email: 'karin.ek@example.se' });
    const made = `/kontor/in/${'A'.repeat(40)}`;
    for (const path of [codeOf(one), made]) {
      const page = await visit(app, path);
      expect(page.status).to.equal(403);
      expect(page.words).to.include('Koden är för den som tar emot vid ingången.');
      expect(page.html).not.to.match(/Åsa|Öberg|Motala|Skolan som skydd/);
      expect(page.headers.getSetCookie()).to.deep.equal([]);
      expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
      expect((await send(app, path, { present: 'plats' })).status).to.equal(403);
    }
    const other = await read(one, karin);
    expect(other.status).to.equal(404);
    expect(other.words)
      .to.include('en annan länsstyrelse')
      .and.not.match(/Åsa|Skolan som skydd/);
    expect((await karin.post(codeOf(one), { present: 'plats' })).status).to.equal(404);
    expect((await maja.post(codeOf(one), { present: 'plats', csrf: 'x' })).status).to.equal(403);
    expect((await maja.get(made)).status).to.equal(404);
    expect(await stored()).to.include({ present: null });
  });

  it('has a sentence for another day, and leads to the event of today', async () => {
    const today = await anEvent({
      title: 'Kunskapsförmiddag',
      start: new Date('2027-02-10T08:00:00Z'),
      end: new Date('2027-02-10T11:00:00Z'),
    });
    now = new Date('2027-02-10T07:50:00Z');
    const { words } = await read();
    expect(words).to.include('Koden gäller torsdag 11 februari 2027, inte i dag.');
    expect(words).to.include('I dag är det ”Kunskapsförmiddag”.');
    expect(await (await maja.get(codeOf(one))).text()).to.include(`/evenemang/${today._id}/narvaro?q=`);
    expect((await mark()).status).to.equal(422);
    now = new Date('2027-02-12T07:50:00Z');
    expect((await read()).words)
      .to.include('inte i dag.')
      .and.not.include('I dag är det');
    expect(await stored()).to.include({ present: null });
  });

  it('says which event it is for where there are several on the day, and leads to the others', async () => {
    expect((await read()).words).not.to.include('Koden gäller');
    const evening = { start: new Date('2027-02-11T17:00:00Z'), end: new Date('2027-02-11T19:00:00Z') };
    const other = await anEvent({ title: 'Kvällsmöte', ...evening });
    expect((await read()).words)
      .to.include('Koden gäller ”Skolan som skydd: så når fler barn målen”, klockan 9.00–12.00.')
      .and.include('I dag är det också ”Kvällsmöte”. Sök efter Åsa Öberg i den närvarolistan')
      .and.include('Har kommit :');
    expect(await (await maja.get(codeOf(one))).text()).to.include(`/evenemang/${other._id}/narvaro?q=`);
    await mark();
    expect((await read()).words).not.to.include('Kvällsmöte');
  });

  it('has a sentence for each who cannot be marked', async () => {
    const says = async (change: Partial<Registration>, sentence: string) => {
      await RegistrationModel.updateOne({ _id: one._id }, change);
      expect((await read()).words)
        .to.include(sentence)
        .and.not.match(/Har kommit :|anmäld på plats.*Personen|anmäld på plats Anmälan/);
      expect((await mark()).status).to.equal(422);
      expect(await stored()).to.include({ present: null });
    };
    await says({ status: 'waiting', waitsFor: ['plats'] }, 'Personen står på väntelistan');
    await says({ status: 'cancelled', waitsFor: [] }, 'Anmälan är avbokad.');
    await EventModel.updateOne({ _id: event._id }, { state: 'cancelled' });
    await says({ status: 'confirmed' }, 'Evenemanget är inställt.');
  });

  it('opens nobody who has another address since, or has been erased', async () => {
    const before = codeOf(one);
    await RegistrationModel.updateOne({ _id: one._id }, { email: 'ny@example.se' });
    const changed = await maja.get(before);
    expect(changed.status).to.equal(404);
    expect(wordsOf(await changed.text())).to.include('Personen kan ha fått en ny');
    await erasePerson(
      organiserAt(now),
      { authority: '05', email: 'ny@example.se', record: new Types.ObjectId() },
      false,
    );
    const erased = await maja.get(before);
    expect(erased.status).to.equal(404);
    expect(wordsOf(await erased.text())).to.include('Personens uppgifter är raderade');
  });
});
