import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { draftFromFile } from '../../../src/meeting-reports/draft.ts';
import { importReport } from '../../../src/meeting-reports/import.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { zoomFile } from '../../support/reports.ts';
import { fieldsOf, send, visit } from '../../support/requests/visitor.ts';

describe("One's own registration", () => {
  let app: TestApp;
  let now = monday;
  let event: Event;
  let registration: Registration;
  let link: string;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent({ slug: 'dagen' });
    registration = await aRegistration(event);
    link = linkOf(registration);
  });
  afterEach(() => app.close());

  const linkOf = (registration: Registration) => `/anmalan/${tokenOf(registration, app.settings.secret)}`;
  const stored = () => RegistrationModel.findById(registration._id).orFail().lean();
  const letters = async () =>
    (await LetterModel.find().sort({ createdAt: 1 }).lean()).map(({ kind }) => kind);
  const changes = {
    givenName: 'Åsa',
    familyName: 'Ek',
    organisation: 'Motala kommun',
    municipality: '0583',
    role: 'chef',
  };

  it('says before it is cancelled what becomes of this seat', async () => {
    const ask = async () => (await visit(app, `${link}/avboka`)).words;
    const stands = (seats: Event['seats'], queue: number) =>
      EventModel.updateOne({ _id: event._id }, { seats, waiting: { plats: queue, digitalt: 0 } });
    expect(await ask()).to.include('Då kan någon annan få din plats. Du kan anmäla dig igen');
    await stands({ plats: 1, digitalt: null }, 2);
    expect(await ask()).to.include('Din plats går till den som står först på väntelistan.');
    await RegistrationModel.updateOne({ _id: registration._id }, { mode: 'digitalt' });
    expect(await ask())
      .to.include('Då vet vi hur många som kommer. Du kan')
      .and.not.include('väntelistan');
    now = event.closesAt;
    expect(await ask()).to.include('Anmälan har stängt, så du kan inte anmäla dig igen.');
  });

  it('says where the way in to the meeting is, as long as it leads somewhere', async () => {
    await RegistrationModel.updateOne({ _id: registration._id }, { mode: 'digitalt' });
    const where = async () => /Var (Digitalt.*?) Kostnad/.exec((await visit(app, link)).words)?.[1];
    expect(await where()).to.equal('Digitalt. Länken står i ett mejl från oss och här på sidan.');
    await EventModel.updateOne({ _id: event._id }, { meetingLink: '' });
    expect(await where()).to.equal('Digitalt. Du får länken i ett mejl före evenemanget.');
    now = event.end;
    expect(await where()).to.equal('Digitalt');
  });

  it('is seen with what can be changed, and shows no e-mail address (R9)', async () => {
    const page = await visit(app, link);
    expect(page.status).to.equal(200);
    expect(page.words).to.include('Din anmälan Skolan som skydd').and.include('Anmäld');
    expect(page.words).to.include('Var Residenset, Borggården 1, Linköping Kostnad');
    const { givenName, familyName, organisation, municipality, role, mode } = registration;
    const { visad: _mark, seen: _seen, ...asked } = fieldsOf(page.html);
    expect(asked).to.deep.equal({
      givenName,
      familyName,
      organisation,
      municipality,
      role,
      mode,
    });
    expect(page.html).to.not.include('asa.oberg@example.se').and.not.include('moten.example.se');
    expect(page.headers.get('cache-control')).to.equal('no-store');
    expect(page.headers.get('x-robots-tag')).to.equal('noindex');
    expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(page.headers.has('set-cookie')).to.equal(false);
  });

  describe('that an organiser changes meanwhile', () => {
    const theirs = async (change: object) => {
      const moment = { changedAt: new Date(+(await stored()).changedAt + 1) };
      await RegistrationModel.updateOne({ _id: registration._id }, { $set: { ...change, ...moment } });
    };

    it('keeps both changes if they are of different fields, and says so', async () => {
      const form = { ...fieldsOf((await visit(app, link)).html), role: 'chef' };
      await theirs({ organisation: 'Motala kommun' });
      const answer = await send(app, link, form);
      expect(answer.status).to.equal(303);
      expect(await stored()).to.include({ role: 'chef', organisation: 'Motala kommun' });
      const page = await visit(app, answer.headers.get('location') ?? '');
      expect(page.words).to.include('Någon annan har under tiden ändrat: Organisation.');
    });

    it('shows both answers to the same question, and nothing else', async () => {
      const form = { ...fieldsOf((await visit(app, link)).html), role: 'chef', familyName: 'Ek' };
      await theirs({ role: 'tjansteperson', organisation: 'Motala kommun' });
      const answer = await send(app, `/en${link}`, form);
      expect(answer.status).to.equal(409);
      expect(answer.html.match(/<th scope="row">/g)).to.have.length(1);
      expect((await stored()).role).to.equal('tjansteperson');
      expect((await send(app, link, fieldsOf(answer.html))).status).to.equal(303);
      expect(await stored()).to.include({ role: 'chef', familyName: 'Ek', organisation: 'Motala kommun' });
    });
  });

  it('stands in English, and the link to the other language keeps the page', async () => {
    const page = await visit(app, `/en${link}`);
    expect(page.words).to.include('Your registration').and.include('Change your details');
    expect(page.html).to.include(`href="${link}" lang="sv"`).and.include(`action="/en${link}"`);
  });

  it('is harmless to programs that open links: GET and HEAD do nothing', async () => {
    const before = JSON.stringify([await stored(), await EventModel.findById(event._id).lean()]);
    for (const path of ['', '/avboka', '/igen', '/kalender.ics', '/data.json'])
      for (const method of ['GET', 'HEAD'])
        expect((await visit(app, link + path, { method })).status).to.be.oneOf([200, 303]);
    expect(JSON.stringify([await stored(), await EventModel.findById(event._id).lean()])).to.equal(before);
    expect(await letters()).to.deep.equal([]);
  });

  it('is changed while sign-up is open, and says so once', async () => {
    const answer = await send(app, link, { ...changes, mode: 'plats', email: 'annan@example.se' });
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, `${link}?klart=andrad`]);
    expect(await stored()).to.include({ ...changes, email: 'asa.oberg@example.se', sequence: 0 });
    expect(await letters()).to.deep.equal([]);
    expect((await visit(app, `${link}?klart=andrad`)).words).to.include('Dina uppgifter är ändrade.');
    expect((await visit(app, link)).words).to.not.include('Dina uppgifter är ändrade.');
  });

  it('changes seat and invitation with the way of attending', async () => {
    await send(app, link, { ...changes, mode: 'digitalt' });
    expect(await stored()).to.include({ mode: 'digitalt', sequence: 1 });
    expect((await EventModel.findById(event._id).orFail().lean()).taken).to.deep.equal({
      plats: 0,
      digitalt: 1,
    });
    expect(await letters()).to.deep.equal(['changed']);
  });

  it('keeps what was typed where an answer is wrong', async () => {
    const page = await send(app, link, { ...changes, familyName: '', mode: 'plats' });
    expect(page.status).to.equal(422);
    expect(page.title).to.match(/^Fel: Din anmälan/);
    expect(page.words).to.include('Det finns 1 fel i formuläret Skriv ditt efternamn');
    expect(fieldsOf(page.html)).to.include({ ...changes, familyName: '', mode: 'plats' });
    expect(await stored()).to.include({ familyName: 'Öberg' });
  });

  it('keeps the seat where the other way is full', async () => {
    await EventModel.updateOne({ _id: event._id }, { $set: { 'seats.digitalt': 1, 'taken.digitalt': 1 } });
    const page = await send(app, link, { ...changes, mode: 'digitalt' });
    expect(page.status).to.equal(422);
    expect(page.words).to.include('Platserna är slut för det sätt du valde. Du har kvar din plats.');
    expect(await stored()).to.include({ mode: 'plats', familyName: 'Öberg' });
  });

  it('says nothing of seats that are gone in the way that somebody has a seat in', async () => {
    await EventModel.updateOne(
      { _id: event._id },
      { $set: { seats: { plats: 1, digitalt: 1 }, 'taken.digitalt': 1 } },
    );
    const page = await visit(app, link);
    expect(page.words).to.include('Det är fullt digitalt. På plats ').and.not.include('Platserna är slut.');
    expect(page.html.match(/name="mode"/g)).to.have.length(1);
  });

  it('keeps a seat in a way that is not offered any more through a change of something else', async () => {
    await EventModel.updateOne({ _id: event._id }, { $set: { 'seats.plats': 0 } });
    const page = await visit(app, link);
    expect(page.html).to.match(/value="plats"[^>]* name="mode"[^>]* checked/);
    const answer = await send(app, link, { ...changes, mode: 'plats' });
    expect(answer.status).to.equal(303);
    expect(await stored()).to.include({ familyName: 'Ek', mode: 'plats', sequence: 0 });
    await send(app, link, { ...changes, mode: 'digitalt' });
    expect(await stored()).to.include({ mode: 'digitalt', sequence: 1 });
  });

  it('is cancelled by a post behind a question', async () => {
    const question = await visit(app, `${link}/avboka`);
    expect(question.words).to.include(
      'Vill du avboka din plats på ”Skolan som skydd: så når fler barn målen”?',
    );
    expect(question.words).to.include('Ja, avboka').and.include('Nej, behåll min plats');
    const answer = await send(app, `${link}/avboka`);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, `${link}?klart=avbokad`]);
    expect(await stored()).to.include({ status: 'cancelled', sequence: 1 });
    const after = await visit(app, `${link}?klart=avbokad`);
    expect(after.words)
      .to.include('Din anmälan är avbokad. Vi skickar en bekräftelse med mejl.')
      .and.include('Avbokad');
    expect(after.html).to.not.include('name="givenName"');
    expect((await visit(app, `${link}/avboka`)).headers.get('location')).to.equal(link);
    expect((await send(app, `${link}/avboka`)).status).to.equal(303);
    expect(await letters()).to.deep.equal(['cancelled']);
  });

  it('can be followed by a new one, with a link of its own', async () => {
    await send(app, `${link}/avboka`);
    expect((await visit(app, link)).words).to.include(
      'Har du ändrat dig? Det finns platser kvar. Anmäl dig igen',
    );
    const answer = await send(app, `${link}/igen`);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/evenemang/dagen/tack']);
    const again = await RegistrationModel.findOne({ event: event._id, status: 'confirmed' }).orFail().lean();
    expect(again).to.include({ email: 'asa.oberg@example.se', familyName: 'Öberg', role: registration.role });
    expect(String(again._id)).to.not.equal(String(registration._id));
    const old = await visit(app, link);
    expect(old.words).to.include('du har anmält dig igen').and.not.include('Det finns platser kvar');
    expect(old.html).to.not.include(linkOf(again));
    expect(await letters()).to.deep.equal(['cancelled', 'confirmation']);
  });

  it('cannot be followed by a new one when it is full or closed', async () => {
    await send(app, `${link}/avboka`);
    await EventModel.updateOne(
      { _id: event._id },
      { $set: { seats: { plats: 1, digitalt: 0 }, 'taken.plats': 1, queueHours: 32 * 24 } },
    );
    expect((await visit(app, link)).words).to.include(
      'Din anmälan är avbokad. Platserna är slut, så du kan inte anmäla dig igen just nu.',
    );
    const full = await send(app, `${link}/igen`);
    expect(full.status).to.equal(422);
    expect(full.words).to.include('Platserna är slut');
    now = event.closesAt;
    expect((await send(app, `${link}/igen`)).status).to.equal(422);
    expect(await RegistrationModel.countDocuments({ status: 'confirmed' })).to.equal(0);
  });

  it('is led to the form where only the other way has seats', async () => {
    await send(app, `${link}/avboka`);
    await EventModel.updateOne(
      { _id: event._id },
      { $set: { seats: { plats: 1, digitalt: null }, 'taken.plats': 1, queueHours: 32 * 24 } },
    );
    const page = await visit(app, link);
    expect(page.words).to.include('Det är fullt på plats. Vill du delta på det andra sättet?');
    expect(page.html).to.include('href="/evenemang/dagen"').and.not.include('/igen');
    expect((await send(app, `${link}/igen`)).status).to.equal(422);
  });

  it('can be followed by a place in the queue when it is full', async () => {
    await send(app, `${link}/avboka`);
    await EventModel.updateOne(
      { _id: event._id },
      { $set: { seats: { plats: 1, digitalt: 0 }, 'taken.plats': 1 } },
    );
    const page = await visit(app, link);
    expect(page.words)
      .to.include('Din anmälan är avbokad. Platserna är slut.')
      .and.include('Vill du ändå delta? Ställ dig på väntelistan');
    const unasked = await send(app, `${link}/igen`);
    expect(unasked.status).to.equal(422);
    expect(unasked.words).to.include('Ställ dig på väntelistan');
    const answer = await send(app, `${link}/igen`, fieldsOf(page.html));
    expect(answer.headers.get('location')).to.equal('/evenemang/dagen/tack/vantelista');
    expect(await RegistrationModel.countDocuments({ status: 'waiting', waitsFor: 'plats' })).to.equal(1);
    expect(await letters()).to.deep.equal(['cancelled', 'waiting-list']);
  });

  describe('of one who waits', () => {
    const before = { status: 'waiting' as const, email: 'fore@example.se', waitsFor: ['plats' as const] };
    const at = (minute: number) => new Date(Date.UTC(2027, 0, 5, 9, minute));
    /** Somebody in the second place of the queue for seats on site, in the event with these facts. */
    const wait = async (facts: Partial<Event>, waitsFor = before.waitsFor as Registration['waitsFor']) => {
      await EventModel.updateOne(
        { _id: event._id },
        { $set: { seats: { plats: 1, digitalt: 0 }, ...facts } },
      );
      await aRegistration(event, { ...before, waitingSince: at(1) });
      registration = await aRegistration(event, {
        email: 'ko@example.se',
        status: 'waiting',
        waitsFor,
        waitingSince: at(2),
      });
      link = linkOf(registration);
      return visit(app, link);
    };
    const both = { seats: { plats: 1, digitalt: 1 }, 'taken.digitalt': 1 };

    it('tells the place in the queue, what happens next and until when', async () => {
      const { words, html } = await wait({});
      expect(words)
        .to.include('På väntelistan')
        .and.include('Du är nummer 2 på väntelistan för att delta på plats.');
      expect(words).to.include('Väntelistan stänger den 10 februari 2027 klockan 9.00.');
      expect(words).to.include('Lämna väntelistan om du inte kan delta').and.not.include('Avboka');
      expect(html).to.include('name="givenName"').and.not.include('name="mode"');
      const english = await visit(app, `/en${link}`);
      expect(english.words).to.include('You are number 2 on the waiting list for the on-site seats.');
    });

    it('tells it for both ways, and changes them without losing the place', async () => {
      const page = await wait(both, ['plats', 'digitalt']);
      expect(page.words).to.include('På plats, du är nummer 2 på väntelistan Digitalt, du är nummer 1 på');
      expect(page.html.match(/type="checkbox"[^>]*name="mode"[^>]* checked/g)).to.have.length(2);
      const answer = await send(app, link, { ...changes, mode: 'digitalt' });
      expect(answer.headers.get('location')).to.equal(`${link}?klart=andrad`);
      const changed = await stored();
      expect(changed).to.include({ familyName: 'Ek', status: 'waiting' });
      expect([changed.waitsFor, changed.waitingSince]).to.deep.equal([['digitalt'], at(2)]);
      expect((await visit(app, `${link}?klart=andrad`)).words)
        .to.include('Dina uppgifter är ändrade.')
        .and.include('Digitalt, du är nummer 1 på väntelistan')
        .and.include('På plats, väntelista (1 före dig)');
      const body = new URLSearchParams([...Object.entries(changes), ['mode', 'plats'], ['mode', 'digitalt']]);
      await visit(app, link, { method: 'POST', body });
      expect((await stored()).waitsFor).to.deep.equal(['plats', 'digitalt']);
    });

    it('can be turned into a seat where the other way has one', async () => {
      const page = await wait({ seats: { plats: 1, digitalt: null } });
      expect(page.words).to.include(
        'Digitalt Här finns platser kvar. Väljer du det här sättet får du en plats direkt',
      );
      await send(app, link, { ...changes, mode: 'digitalt' });
      expect(await stored()).to.include({ status: 'confirmed', mode: 'digitalt' });
      expect((await visit(app, link)).words)
        .to.include('Anmäld')
        .and.not.include('äntelistan');
    });

    it('is asked for a way where none is chosen', async () => {
      await wait(both, ['plats', 'digitalt']);
      const page = await send(app, link, changes);
      expect(page.status).to.equal(422);
      expect(page.words).to.include('Välj om du deltar på plats eller digitalt');
    });

    it('is asked about again, with the seat, where there is one since the form was shown', async () => {
      const waiting = await wait(both, ['plats', 'digitalt']);
      expect(waiting.html).to.not.include('paminnelser');
      const seat = { status: 'confirmed', waitsFor: [], waitingSince: null, mode: 'digitalt' } as const;
      await RegistrationModel.updateOne({ _id: registration._id }, { $set: seat });
      const body = new URLSearchParams([...Object.entries(changes), ['mode', 'plats'], ['mode', 'digitalt']]);
      const page = await visit(app, link, { method: 'POST', body });
      expect(page.status).to.equal(422);
      expect(page.words).to.include('Du är anmäld och deltar digitalt.');
      expect(fieldsOf(page.html)).to.include({ ...changes, mode: 'digitalt' });
      expect(await stored()).to.include({ familyName: 'Öberg', mode: 'digitalt' });
      expect((await visit(app, link)).html).to.include(`${link}/paminnelser`);
    });

    it('tells all the ways that somebody waited for, also afterwards', async () => {
      await wait(both, ['digitalt', 'plats']);
      await send(app, `${link}/avboka`);
      const after = await visit(app, link);
      expect(after.words)
        .to.include('Ville delta På plats Digitalt')
        .and.include('Linköping, eller digitalt');
    });

    it('promises no link to somebody who has no seat', async () => {
      const page = await wait({ seats: { plats: 0, digitalt: 1 } }, ['digitalt']);
      expect(page.words).to.include('Var Digitalt Kostnad').and.not.include('Du får länken');
    });

    it('can be left, by a post behind a question', async () => {
      await wait({});
      const question = await visit(app, `${link}/avboka`);
      expect(question.words).to.include('Vill du lämna väntelistan till ”Skolan som skydd');
      expect(question.words)
        .to.include('Ja, lämna väntelistan')
        .and.include('Nej, stå kvar')
        .and.not.include('vboka');
      expect((await send(app, `${link}/avboka`)).headers.get('location')).to.equal(`${link}?klart=avbokad`);
      const after = await visit(app, `${link}?klart=avbokad`);
      expect(after.words).to.include('Du har lämnat väntelistan. Vi skickar en bekräftelse med mejl.');
      expect(after.words).to.include('Inte längre på väntelistan').and.include('Vill du ändå delta?');
      expect((await visit(app, link)).words).to.include('Du har lämnat väntelistan. Platserna är slut.');
      expect(await letters()).to.deep.equal(['left-waiting-list']);
    });

    it('says when sign-up has closed that one can still leave, and offers no change', async () => {
      await wait({});
      now = event.closesAt;
      const page = await visit(app, link);
      expect(page.words).to.include('Du kan inte längre ändra dina uppgifter, men du kan lämna väntelistan.');
      expect(page.words).to.include('Anmälan har stängt, så du kan inte ställa dig på listan igen.');
      expect(page.words).to.include('Vill delta På plats').and.include('Du är nummer 2 på väntelistan');
      expect(page.html).to.not.include('name="givenName"');
    });

    it('says that the list is closed, before and after the worker has closed it', async () => {
      await wait({});
      now = new Date('2027-02-10T08:00Z');
      const words = 'Väntelistan är stängd, och det blev tyvärr ingen plats till dig.';
      const closed = await visit(app, link);
      expect(closed.words).to.include(words).and.include('Inte längre på väntelistan');
      for (const gone of ['Du är nummer', 'Lämna väntelistan', 'Spara ändringarna'])
        expect(closed.words).to.not.include(gone);
      expect((await visit(app, `${link}/avboka`)).headers.get('location')).to.equal(link);
      await RegistrationModel.updateOne(
        { _id: registration._id },
        { $set: { status: 'cancelled', cancelledAt: now } },
      );
      const after = await visit(app, link);
      expect(after.words).to.include(words).and.not.include('Ställ dig');
    });

    it('says that the event is cancelled, with nothing to do', async () => {
      const page = await wait({ state: 'cancelled', cancelReason: 'Sjukdom.' });
      expect(page.words).to.include('Sjukdom.').and.include('Du behöver inte göra något.');
      expect(page.words).to.not.include('Lämna väntelistan').and.not.include('Du är nummer');
    });
  });

  it('is not signed up again while it is active', async () => {
    const answer = await send(app, `${link}/igen`);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, link]);
    expect(await RegistrationModel.countDocuments({})).to.equal(1);
  });

  describe('has a grace time for what was begun before the last moment (F5)', () => {
    const minutesAfter = (moment: Date, minutes: number) => new Date(+moment + minutes * 60_000);
    const markAt = async (path = '') => fieldsOf((await visit(app, link + path)).html).visad ?? '';
    const sent = (visad: string, answers = {}) =>
      send(app, link, { ...changes, mode: 'plats', visad, ...answers });

    it('takes a change, also after a wrong answer, until the grace time has passed', async () => {
      now = minutesAfter(event.closesAt, -1);
      const visad = await markAt();
      now = minutesAfter(event.closesAt, 29);
      const wrong = await sent(visad, { familyName: '' });
      expect(wrong.status).to.equal(422);
      expect(fieldsOf(wrong.html)).to.include({ visad, role: 'chef' });
      expect((await sent(visad)).status).to.equal(303);
      now = minutesAfter(event.closesAt, 30);
      expect((await sent(visad, { familyName: 'Al' })).status).to.equal(422);
      expect(await stored()).to.include({ familyName: 'Ek' });
    });

    it('takes a cancellation, but none after the start', async () => {
      const cancelUntil = minutesAfter(event.start, -600);
      await EventModel.updateOne({ _id: event._id }, { $set: { cancelUntil } });
      now = minutesAfter(cancelUntil, -1);
      const visad = await markAt('/avboka');
      now = minutesAfter(cancelUntil, 20);
      expect((await send(app, `${link}/avboka`)).status).to.equal(422);
      await EventModel.updateOne({ _id: event._id }, { $set: { start: minutesAfter(now, -1) } });
      expect((await send(app, `${link}/avboka`, { visad })).status).to.equal(422);
      await EventModel.updateOne({ _id: event._id }, { $set: { start: event.start } });
      expect((await send(app, `${link}/avboka`, { visad })).status).to.equal(303);
      expect(await stored()).to.include({ status: 'cancelled' });
    });
  });

  describe('has its words', () => {
    const words = async () => (await visit(app, link)).words;

    it('when sign-up has closed: no change, but one can cancel until the start', async () => {
      now = event.closesAt;
      const page = await visit(app, link);
      expect(page.words).to.include(
        'Anmälan har stängt. Du kan inte längre ändra dina uppgifter, men du kan avboka',
      );
      expect(page.words).to.include('Organisation Linköpings kommun').and.include('Avboka din plats');
      expect(page.words).to.include('Anmälan har stängt, så du kan inte anmäla dig igen.');
      expect((await visit(app, `${link}/avboka`)).words).to.include('så du kan inte anmäla dig igen.');
      expect(page.html).to.not.include('name="givenName"');
      expect((await send(app, link, { ...changes, mode: 'plats' })).status).to.equal(422);
      expect(await stored()).to.include({ familyName: 'Öberg' });
      expect((await send(app, `${link}/avboka`)).status).to.equal(303);
    });

    it('where the organiser has set other last moments, and obeys them (F5)', async () => {
      const [changeUntil, cancelUntil] = [new Date('2027-02-05T23:00Z'), new Date('2027-02-08T23:00Z')];
      await EventModel.updateOne({ _id: event._id }, { $set: { changeUntil, cancelUntil } });
      now = event.closesAt;
      expect(await words())
        .to.include('Du kan ändra till och med den 5 februari 2027 klockan 23.59.')
        .and.include('Du kan avboka till och med den 8 februari 2027 klockan 23.59.')
        .and.not.include('Du kan inte längre ändra');
      expect((await send(app, link, { ...changes, mode: 'digitalt' })).status).to.equal(303);
      now = changeUntil;
      expect(await words()).to.include(
        'Det går inte längre att ändra uppgifterna. Sista dagen var den 5 februari',
      );
      expect((await send(app, link, { ...changes, mode: 'plats' })).status).to.equal(422);
      now = cancelUntil;
      const late = await visit(app, link);
      expect(late.words).to.include(
        'Det går inte längre att avboka här. Sista dagen var den 8 februari 2027',
      );
      expect(late.words).to.include('Kontakta Maja Lindgren, maja.lindgren@example.se');
      expect(late.html).to.not.include('/avboka"');
      expect((await send(app, `${link}/avboka`)).status).to.equal(422);
      expect(await stored()).to.include({ status: 'confirmed', mode: 'digitalt' });
      expect((await visit(app, `/en${link}`)).words).to.include('It is no longer possible to cancel here.');
    });

    it('when the event has begun', async () => {
      now = event.start;
      expect(await words()).to.include('Evenemanget har börjat. Det går inte längre att ändra eller avboka.');
      const late = await send(app, `${link}/avboka`);
      expect(late.status).to.equal(422);
      expect(await stored()).to.include({ status: 'confirmed' });
    });

    it('when the event is over', async () => {
      now = event.end;
      expect(await words())
        .to.include('Evenemanget är genomfört.')
        .and.not.include('Avboka din plats');
    });

    it('when the event is moved', async () => {
      const movedFrom = { start: new Date('2027-02-10T08:00Z'), end: new Date('2027-02-10T11:00Z') };
      await EventModel.updateOne({ _id: event._id }, { $set: { movedFrom } });
      const known = 'Den gamla tiden var onsdag 10 februari 2027, klockan 9.00–12.00.';
      expect(await words()).to.include(known);
      const moved = (at: Date) => ({ $set: { 'movedFrom.at': at } });
      await EventModel.updateOne({ _id: event._id }, moved(new Date(+registration.createdAt + 1)));
      expect(await words()).to.include(known);
      // Who has signed up since the move knows no other time.
      await EventModel.updateOne({ _id: event._id }, moved(new Date(+registration.createdAt - 1)));
      expect(await words()).not.to.include('Den gamla tiden');
    });

    it('when the event is cancelled', async () => {
      await EventModel.updateOne(
        { _id: event._id },
        { $set: { state: 'cancelled', cancelReason: 'Sjukdom.' } },
      );
      expect(await words())
        .to.include('Evenemanget är inställt Sjukdom.')
        .and.include('Du behöver inte avboka dig.');
      expect((await send(app, `${link}/avboka`)).status).to.equal(422);
    });

    it('when an organiser signed somebody up before sign-up opens', async () => {
      await EventModel.updateOne({ _id: event._id }, { $set: { opensAt: new Date('2027-01-17T23:00Z') } });
      expect(await words()).to.include('Anmälan öppnar den 18 januari 2027. Då kan du ändra dina uppgifter');
    });

    it('only shows, and gives the data, from 30 days after the event on', async () => {
      now = new Date(event.end.getTime() + 30 * 24 * 3600_000 + 1);
      const page = await visit(app, link);
      expect(page.status).to.equal(200);
      expect(page.words).to.include('Öberg').and.include('Evenemanget var för mer än 30 dagar sedan.');
      expect(page.html).not.to.include('<form').and.not.include('/paminnelser');
      const data = await visit(app, `${link}/data.json`);
      expect([data.status, JSON.parse(data.html).registration.familyName]).to.deep.equal([200, 'Öberg']);
      const before = JSON.stringify(await stored());
      for (const path of ['/avboka', '/paminnelser'])
        expect((await visit(app, link + path)).status).to.equal(410);
      for (const path of ['', '/avboka', '/igen', '/kvar', '/paminnelser', '/paminnelser/igen'])
        expect((await send(app, link + path, changes)).status, path).to.equal(410);
      expect(JSON.stringify(await stored())).to.equal(before);
    });
  });

  it('opens by no other link: unknown, changed, cut, of another service', async () => {
    const token = link.slice('/anmalan/'.length);
    const last = token.at(-1) === 'A' ? 'B' : 'A';
    const foreign = tokenOf(registration, 'another secret, long enough to be one too');
    for (const wrong of [
      'x',
      token.slice(0, -1) + last,
      token.slice(0, -4),
      `${token}A`,
      foreign,
      String(registration._id),
    ]) {
      const page = await visit(app, `/anmalan/${wrong}`);
      expect(page.status, wrong).to.equal(404);
      expect(page.words).to.include('Länken gäller inte längre.').and.not.include('Öberg');
      expect((await send(app, `/anmalan/${wrong}/avboka`)).status).to.equal(404);
      expect((await send(app, `/anmalan/${wrong}/igen`)).status).to.equal(404);
    }
    expect(await stored()).to.include({ status: 'confirmed' });
  });

  it('gives the minutes that a report of the meeting holds for oneself (G7)', async () => {
    const file = zoomFile([
      ['Åsa Öberg', registration.email, '09:00', '09:45'],
      ['Bo Ek', 'bo.ek@example.se', '09:00', '10:00'],
    ]);
    const maja = organiserAt(app.clock(), app.settings);
    const report = await draftFromFile(maja, event, file);
    if ('refused' in report) throw new Error(report.refused);
    await importReport(maja, event, report);
    const { meetings } = JSON.parse((await visit(app, `${link}/data.json`)).html);
    expect(meetings).to.deep.equal([{ at: maja.now.toISOString(), present: false, minutes: 45 }]);
  });

  it('gives all data held about oneself as a file (G7)', async () => {
    await send(app, link, { ...changes, mode: 'digitalt' });
    const file = await visit(app, `${link}/data.json`);
    expect(file.headers.get('content-type')).to.match(/^application\/json/);
    expect(file.headers.get('content-disposition')).to.equal('attachment; filename=min-anmalan.json');
    const data = JSON.parse(file.html);
    expect(data.authority).to.equal('Länsstyrelsen Östergötland');
    expect(data.registration).to.include({
      ...changes,
      email: 'asa.oberg@example.se',
      mode: 'digitalt',
      present: null,
    });
    expect(data.letters).to.have.length(1);
    expect(data.letters[0]).to.include({ kind: 'changed', state: 'kept' });
    expect(data.meetings).to.deep.equal([]);
    expect(data.log).to.have.length(1);
    expect(data.log[0].what).to.include('Skolan som skydd');
    expect(file.html).to.not.include(link.slice('/anmalan/'.length));
  });
});
