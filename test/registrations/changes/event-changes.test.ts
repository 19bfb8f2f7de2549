import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Plan } from '../../../src/events/details/details.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { cancelEvent } from '../../../src/registrations/changes/cancel-event.ts';
import { changeEvent } from '../../../src/registrations/changes/change-event.ts';
import { type Person, RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

const planned = [
  ...[
    'title',
    'kind',
    'factors',
    'start',
    'end',
    'opensAt',
    'closesAt',
    'venue',
    'address',
    'meetingLink',
    'seats',
  ],
  ...[
    'cost',
    'audience',
    'summary',
    'highlights',
    'accessibility',
    'contactName',
    'contactEmail',
    'contactPhone',
  ],
];

/** The plan of an event as it stands, as its form would send it back. */
function planOf(event: Event): Plan {
  return Object.fromEntries(Object.entries(event).filter(([name]) => planned.includes(name))) as Plan;
}

/** The event after an act on it, or why the act was refused. */
async function eventOf<R extends object>(act: Promise<{ event: Event } | R>) {
  const result = await act;
  return 'refused' in result || !('event' in result) ? result : result.event;
}

describe("an organiser's change of an event", () => {
  useDatabase();
  beforeEach(async () => {
    await anAuthority();
  });

  const later = new Date(+monday + 3600_000);

  async function signUp(event: Event, facts: Partial<Person>) {
    const result = await register(visitorAt(monday), event._id, aPerson(facts));
    if ('refused' in result) throw new Error(result.refused);
    return result.registration;
  }

  /** One who comes, one who attends online, one who has cancelled. */
  async function withPeople(facts: Partial<Event> = {}) {
    const event = await anEvent(facts);
    const onSite = await signUp(event, { email: 'plats@example.se' });
    const online = await signUp(event, { email: 'digitalt@example.se', mode: 'digitalt' });
    const gone = await signUp(event, { email: 'borta@example.se' });
    await cancelRegistration(visitorAt(monday), gone._id);
    await LetterModel.updateMany({ kind: 'confirmation', state: 'queued' }, { $set: { state: 'sent' } });
    return { event, onSite, online, gone };
  }

  const change = (event: Event, changes: Partial<Plan>, now: Date = later, letters = true) => {
    const plan = { ...planOf(event), ...changes };
    return eventOf(changeEvent(organiserAt(now), event._id, { version: event.version, letters }, plan));
  };

  const newLetters = async (event: Event) =>
    LetterModel.find({ event: event._id, kind: { $in: ['changed', 'cancelled-event'] } })
      .sort({ 'to.address': 1 })
      .lean();

  const told = async (event: Event) => (await newLetters(event)).map(({ to }) => to.address);
  const sequences = async (event: Event) =>
    Object.fromEntries(
      (await RegistrationModel.find({ event: event._id }).lean()).map((one) => [one.email, one.sequence]),
    );

  it('tells everybody who comes of a new time, with a new invitation (R33)', async () => {
    const { event, onSite } = await withPeople();
    const times = { start: new Date('2027-02-12T08:00:00Z'), end: new Date('2027-02-12T11:00:00Z') };
    const changed = await change(event, times);
    expect(changed).to.deep.include({
      ...times,
      movedFrom: { start: event.start, end: event.end, at: later },
      version: 2,
    });
    expect(await told(event)).to.deep.equal(['digitalt@example.se', 'plats@example.se']);
    const [, letter] = await newLetters(event);
    expect(letter).to.include({ kind: 'changed', calendar: 'REQUEST', key: `${onSite._id}.andrat.1` });
    expect(letter?.facts).to.deep.include({ ...times, uid: onSite.uid, sequence: 1 });
    expect(letter?.facts.before).to.deep.include({ start: event.start, end: event.end });
    expect(await sequences(event)).to.deep.equal({
      'plats@example.se': 1,
      'digitalt@example.se': 1,
      'borta@example.se': 1,
    });
  });

  it('lets the programme follow to another day at the same hours', async () => {
    const { event } = await withPeople();
    await change(event, { start: new Date('2027-04-08T07:00:00Z'), end: new Date('2027-04-08T10:00:00Z') });
    const { sessions } = await EventModel.findById(event._id).orFail().lean();
    const starts = sessions.map(({ start }) => start?.toISOString());
    expect(starts).to.deep.equal(['07:00', '08:30', '08:50'].map((time) => `2027-04-08T${time}:00.000Z`));
  });

  it('tells of a new place only those who come to it, and of a new link those who have the old one itself', async () => {
    const { event } = await withPeople();
    await change(event, { venue: 'Rådhuset' });
    expect(await told(event)).to.deep.equal(['plats@example.se']);
    const other = await withPeople();
    await EventModel.updateOne({ _id: other.event._id }, { linkIsOut: true });
    await change(other.event, { meetingLink: 'https://moten.example.se/nytt' });
    expect(await told(other.event)).to.deep.equal(['digitalt@example.se']);
    expect(await sequences(other.event)).to.include({ 'plats@example.se': 0, 'digitalt@example.se': 1 });
    const behindDoor = await withPeople();
    await change(behindDoor.event, { meetingLink: 'https://moten.example.se/nytt' });
    expect(await told(behindDoor.event)).to.deep.equal([]);
    const withdrawn = await withPeople();
    await change(withdrawn.event, { meetingLink: '' });
    expect(await told(withdrawn.event)).to.deep.equal(['digitalt@example.se']);
  });

  it('tells nobody of other changes (R34)', async () => {
    const { event } = await withPeople();
    await change(event, {
      title: 'Ny rubrik',
      cost: '100 kronor',
      contactName: 'Eva Ek',
      highlights: ['nytt'],
    });
    expect(await told(event)).to.deep.equal([]);
    expect(await sequences(event)).to.include({ 'plats@example.se': 0 });
    const line = await AuditModel.findOne({ event: event._id, action: 'event.changed' }).orFail().lean();
    expect(line).to.include({ by: 'Maja Lindgren', about: 'Ny rubrik' });
  });

  it('tells nobody about a draft or what has ended', async () => {
    const { event } = await withPeople();
    await EventModel.updateOne({ _id: event._id }, { $set: { state: 'draft' } });
    await change(event, { venue: 'Rådhuset' });
    const past = await withPeople();
    await change(past.event, { venue: 'Rådhuset' }, past.event.end);
    expect([...(await told(event)), ...(await told(past.event))]).to.deep.equal([]);
  });

  describe('that the organiser has not seen the letters of', () => {
    const unseen = (event: Event, changes: Partial<Plan>) => change(event, changes, later, false);

    it('waits where people must hear of it, and writes nothing (N10)', async () => {
      const { event } = await withPeople();
      for (const changes of [{ venue: 'Rådhuset' }, { meetingLink: '' }, { end: event.start }]) {
        const answer = await unseen(event, changes);
        expect(answer).to.have.property('refused', 'unannounced');
        expect(answer).to.have.property('planned').that.deep.includes(changes);
      }
      expect(await EventModel.findById(event._id).lean()).to.deep.equal({
        ...event,
        countedAt: monday,
        taken: { plats: 1, digitalt: 1 },
      });
      expect(await told(event)).to.deep.equal([]);
      expect(await sequences(event)).to.include({ 'plats@example.se': 0 });
    });

    it('is saved where nobody must: a text, nobody in that way, a draft, what has ended (R34)', async () => {
      const { event, onSite } = await withPeople();
      expect(await unseen(event, { title: 'Ny rubrik' })).to.have.property('version', 2);
      await cancelRegistration(visitorAt(monday), onSite._id);
      const next = { ...event, version: 2 };
      expect(await unseen(next, { venue: 'Rådhuset' })).to.have.property('version', 3);
      const draft = await anEvent({ state: 'draft' });
      expect(await unseen(draft, { venue: 'Rådhuset' })).to.have.property('version', 2);
    });

    it('is refused as an edit conflict before anything is asked', async () => {
      const { event } = await withPeople();
      await change(event, { title: 'Den första' });
      expect(await unseen(event, { venue: 'Rådhuset' })).to.have.property('refused', 'conflict');
    });
  });

  describe('after another that has not been told yet (R71)', () => {
    const moveTo = (day: string) => ({
      start: new Date(`2027-02-${day}T08:00:00Z`),
      end: new Date(`2027-02-${day}T11:00:00Z`),
    });
    const waiting = async (event: Event) =>
      LetterModel.find({ event: event._id, state: 'queued', calendar: 'REQUEST' })
        .sort({ 'to.address': 1 })
        .lean();

    it('sends only the confirmation, with the new time, where that never left', async () => {
      const event = await anEvent();
      const { _id, uid } = await signUp(event, {});
      await change(event, moveTo('12'));
      const [letter, ...more] = await waiting(event);
      expect(more).to.deep.equal([]);
      expect(letter).to.include({ kind: 'confirmation', calendar: 'REQUEST', key: `${_id}.bekraftelse.1` });
      expect(letter?.facts).to.deep.include({ ...moveTo('12'), uid, sequence: 1 });
      await change({ ...event, version: 2, ...moveTo('12') }, moveTo('15'));
      expect((await waiting(event)).map(({ key }) => key)).to.deep.equal([`${_id}.bekraftelse.2`]);
    });

    it('tells of both in one, against what people know', async () => {
      const { event } = await withPeople();
      await change(event, moveTo('12'));
      await change({ ...event, version: 2, ...moveTo('12') }, moveTo('15'));
      const letters = await waiting(event);
      expect(letters.map(({ kind, facts }) => [kind, facts.sequence])).to.deep.equal([
        ['changed', 2],
        ['changed', 2],
      ]);
      for (const { facts } of letters) {
        expect(facts).to.deep.include(moveTo('15'));
        expect(facts.before).to.deep.include({ start: event.start, end: event.end });
      }
    });

    it('sends nothing where all is again as people know it', async () => {
      const { event } = await withPeople();
      await change(event, moveTo('12'));
      await change({ ...event, version: 2, ...moveTo('12') }, { start: event.start, end: event.end });
      expect(await waiting(event)).to.deep.equal([]);
      expect(await LetterModel.countDocuments({ kind: 'changed', state: 'dropped' })).to.equal(2);
    });

    it('leaves a confirmation alone that may be on its way', async () => {
      const event = await anEvent();
      await signUp(event, {});
      await LetterModel.updateMany({ event: event._id }, { $set: { state: 'sending' } });
      await change(event, moveTo('12'));
      const letters = await LetterModel.find({ event: event._id }).sort({ createdAt: 1 }).lean();
      expect(letters.map(({ kind, state }) => [kind, state])).to.deep.equal([
        ['confirmation', 'sending'],
        ['changed', 'queued'],
      ]);
    });
  });

  it('is refused where somebody saved in between, and writes nothing', async () => {
    const { event } = await withPeople();
    await change(event, { title: 'Den första' });
    const second = await change(event, { title: 'Den andra', venue: 'Rådhuset' });
    expect(second).to.have.property('refused', 'conflict');
    expect(second).to.have.nested.property('event.title', 'Den första');
    expect(await EventModel.findById(event._id).lean()).to.include({
      title: 'Den första',
      venue: 'Residenset',
    });
    expect(await told(event)).to.deep.equal([]);
  });

  it('is told to one of two who save at once', async () => {
    const { event } = await withPeople();
    const results = await Promise.all([change(event, { title: 'A' }), change(event, { title: 'B' })]);
    expect(results.filter((result) => 'refused' in result)).to.have.length(1);
  });

  it('takes no seat from under anybody (F4), but lets more people stand than there are seats', async () => {
    const { event } = await withPeople();
    const seats = { plats: 0, digitalt: null };
    expect(await change(event, { seats })).to.deep.include({ refused: 'tooFewSeats', modes: ['plats'] });
    const crowded = await anEvent({
      seats: { plats: 40, digitalt: null },
      taken: { plats: 42, digitalt: 0 },
    });
    expect(await change(crowded, { title: 'Ny rubrik' })).to.have.property('title', 'Ny rubrik');
    const now = { ...crowded, version: 2 };
    expect(await change(now, { seats: { plats: 41, digitalt: null } })).to.have.property('version', 3);
    const fewer = { seats: { plats: 40, digitalt: null } };
    expect(await change({ ...now, version: 3 }, fewer)).to.have.property('refused', 'tooFewSeats');
  });

  describe('cancelling it', () => {
    const cancel = (event: Event, now: Date = later) =>
      eventOf(cancelEvent(organiserAt(now), event._id, 'Föreläsaren har fått förhinder.'));

    it('tells everybody who comes, with the reason, and takes the entries out of the calendars (R35)', async () => {
      const { event } = await withPeople();
      expect(await cancel(event)).to.include({
        state: 'cancelled',
        cancelReason: 'Föreläsaren har fått förhinder.',
      });
      expect(await told(event)).to.deep.equal(['digitalt@example.se', 'plats@example.se']);
      for (const letter of await newLetters(event)) {
        expect(letter).to.include({ kind: 'cancelled-event', calendar: 'CANCEL' });
        expect(letter.facts).to.include({ reason: 'Föreläsaren har fått förhinder.', sequence: 1 });
      }
    });

    it('cancels no calendar entry that never left (R36)', async () => {
      const event = await anEvent();
      await signUp(event, {});
      await cancel(event);
      const letters = await LetterModel.find({ event: event._id }).sort({ createdAt: 1 }).lean();
      expect(letters.map(({ kind, state, calendar }) => [kind, state, calendar])).to.deep.equal([
        ['confirmation', 'dropped', 'REQUEST'],
        ['cancelled-event', 'queued', undefined],
      ]);
    });

    it('comes after what was owed before, also where the clock has been set back (R71)', async () => {
      const event = await anEvent();
      await signUp(event, {});
      await LetterModel.updateMany({ event: event._id }, { $set: { state: 'sending' } });
      await cancel(event, new Date(+monday - 3600_000));
      const letters = await LetterModel.find({ event: event._id }).lean();
      const createdAt = (kind: string) => Number(letters.find((one) => one.kind === kind)?.createdAt);
      expect(createdAt('cancelled-event')).to.be.above(createdAt('confirmation'));
    });

    it('leaves alone the cancellation of one who cancelled before', async () => {
      const { event, onSite } = await withPeople();
      await cancelRegistration(visitorAt(monday), onSite._id);
      await cancel(event);
      const [letter, ...more] = await LetterModel.find({
        registration: onSite._id,
        state: 'queued',
      }).lean();
      expect(more).to.deep.equal([]);
      expect(letter).to.include({ kind: 'cancelled', calendar: 'CANCEL' });
    });

    it('is refused twice, for a draft, and for what has ended', async () => {
      const { event } = await withPeople();
      expect(await cancel(event, event.end)).to.deep.equal({ refused: 'over' });
      await cancel(event);
      expect(await cancel(event)).to.deep.equal({ refused: 'notPublished' });
      expect(await told(event)).to.have.length(2);
      expect(await cancel(await anEvent({ state: 'draft' }))).to.deep.equal({ refused: 'notPublished' });
    });
  });
});
