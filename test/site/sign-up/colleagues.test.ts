import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aForm, anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { type Page, visit } from '../../support/requests/visitor.ts';

const asa = aForm();
type Answers = Record<string, string | string[]>;

/** Karin and Olle, as the form sends them. */
const two = {
  colleagueGivenName: ['Karin', 'Olle'],
  colleagueFamilyName: ['Ek', 'Berg'],
  colleagueEmail: ['karin.ek@example.se', 'olle.berg@example.se'],
  colleagueRole: ['chef', 'annan'],
  colleagueMode: ['plats', 'plats'],
};
const empty = {
  colleagueGivenName: '',
  colleagueFamilyName: '',
  colleagueEmail: '',
  colleagueRole: '',
  colleagueMode: '',
};

describe('Signing up with colleagues', () => {
  let app: TestApp;
  let now = monday;
  let event: Event;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent({ slug: 'dagen' });
  });
  afterEach(() => app.close());

  const send = (answers: Answers, prefix = ''): Promise<Page> => {
    const pairs = Object.entries({ ...asa, ...answers }).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    );
    return visit(app, `${prefix}/evenemang/dagen/anmalan`, {
      method: 'POST',
      body: new URLSearchParams(pairs),
    });
  };
  const change = (facts: Partial<Event>) => EventModel.updateOne({ _id: event._id }, { $set: facts });
  const people = async (status: 'confirmed' | 'waiting' = 'confirmed') =>
    (await RegistrationModel.find({ event: event._id, status }).sort({ _id: 1 }).lean()).map(
      ({ email }) => email,
    );
  const letters = async () =>
    (await LetterModel.find().lean()).map(({ kind, to }) => `${kind} ${to.address}`);
  /** What stands in the repeated fields of this name. */
  const typed = (html: string, name: string) =>
    [...html.matchAll(new RegExp(`<input [^>]*value="([^"]*)"[^>]* name="${name}"`, 'g'))].map(
      ([, value]) => value,
    );
  const waits = (html: string) => [...html.matchAll(/name="wait" value="(\w+)"/g)].map(([, way]) => way);
  const thanks = '/evenemang/dagen/tack/kollegor';

  it('adds an empty colleague without JavaScript, keeps what was typed and takes nothing (T5)', async () => {
    const first = await send({ familyName: '', add: '1' });
    expect([first.status, first.title]).to.deep.equal([
      200,
      'Anmäl dig och dina kollegor: Skolan som skydd: så når fler barn målen – Boostdagar',
    ]);
    expect(first.words).to.include('Kollega 1').and.not.include('Kollega 2').and.not.include('Det finns');
    expect(first.html).to.match(/id="colleagueGivenName-1" name="colleagueGivenName"[^>]* autofocus/);
    expect(first.html)
      .to.include('value="Åsa"')
      .and.match(/value="strategisk-tjansteperson"[^>]* checked/);
    const second = await send({ ...empty, colleagueGivenName: 'Karin', colleagueRole: 'chef', add: '1' });
    expect(typed(second.html, 'colleagueGivenName')).to.deep.equal(['Karin', '']);
    expect(second.html).to.match(/<option value="chef" selected>/);
    expect(second.html).to.match(/id="colleagueGivenName-2"[^>]* autofocus/);
    expect(second.words).to.include('Jag anmäler bara andra och kommer inte själv');
    expect(await people()).to.deep.equal([]);
  });

  it('has the sending button first for Enter, and asks for no more than nine colleagues', async () => {
    const { html } = await visit(app, '/evenemang/dagen');
    const form = html.slice(html.indexOf('<form class="form"'));
    expect(/<button[^>]*>/.exec(form)?.[0]).to.equal('<button tabindex="-1">');
    expect(form)
      .to.match(/name="add" value="1">Anmäl en kollega också/)
      .and.not.include('onlyOthers');
    const nine = (value: string) => Array.from({ length: 9 }, () => value);
    const full = await send({ colleagueGivenName: nine('Bo'), colleagueEmail: nine('x'), add: '1' });
    expect(full.words)
      .to.include('Kollega 9')
      .and.not.include('Kollega 10')
      .and.not.include('Anmäl en kollega också');
  });

  it('removes one, and goes back to one person when nobody is left', async () => {
    const page = await send({ ...two, remove: '1' });
    expect(page.status).to.equal(200);
    expect(typed(page.html, 'colleagueEmail')).to.deep.equal(['olle.berg@example.se']);
    expect(page.html).to.match(/name="add" value="1" autofocus>/);
    const alone = await send({ ...empty, onlyOthers: 'ja', remove: '1' });
    expect(alone.words)
      .to.include('Vilken roll har du?')
      .and.not.include('Kollega 1')
      .and.not.include('bara andra');
    for (const remove of ['0', '3', 'x', '1.5'])
      expect(typed((await send({ ...two, remove })).html, 'colleagueEmail')).to.have.length(2);
  });

  it('signs everybody up: own letters, own links, who did it, and a list for the first', async () => {
    const answer = await send(two);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, thanks]);
    expect(await people()).to.deep.equal([asa.email, ...two.colleagueEmail]);
    expect(await letters()).to.have.members([
      ...[asa.email, ...two.colleagueEmail].map((email) => `confirmation ${email}`),
      `colleagues-list ${asa.email}`,
    ]);
    const [karin] = await RegistrationModel.find({ email: 'karin.ek@example.se' }).lean();
    expect(karin).to.deep.include({
      organisation: asa.organisation,
      municipality: asa.municipality,
      role: 'chef',
    });
    const own = await visit(app, `/anmalan/${karin && tokenOf(karin, app.settings.secret)}`);
    expect(own.words).to.include('Åsa Öberg har anmält dig.');
    const page = await visit(app, thanks);
    expect(page.title).to.equal('Tack, anmälan är gjord – Boostdagar');
    expect(page.words)
      .to.include('Var och en får ett eget mejl, och du får en lista.')
      .and.not.include('Åsa');
    expect((await visit(app, `/en${thanks}`)).words).to.include('Everybody gets an email of their own');
  });

  it('signs up only the others where the first one does not come', async () => {
    const answer = await send({ ...two, onlyOthers: 'ja', role: '', mode: '' });
    expect(answer.headers.get('location')).to.equal(thanks);
    expect(await people()).to.deep.equal(two.colleagueEmail);
    expect(await letters())
      .to.include(`colleagues-list ${asa.email}`)
      .and.not.include(`confirmation ${asa.email}`);
    const wrong = await send({ ...two, onlyOthers: 'ja', email: '' });
    expect(wrong.title).to.match(/^Fel: Anmäl dina kollegor/);
    expect(wrong.words).to.include('Det finns 1 fel').and.not.include('Vilken roll har du?');
    expect(wrong.html).to.match(/name="onlyOthers"[^>]* checked/);
  });

  it('takes nobody where one answer is wrong, and says it at the person (T3)', async () => {
    const page = await send({
      ...two,
      colleagueEmail: ['karin.ek@example.se', 'KARIN.EK@example.se'],
      colleagueRole: ['', 'annan'],
    });
    expect(page.status).to.equal(422);
    expect(page.html).to.match(
      /<li><a href="#colleagueRole-1">Kollega 1: Välj en roll<\/a><\/li>\s*<li><a href="#colleagueEmail-2">Kollega 2: Adressen står redan/,
    );
    expect(page.html).to.match(/id="colleagueEmail-2" name="colleagueEmail"[^>]*aria-invalid="true"/);
    expect(typed(page.html, 'colleagueGivenName')).to.deep.equal(['Karin', 'Olle']);
    expect(await people()).to.deep.equal([]);
    expect(await letters()).to.deep.equal([]);
  });

  it('does not tell somebody who is registered already apart (K3)', async () => {
    await aRegistration(event, { email: 'karin.ek@example.se' });
    const known = await send(two);
    expect([known.status, known.headers.get('location')]).to.deep.equal([303, thanks]);
    expect(await people()).to.have.length(3);
    expect(await letters()).to.include('already-registered karin.ek@example.se');
    // Nor where there are too few seats: all three still count.
    await change({ seats: { plats: 5, digitalt: null } });
    expect((await send(two)).words).to.include(
      '3 personer i anmälan vill delta på plats, men det finns 2 platser kvar.',
    );
  });

  it('takes two clicks for one', async () => {
    const both = await Promise.all([send(two), send(two)]);
    expect(both.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(await people()).to.have.length(3);
    expect((await letters()).filter((letter) => letter.startsWith('colleagues-list'))).to.have.length(1);
  });

  describe('where there are too few seats', () => {
    it('puts the choice before anything is taken, and then gives seats in order', async () => {
      await change({ seats: { plats: 1, digitalt: null } });
      const page = await send(two);
      expect(page.status).to.equal(422);
      expect(page.words).to.include(
        '3 personer i anmälan vill delta på plats, men det finns 1 plats kvar. Skickar du anmälan igen får den första en plats, och de andra 2 ställs på väntelistan. Du kan också ändra hur någon deltar, eller ta bort någon.',
      );
      expect(page.html).to.match(/data-color="warning" role="alert" tabindex="-1" autofocus/);
      expect(waits(page.html)).to.deep.equal(['plats']);
      expect(typed(page.html, 'colleagueEmail')).to.deep.equal(two.colleagueEmail);
      expect([await people(), await letters()]).to.deep.equal([[], []]);
      expect((await send({ ...two, wait: 'plats' })).headers.get('location')).to.equal(thanks);
      expect(await people()).to.deep.equal([asa.email]);
      expect(await people('waiting')).to.deep.equal(two.colleagueEmail);
      const english = await send({ ...two, email: 'ny@example.se' }, '/en');
      expect(english.words).to.include(
        '3 people in the form want to attend on site, but those seats are taken.',
      );
    });

    it('asks again where fewer seats are left than the form has said', async () => {
      await change({ seats: { plats: 2, digitalt: 0 } });
      const three = { ...two, mode: '', colleagueMode: [] };
      const left = /name="left" value="([^"]*)"/.exec((await send(three)).html)?.[1] ?? '';
      expect(left).to.equal('plats:2');
      await aRegistration(event, { email: 'snabb@example.se' });
      const page = await send({ ...three, wait: 'plats', left });
      expect(page.status).to.equal(422);
      expect(page.words).to.include('får den första en plats, och de andra 2 ställs på väntelistan.');
      expect(await people()).to.deep.equal(['snabb@example.se']);
      expect((await send({ ...three, wait: 'plats', left: 'plats:1' })).status).to.equal(303);
      expect(await people()).to.deep.equal(['snabb@example.se', asa.email]);
    });

    it('answers a second click as the first, which took the last seats', async () => {
      await change({ seats: { plats: 3, digitalt: 0 } });
      for (const _click of [1, 2]) {
        const answer = await send({ ...two, mode: '', colleagueMode: [] });
        expect(answer.headers.get('location')).to.equal(thanks);
      }
      expect(await people()).to.have.length(3);
      expect((await letters()).filter((letter) => letter.startsWith('colleagues-list'))).to.have.length(1);
    });

    it('asks again when people were added since', async () => {
      await change({ seats: { plats: 2, digitalt: 0 } });
      const three = { ...two, mode: '', colleagueMode: [] };
      expect((await send(three)).words).to.include(
        'får de 2 första en plats, och den sista ställs på väntelistan. Du kan också ta bort någon.',
      );
      const more = await send({ ...three, wait: 'plats', add: '1' });
      expect(waits(more.html)).to.deep.equal([]);
      expect(more.html).to.not.include('name="colleagueMode"');
      expect(await people()).to.deep.equal([]);
    });

    it('lets all wait where the form has said that it is full', async () => {
      await change({ seats: { plats: 1, digitalt: 50 }, taken: { plats: 1, digitalt: 0 } });
      const page = await send({ ...two, wait: 'plats', add: '1' });
      expect(waits(page.html)).to.deep.equal(['plats']);
      expect(page.words)
        .to.include('På plats, väntelista (ingen före dig)')
        .and.include('Deltar Välj i listan På plats, väntelista Digitalt');
      await send({ ...two, colleagueMode: ['plats', 'digitalt'], wait: 'plats' });
      expect(await people('waiting')).to.deep.equal([asa.email, 'karin.ek@example.se']);
      expect(await people()).to.deep.equal(['olle.berg@example.se']);
    });

    it('asks everybody for one way, also where both are full', async () => {
      await change({ seats: { plats: 1, digitalt: 1 }, taken: { plats: 1, digitalt: 1 } });
      const page = await send({
        ...empty,
        mode: ['plats', 'digitalt'],
        wait: ['plats', 'digitalt'],
        add: '1',
      });
      expect(page.html.match(/type="radio" value="(plats|digitalt)"[^>]*name="mode"/g)).to.have.length(2);
      expect(page.html.match(/name="mode"[^>]* checked/g)).to.have.length(1);
      expect(page.words).to.include('Skicka anmälan').and.not.include('Välj ett eller båda');
    });

    it('says that only changing helps once the list is closed', async () => {
      await change({ seats: { plats: 1, digitalt: null }, queueHours: 32 * 24 });
      const page = await send({ ...two, wait: 'plats' });
      expect(page.words).to.include(
        'men det finns 1 plats kvar. Ändra hur någon deltar, eller ta bort någon, och skicka anmälan igen.',
      );
      expect(waits(page.html)).to.deep.equal([]);
      expect((await send({ ...two, colleagueMode: ['digitalt', 'digitalt'] })).status).to.equal(303);
    });
  });

  it('is refused with a page of its own when it has closed, with everybody kept in view', async () => {
    now = event.closesAt;
    for (const answers of [two, { ...two, add: '1' }, { ...two, colleagueRole: ['', ''] }]) {
      const page = await send(answers);
      expect([page.status, page.title]).to.deep.equal([422, 'Fel: Anmälan har stängt – Boostdagar']);
      expect(page.words).to.include('Kollega 1 Karin Ek karin.ek@example.se');
    }
    expect(await people()).to.deep.equal([]);
  });
});
