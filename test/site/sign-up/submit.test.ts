import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aForm, anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { fieldsOf, type Page, send, visit } from '../../support/requests/visitor.ts';

const answers = aForm();

describe('Signing up', () => {
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

  const signUp = (changes: Record<string, string> = {}, prefix = '') =>
    send(app, `${prefix}/evenemang/dagen/anmalan`, { ...answers, ...changes });
  const change = (facts: Partial<Event>) => EventModel.updateOne({ _id: event._id }, { $set: facts });
  const registrations = () => RegistrationModel.find({ event: event._id }).lean();

  /** A page of its own that took nothing and keeps what was typed in view. */
  const expectRefused = async ({ status, title, words, headers }: Page, heading: string) => {
    expect(status).to.equal(422);
    expect(title).to.match(new RegExp(`^Fel: ${heading}`));
    for (const typed of [
      'Åsa',
      'Öberg',
      'asa.oberg@example.se',
      'Linköpings kommun',
      'Linköping',
      'På plats',
    ])
      expect(words).to.include(typed);
    expect(words).to.include('Maja Lindgren');
    expect(headers.has('set-cookie')).to.equal(false);
    expect(await registrations()).to.have.length(0);
  };

  it('registers the person and leads to the thanks, which tell nothing of the person', async () => {
    const answer = await signUp({ email: ' Asa.Oberg@EXAMPLE.se ' });
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal('/evenemang/dagen/tack');
    expect(answer.headers.has('set-cookie')).to.equal(false);
    const [row] = await registrations();
    expect(row).to.include({ ...answers, language: 'sv', status: 'confirmed' });
    const thanks = await visit(app, '/evenemang/dagen/tack');
    expect(thanks.title).to.equal('Tack, du är anmäld – Boostdagar');
    expect(thanks.words).to.include('Vi mejlar en bekräftelse till den adress du angav.');
    expect(thanks.html).not.to.include('kalender.ics').and.not.include('Åsa');
    expect(thanks.headers.has('set-cookie')).to.equal(false);
  });

  it('registers in English on the English page', async () => {
    const answer = await signUp({}, '/en');
    expect(answer.headers.get('location')).to.equal('/en/evenemang/dagen/tack');
    expect((await registrations())[0]).to.include({ language: 'en' });
    expect((await visit(app, '/en/evenemang/dagen/tack')).words).to.include('Thank you, you are registered');
  });

  it('shows what is wrong first, with focus and links, and keeps what was typed (T3, T4)', async () => {
    const { status, title, html } = await signUp({
      email: 'asa.orn.linkoping.se',
      role: '',
      organisation: 'Å "x" <b>',
    });
    expect(status).to.equal(422);
    expect(title).to.match(/^Fel: Anmäl dig/);
    const main = html.slice(html.indexOf('<main'));
    expect(main).to.match(
      /^<main[^>]*>\s*<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="fel-rubrik">\s*<h2 id="fel-rubrik">Det finns 2 fel i formuläret<\/h2>/,
    );
    expect(main).to.include('<a href="#email">Skriv en e-postadress med @ och punkt');
    expect(main).to.include('<a href="#role">Välj vilken roll du har</a>').and.include('id="role"');
    expect(main).to.match(/id="email"[^>]*aria-describedby="email-hjalp email-fel"[^>]*aria-invalid="true"/);
    expect(main).to.include('id="email-fel">Skriv en e-postadress');
    expect(fieldsOf(html)).to.include({
      ...{ givenName: 'Åsa', familyName: 'Öberg', email: 'asa.orn.linkoping.se', organisation: 'Å "x" <b>' },
      ...{ municipality: '0580', mode: 'plats' },
    });
    expect(html).to.include('href="/en/evenemang/dagen" lang="en"').and.not.include('<b>');
    expect(await registrations()).to.have.length(0);
  });

  it('says it in English on the English page', async () => {
    const { title, words } = await signUp({ email: '' }, '/en');
    expect(title).to.match(/^Error: Register/);
    expect(words).to.include('There is 1 error in the form Enter your email address, for example');
  });

  for (const email of [
    'a@x.se, b@y.se',
    'a@x.se\r\nBcc: b@y.se',
    'a@x.se%0d%0aBcc: b@y.se',
    'A <a@x.se>, B <b@y.se>',
  ])
    it(`takes no address that is more than one: ${JSON.stringify(email)}`, async () => {
      expect((await signUp({ email })).status).to.equal(422);
      expect(await LetterModel.countDocuments({})).to.equal(0);
    });

  it('refuses personal numbers and line breaks where one writes freely', async () => {
    const { words } = await signUp({ givenName: 'Åsa 19121212-1212', organisation: 'Motala\r\nBcc: x@y.se' });
    expect(words).to.include('Det finns 2 fel').and.include('Det ser ut som ett personnummer.');
    expect(words).to.include('Skriv svaret på en enda rad');
  });

  it('answers a known address exactly as a new one, byte for byte (K3)', async () => {
    await aRegistration(event);
    /** All of an answer but the moment, and the address itself where the page keeps it in view. */
    const bytes = async (email: string) => {
      const { status, headers, html } = await signUp({ email, givenName: 'Någon' });
      const told = [...headers].filter(([name]) => name !== 'date' && name !== 'etag');
      return JSON.stringify([status, told, html]).replaceAll(email, 'adressen');
    };
    expect(await bytes('asa.oberg@example.se')).to.equal(await bytes('ny.person@example.se'));
    expect(await registrations()).to.have.length(2);
    await change({ seats: { plats: 2, digitalt: null } });
    const full = await bytes('asa.oberg@example.se');
    expect(full).to.include('Platserna på plats tog slut').and.include('adressen');
    expect(full).to.equal(await bytes('tredje@example.se'));
  });

  it('takes two clicks for one', async () => {
    const both = await Promise.all([signUp(), signUp()]);
    expect(both.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(await registrations()).to.have.length(1);
    expect(await LetterModel.countDocuments({})).to.equal(1);
  });

  it('lets a robot believe that it was taken, and does nothing', async () => {
    const robot = await signUp({ meddelande: 'Köp nu' });
    const human = await signUp();
    expect(robot.status).to.equal(303);
    expect([robot.headers.get('location'), robot.html]).to.deep.equal([
      human.headers.get('location'),
      human.html,
    ]);
    expect(await registrations()).to.have.length(1);
    const { html } = await visit(app, '/evenemang/dagen');
    expect(html).to.match(
      /<p class="trap" aria-hidden="true"><label for="meddelande">Lämna tomt<\/label><input id="meddelande" name="meddelande" tabindex="-1" autocomplete="off">/,
    );
  });

  describe('where all seats are taken', () => {
    const queue = () =>
      RegistrationModel.find({ event: event._id, status: 'waiting' })
        .sort({ waitingSince: 1, _id: 1 })
        .lean();
    const both = { seats: { plats: 1, digitalt: 1 }, taken: { plats: 1, digitalt: 1 } };

    it('puts who agrees into the queue, with thanks that tell nothing of the person', async () => {
      await change({ seats: { plats: 1, digitalt: 0 }, taken: { plats: 1, digitalt: 0 } });
      const { mode: _mode, ...rest } = answers;
      const answer = await send(app, '/evenemang/dagen/anmalan', { ...rest, wait: 'plats' });
      expect([answer.status, answer.headers.get('location')]).to.deep.equal([
        303,
        '/evenemang/dagen/tack/vantelista',
      ]);
      const [waiting] = await queue();
      expect(waiting?.waitsFor).to.deep.equal(['plats']);
      expect((await LetterModel.findOne().orFail().lean()).kind).to.equal('waiting-list');
      const thanks = await visit(app, '/evenemang/dagen/tack/vantelista');
      expect(thanks.title).to.equal('Tack, du står på väntelistan – Boostdagar');
      expect(thanks.words).to.include('I mejlet står vilket nummer du har i kön.');
      expect(thanks.words).to.include('Väntelistan stänger den 10 februari 2027 klockan 9.00.');
      expect(thanks.html).to.not.include('Åsa').and.not.include('kalender.ics');
      const english = await visit(app, '/en/evenemang/dagen/tack/vantelista');
      expect(english.words).to.include('Thank you, you are on the waiting list');
    });

    it('answers a second click as the first, which took the last seat', async () => {
      await change({ seats: { plats: 1, digitalt: 0 } });
      expect((await signUp()).headers.get('location')).to.equal('/evenemang/dagen/tack');
      const second = await signUp({ wait: 'plats' });
      expect(second.headers.get('location')).to.equal('/evenemang/dagen/tack');
      expect(await LetterModel.countDocuments()).to.equal(1);
    });

    it('tells who waits, and asks for more ways to wait for, that nothing was changed', async () => {
      await change(both);
      await signUp({ wait: 'plats' });
      const body = new URLSearchParams([
        ...Object.entries(answers),
        ['mode', 'digitalt'],
        ['wait', 'plats'],
        ['wait', 'digitalt'],
      ]);
      const answer = await visit(app, '/evenemang/dagen/anmalan', { method: 'POST', body });
      expect(answer.headers.get('location')).to.equal('/evenemang/dagen/tack/vantelista');
      expect((await queue()).map(({ waitsFor }) => waitsFor)).to.deep.equal([['plats']]);
      const kinds = (await LetterModel.find().sort({ _id: 1 }).lean()).map(({ kind }) => kind);
      expect(kinds).to.deep.equal(['waiting-list', 'already-registered']);
    });

    it('takes one way or both, and promotion from one leaves the other', async () => {
      await change(both);
      const body = new URLSearchParams([
        ...Object.entries(answers),
        ['mode', 'digitalt'],
        ['wait', 'plats'],
        ['wait', 'digitalt'],
      ]);
      const answer = await visit(app, '/evenemang/dagen/anmalan', { method: 'POST', body });
      expect(answer.headers.get('location')).to.equal('/evenemang/dagen/tack/vantelista');
      expect((await queue())[0]?.waitsFor).to.deep.equal(['plats', 'digitalt']);
      const third = await signUp({ email: 'ny@example.se', mode: 'digitalt', wait: 'digitalt' });
      expect(third.status).to.equal(303);
      expect((await EventModel.findById(event._id).orFail().lean()).waiting).to.deep.equal({
        plats: 1,
        digitalt: 2,
      });
    });

    it('does not take a way that the form has not shown as full for one that somebody would wait for', async () => {
      await change(both);
      const page = await signUp({ wait: 'digitalt' });
      expect([page.status, page.title]).to.deep.equal([
        422,
        'Fel: Platserna är slut: Skolan som skydd: så når fler barn målen – Boostdagar',
      ]);
      expect(page.html).to.match(/type="checkbox" value="plats"[^>]* checked/);
      expect(await registrations()).to.have.length(0);
    });

    it('asks for a way where none is chosen, in the form of the list', async () => {
      await change(both);
      const page = await signUp({ mode: '', wait: 'plats' });
      expect(page.title).to.match(/^Fel: Ställ dig på väntelistan/);
      expect(page.words).to.include('Det finns 1 fel i formuläret Välj om du deltar på plats eller digitalt');
    });

    it('answers a known address as a new one, also one with a seat (K3)', async () => {
      await aRegistration(event);
      await change({ seats: { plats: 1, digitalt: 0 } });
      const answerTo = async (email: string) => {
        const { status, headers } = await signUp({ email, wait: 'plats' });
        return [status, headers.get('location')];
      };
      expect(await answerTo('asa.oberg@example.se')).to.deep.equal(await answerTo('ny@example.se'));
      expect(await answerTo('ny@example.se')).to.deep.equal(await answerTo('tredje@example.se'));
      expect(await registrations()).to.have.length(3);
    });

    it('gives a seat to who would have waited where one has become free', async () => {
      const answer = await signUp({ wait: 'plats' });
      expect(answer.headers.get('location')).to.equal('/evenemang/dagen/tack');
    });
  });

  describe('is refused with a page of its own', () => {
    it('when it closed while the form was filled in', async () => {
      now = new Date('2027-01-31T22:59:59.999Z');
      expect((await signUp({ email: 'i.tid@example.se' })).status).to.equal(303);
      await RegistrationModel.deleteMany({});
      now = new Date('2027-01-31T23:00Z');
      const page = await signUp();
      await expectRefused(page, 'Anmälan har stängt');
      expect(page.words).to.include('Anmälan stängde klockan 23.59, medan du fyllde i formuläret.');
      expect(page.words).to.include(
        'Det här skrev du Förnamn Åsa Efternamn Öberg E-postadress asa.oberg@example.se',
      );
    });

    it('unless the form was begun before and comes within the grace time (F5)', async () => {
      const formAt = async (path: string) => fieldsOf((await visit(app, path)).html).visad ?? '';
      now = new Date('2027-01-31T22:59Z');
      const visad = await formAt('/evenemang/dagen');
      await anEvent({ slug: 'annan' });
      const elsewhere = await formAt('/evenemang/annan');
      now = new Date('2027-01-31T23:29:59Z');
      await expectRefused(await signUp({ visad: elsewhere }), 'Anmälan har stängt');
      const wrong = await signUp({ visad, familyName: '' });
      expect(wrong.words).to.include('Det finns 1 fel i formuläret');
      expect(fieldsOf(wrong.html)).to.include({ visad });
      await change({ seats: { plats: 0, digitalt: 3 }, taken: { plats: 0, digitalt: 3 } });
      expect((await signUp({ visad, mode: 'digitalt' })).words).to.include('Platserna är slut');
      await change({ seats: { plats: 40, digitalt: null }, taken: { plats: 0, digitalt: 0 } });
      now = new Date('2027-01-31T23:30Z');
      await expectRefused(await signUp({ visad }), 'Anmälan har stängt');
      now = new Date('2027-01-31T23:29:59Z');
      expect((await signUp({ visad })).status).to.equal(303);
      expect(await registrations()).to.have.length(1);
    });

    it('when it is full, also where the form has errors', async () => {
      await change({ seats: { plats: 0, digitalt: 3 }, taken: { plats: 0, digitalt: 3 } });
      const { mode: _mode, ...rest } = answers;
      const full = await send(app, '/evenemang/dagen/anmalan', rest);
      expect(full.status).to.equal(422);
      expect(full.title).to.match(/^Fel: Platserna är slut/);
      expect(full.words).to.include('Platserna tog slut medan du fyllde i formuläret.');
      expect(full.words).to.include('Du är inte anmäld än, men du kan ställa dig på väntelistan.');
      expect(fieldsOf(full.html)).to.include({ ...rest, wait: 'digitalt' });
      const wrong = await signUp({ email: 'fel', mode: 'digitalt' });
      expect(wrong.title).to.match(/^Fel: Platserna är slut/);
      expect(wrong.words).to.include('Det finns 1 fel i formuläret');
      expect(fieldsOf(wrong.html)).to.include({ email: 'fel', wait: 'digitalt' });
      expect(await registrations()).to.have.length(0);
    });

    it('when it is full and the waiting list is closed, also where the form has errors', async () => {
      await change({
        seats: { plats: 3, digitalt: 0 },
        taken: { plats: 3, digitalt: 0 },
        queueHours: 32 * 24,
      });
      await expectRefused(await signUp(), 'Platserna är slut');
      await expectRefused(await signUp({ wait: 'plats' }), 'Platserna är slut');
      expect((await signUp({ email: 'fel' })).words)
        .to.include('Platserna är slut')
        .and.include('fel');
    });

    it('when the waiting list closed while the form was filled in, and not in the words of seats that ran out', async () => {
      await change({
        seats: { plats: 1, digitalt: 0 },
        taken: { plats: 1, digitalt: 0 },
        queueHours: 32 * 24,
      });
      const page = await signUp({ wait: 'plats' });
      await expectRefused(page, 'Platserna är slut');
      expect(page.words).to.include('Väntelistan stängde medan du fyllde i formuläret.');
      const english = await signUp({ wait: 'plats' }, '/en');
      expect(english.words).to.include('The waiting list closed while you were filling in the form');
      expect((await signUp()).words).to.include('Platserna tog slut medan du fyllde i formuläret.');
    });

    it('when it is full on site: the form again, with the choice between the other way and the list', async () => {
      await change({ seats: { plats: 1, digitalt: 50 }, taken: { plats: 1, digitalt: 0 } });
      for (const familyName of ['Öberg', '']) {
        const page = await signUp({ familyName });
        expect(page.status).to.equal(422);
        expect(page.words).to.include(
          'Platserna på plats tog slut medan du fyllde i formuläret. Välj digitalt eller väntelistan',
        );
        const { mode: _mode, ...kept } = answers;
        expect(fieldsOf(page.html))
          .to.include({ ...kept, familyName, wait: 'plats' })
          .and.not.have.property('mode');
      }
      expect((await signUp({ wait: 'plats' })).headers.get('location')).to.equal(
        '/evenemang/dagen/tack/vantelista',
      );
      expect(
        (await signUp({ email: 'ny@example.se', mode: 'digitalt', wait: 'plats' })).headers.get('location'),
      ).to.equal('/evenemang/dagen/tack');
    });

    it('when it is full on site and the list is closed: the form again, with the other way chosen', async () => {
      await change({
        seats: { plats: 1, digitalt: 50 },
        taken: { plats: 1, digitalt: 0 },
        queueHours: 32 * 24,
      });
      const page = await signUp();
      expect(page.status).to.equal(422);
      expect(page.words).to.include('Platserna på plats tog slut medan du fyllde i formuläret.');
      expect(fieldsOf(page.html)).to.include({ ...answers, mode: 'digitalt', meddelande: '' });
      const { meddelande: _trap, ...again } = fieldsOf(page.html);
      expect((await send(app, '/evenemang/dagen/anmalan', again)).status).to.equal(303);
      await change({ seats: { plats: 50, digitalt: 1 } });
      const other = await signUp({ email: 'ny@example.se', mode: 'digitalt' });
      expect(other.words).to.include('De digitala platserna tog slut');
      expect(fieldsOf(other.html).mode).to.equal('plats');
    });

    it('when it has not opened', async () => {
      await change({ opensAt: new Date('2027-01-17T23:00Z') });
      const page = await signUp();
      await expectRefused(page, 'Anmälan har inte öppnat');
      expect(page.words).to.include('Anmälan öppnar den 18 januari 2027.');
    });

    it('when the event is cancelled, with the reason', async () => {
      await change({ state: 'cancelled', cancelReason: 'Föreläsaren är sjuk.' });
      const page = await signUp();
      await expectRefused(page, 'Evenemanget är inställt');
      expect(page.words).to.include('Föreläsaren är sjuk. Därför kunde vi inte ta emot din anmälan.');
      const english = await signUp({}, '/en');
      expect(english.html).to.match(/<p class="lead" lang="sv">Föreläsaren är sjuk/);
    });

    it('when the event is over', async () => {
      now = new Date('2027-02-12T08:00Z');
      await expectRefused(await signUp(), 'Evenemanget är genomfört');
    });

    it('and with 404 where the event is a draft or nothing', async () => {
      await change({ state: 'draft' });
      expect((await signUp()).status).to.equal(404);
      expect((await signUp({ meddelande: 'Köp nu' })).status).to.equal(404);
      expect((await visit(app, '/evenemang/dagen/tack')).status).to.equal(404);
    });
  });

  it('leads who opens the address of the form to the form', async () => {
    const answer = await visit(app, '/en/evenemang/dagen/anmalan');
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([
      303,
      '/en/evenemang/dagen#anmalan',
    ]);
  });

  it('refuses a form that another site sends, and one that is too large', async () => {
    const body = new URLSearchParams(answers);
    const forged = { method: 'POST', body, headers: { 'Sec-Fetch-Site': 'cross-site' } };
    const answer = await visit(app, '/evenemang/dagen/anmalan', forged);
    expect(answer.status).to.equal(403);
    expect((await signUp({ organisation: 'x'.repeat(200_000) })).status).to.equal(413);
    expect(await registrations()).to.have.length(0);
  });
});
