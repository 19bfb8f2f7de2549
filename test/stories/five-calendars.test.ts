import { expect } from 'chai';
import type { Types } from 'mongoose';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { eventAnswers } from '../../src/office/event/fields.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { newSeed, seeded } from '../store/temporary.ts';
import { aForm, anAuthority, anEvent, formOf, monday } from '../support/builders.ts';
import { clientCalendar, inTransit } from '../support/calendar/client-calendar.ts';
import { inChapters } from '../support/chapters.ts';
import type { Mail } from '../support/mail/smtp.ts';
import { type Browser, signIn } from '../support/requests/sign-in.ts';
import { type Service, startService } from '../support/service.ts';

const seed = newSeed();

/** Somebody's calendar in words: `place day hour`, by Stockholm's clock in winter. */
const words = (calendar: ReturnType<typeof clientCalendar>) =>
  calendar.entries().map(({ location, start }) => {
    const place = location.startsWith('https:') ? 'länk' : location.split(',')[0];
    return `${place} ${start.slice(8, 10)}/${start.slice(5, 7)} ${start.slice(11, 16)}`;
  });

/** H: whatever happens to an event and however the post carries its letters, everybody's calendar ends right. */
describe(`One event and five calendars (SEED=${seed})`, function () {
  this.timeout(60_000);
  inChapters();
  let now = monday;
  let service: Service;
  let organiser: Browser;
  let event: Event;
  const addresses = new Set<string>();

  before(async () => {
    service = await startService(() => now);
    await anAuthority();
    organiser = await signIn(service.app);
    event = await anEvent({ seats: { plats: 3, digitalt: null } });
  });
  after(() => service?.close());

  const addressOf = (name: string) => `${name.toLowerCase()}@example.se`;

  /** Time goes on between what people do, so that the letters of one come after those of another. */
  const later = () => {
    now = new Date(+now + 60_000);
  };

  async function signUp(name: string, mode: 'plats' | 'digitalt', wait = false): Promise<void> {
    later();
    addresses.add(addressOf(name));
    const person = aForm({ givenName: name, email: addressOf(name), mode });
    const form = formOf({ ...person, ...(wait && { wait: mode }) });
    const answer = await fetch(`${service.app.url}${paths.signUp(event.slug)}`, form);
    expect(answer.status).to.equal(303);
  }

  const personNamed = async (name: string): Promise<Registration> =>
    RegistrationModel.findOne({ event: event._id, givenName: name })
      .sort({ createdAt: -1 })
      .orFail()
      .lean<Registration>();

  async function cancel(name: string): Promise<void> {
    later();
    const token = tokenOf(await personNamed(name), service.app.settings.secret);
    const answer = await fetch(`${service.app.url}${paths.cancelRegistration(token)}`, formOf({}));
    expect(answer.status).to.equal(303);
  }

  /** The organiser saves the form with these answers changed. */
  async function save(changes: Record<string, string | string[]>): Promise<void> {
    later();
    const stands = await EventModel.findById(event._id).orFail().lean<Event>();
    const facts = { ...eventAnswers(stands), version: String(stands.version), ...changes };
    const answer = await organiser.post(paths.officeEvent(event._id), facts);
    expect(answer.status).to.equal(303);
  }

  /** All letters that were owed have left. */
  async function delivered(): Promise<Mail[]> {
    const owed = await LetterModel.countDocuments({ event: event._id, state: { $ne: 'dropped' } });
    return service.smtp.received(owed);
  }

  /** What each calendar shows after the letters came in this order. */
  async function shownAfter(mails: Mail[]): Promise<Record<string, string[]>> {
    const shown = new Map<string, string[]>();
    for (const address of addresses) {
      const calendar = clientCalendar(address);
      for (const { to, raw } of mails) if (to.includes(address)) await calendar.deliver(raw);
      shown.set(address.split('@')[0] ?? '', words(calendar));
    }
    return Object.fromEntries(shown);
  }

  async function expectCalendars(expected: Record<string, string[]>): Promise<void> {
    const mails = await delivered();
    expect(await shownAfter(mails), 'in the order of sending').to.deep.equal(expected);
    const dice = seeded(seed);
    for (let round = 0; round < 10; round += 1) {
      const carried = await inTransit(mails, () => dice(1_000_000) / 1_000_000);
      expect(await shownAfter(carried), `as the post carried them, round ${round}`).to.deep.equal(expected);
    }
  }

  const first = 'Residenset 11/02 08:00';
  const moved = 'Residenset 12/02 08:00';
  const link = 'länk 12/02 08:00';

  it('is published: those with a seat have it in their calendars, who waits has not (R19)', async () => {
    for (const name of ['Ada', 'Cai', 'Eva']) await signUp(name, 'plats');
    await signUp('Bo', 'digitalt');
    await signUp('Dan', 'plats', true);
    const bo = 'länk 11/02 08:00';
    await expectCalendars({ ada: [first], cai: [first], eva: [first], bo: [bo], dan: [] });
  });

  it('is moved to another day: every entry follows, and who waits hears of it plainly (R33)', async () => {
    await save({ date: '2027-02-12' });
    await expectCalendars({ ada: [moved], cai: [moved], eva: [moved], bo: [link], dan: [] });
    expect(await kindsTo('dan')).to.deep.equal(['waiting-list', 'changed']);
  });

  it('is left by one, whose seat goes to who waited; the one comes back and waits (R35, R40)', async () => {
    await cancel('Cai');
    await signUp('Cai', 'plats', true);
    await expectCalendars({ ada: [moved], cai: [], eva: [moved], bo: [link], dan: [moved] });
  });

  it('gets more seats: who came back has a new entry (R38)', async () => {
    await save({ seatsPlats: '4' });
    await expectCalendars({ ada: [moved], cai: [moved], eva: [moved], bo: [link], dan: [moved] });
    const letters = await LetterModel.find({ 'to.address': addressOf('Cai'), calendar: 'REQUEST' }).lean();
    expect(new Set(letters.map(({ facts }) => facts.uid))).to.have.property('size', 2);
  });

  it('gives one another address: the old calendar loses the entry, the new one has it (R39)', async () => {
    later();
    const eva = await personNamed('Eva');
    addresses.add('eva.ny@example.se');
    const person = aForm({ givenName: 'Eva', email: 'eva.ny@example.se' });
    const path = paths.participant(event._id, eva._id);
    const answer = await organiser.post(path, { ...person, version: String(+eva.changedAt) });
    expect(answer.status).to.equal(303);
    const calendars = { ada: [moved], cai: [moved], eva: [], bo: [link], dan: [moved], 'eva.ny': [moved] };
    await expectCalendars(calendars);
  });

  it('loses its room: the new one is smaller, and the organiser says by name who loses the seat (F4)', async () => {
    const room = 'Rådhuset 12/02 08:00';
    const unseated: Types.ObjectId[] = [(await personNamed('Cai'))._id, (await personNamed('Dan'))._id];
    await save({ venue: 'Rådhuset', seatsPlats: '2', fewer: 'ja', unseated: unseated.map(String) });
    await expectCalendars({ ada: [room], cai: [], eva: [], bo: [link], dan: [], 'eva.ny': [room] });
  });

  it('is cancelled: no calendar has it, and everybody was told once (R35, R36)', async () => {
    later();
    const answer = await organiser.post(paths.cancelEvent(event._id), { reason: 'Föreläsaren är sjuk.' });
    expect(answer.status).to.equal(303);
    await expectCalendars({ ada: [], cai: [], eva: [], bo: [], dan: [], 'eva.ny': [] });
    for (const name of ['ada', 'bo', 'cai', 'dan', 'eva.ny'])
      expect(
        (await kindsTo(name)).filter((kind) => kind === 'cancelled-event'),
        name,
      ).to.have.length(1);
    expect(await kindsTo('eva'), 'the old address hears nothing more')
      .to.include('new-address')
      .not.include('cancelled-event');
  });

  async function kindsTo(name: string): Promise<string[]> {
    const letters = await LetterModel.find({ 'to.address': `${name}@example.se`, event: event._id })
      .sort({ createdAt: 1, _id: 1 })
      .lean();
    return letters.map(({ kind }) => kind);
  }
});
