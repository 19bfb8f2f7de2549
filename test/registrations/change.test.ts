import { expect } from 'chai';
import type { Authority } from '../../src/authorities/authority.ts';
import { JournalModel } from '../../src/authorities/journal.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { LetterModel } from '../../src/post/letter.ts';
import { type Changes, cancelRegistration, changeRegistration } from '../../src/registrations/change.ts';
import { register } from '../../src/registrations/register.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { organiserAt, visitorAt } from '../support/acts.ts';
import { anAuthority, anEvent, aPerson, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';

describe('one registration', () => {
  let authority: Authority;

  useDatabase();
  beforeEach(async () => {
    authority = await anAuthority();
  });

  const later = new Date(+monday + 3600_000);
  const { email: _email, language: _language, ...same } = aPerson();

  async function signedUp(facts: Partial<Event> = {}, settings = {}): Promise<[Registration, Event]> {
    const event = await anEvent(facts);
    const result = await register(visitorAt(monday, settings), { event: event._id, authority }, aPerson());
    if ('refused' in result) throw new Error(result.refused);
    return [result.registration, event];
  }

  const change = (id: Registration['_id'], changes: Partial<Changes>, now = later) =>
    changeRegistration(visitorAt(now), id, authority, { ...same, ...changes });

  const stored = (id: Registration['_id']) => RegistrationModel.findById(id).orFail().lean<Registration>();
  const taken = async (event: Event) => (await EventModel.findById(event._id).orFail().lean()).taken;
  const lettersOf = (event: Event) =>
    LetterModel.find({ event: event._id }).sort({ createdAt: 1, _id: 1 }).lean();
  const kindsOf = async (event: Event) =>
    (await lettersOf(event)).map(({ kind, state }) => `${kind} ${state}`);
  const deedsAbout = async (event: Event) =>
    (await JournalModel.find({ event: event._id }).sort({ at: 1 }).lean()).map(({ deed }) => deed);

  describe('changed', () => {
    it('keeps address, seat and calendar entry where only the person changes, and sends nothing (R34)', async () => {
      const [{ _id, uid }, event] = await signedUp();
      await change(_id, { familyName: 'Ek', role: 'chef', municipality: '0583' });
      expect(await stored(_id)).to.deep.include({
        ...same,
        ...{ familyName: 'Ek', role: 'chef', municipality: '0583', email: 'asa.oberg@example.se' },
        ...{ uid, sequence: 0, changedAt: later, createdAt: monday },
      });
      expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 0 });
      expect(await kindsOf(event)).to.deep.equal(['bekraftelse queued']);
      expect(await deedsAbout(event)).to.deep.equal(['registration.made', 'registration.changed']);
    });

    it('moves the seat and sends a new invitation where the way of attending changes (R33)', async () => {
      const [{ _id, uid }, event] = await signedUp();
      await change(_id, { mode: 'digitalt' });
      expect(await stored(_id)).to.include({ mode: 'digitalt', uid, sequence: 1 });
      expect(await taken(event)).to.deep.equal({ plats: 0, digitalt: 1 });
      const [, letter] = await lettersOf(event);
      expect(letter).to.include({ kind: 'andrat', calendar: 'REQUEST', key: `${_id}.andrat.1` });
      expect(letter?.facts).to.deep.include({ sequence: 1, uid, place: 'https://moten.example.se/skolan' });
      expect(letter?.facts.before).to.have.property('place', 'Residenset, Borggården 1, Linköping');
    });

    it('refuses a way without a seat, and then changes nothing', async () => {
      const full = { seats: { plats: 40, digitalt: 2 }, taken: { plats: 0, digitalt: 2 } };
      const [{ _id }, event] = await signedUp(full);
      const before = await stored(_id);
      expect(await change(_id, { mode: 'digitalt', familyName: 'Ek' })).to.deep.equal({ refused: 'full' });
      expect(await stored(_id)).to.deep.equal(before);
      expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 2 });
      expect(await kindsOf(event)).to.deep.equal(['bekraftelse queued']);
    });

    it('is possible while it is full, for those who have a seat', async () => {
      const [{ _id }] = await signedUp({ seats: { plats: 1, digitalt: 0 } });
      expect(await change(_id, { familyName: 'Ek' })).to.have.property('familyName', 'Ek');
    });

    it('is refused from the deadline on, and when it is cancelled', async () => {
      const [{ _id }, event] = await signedUp();
      expect(await change(_id, {}, new Date(+event.closesAt - 1))).to.have.property('_id');
      expect(await change(_id, {}, event.closesAt)).to.deep.equal({ refused: 'closed' });
      await cancelRegistration(visitorAt(later), _id, authority);
      expect(await change(_id, {})).to.deep.equal({ refused: 'cancelled' });
    });

    it('counts right when many change their way at once', async () => {
      const event = await anEvent({ seats: { plats: null, digitalt: 5 } });
      const made = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          register(
            visitorAt(monday),
            { event: event._id, authority },
            aPerson({ email: `p${n}@example.se` }),
          ),
        ),
      );
      const ids = made.flatMap((one) => ('registration' in one ? one.registration._id : []));
      const results = await Promise.all(ids.map((id) => change(id, { mode: 'digitalt' })));
      expect(results.filter((result) => 'refused' in result)).to.have.length(7);
      expect(await taken(event)).to.deep.equal({ plats: 7, digitalt: 5 });
      expect(await RegistrationModel.countDocuments({ event: event._id, mode: 'digitalt' })).to.equal(5);
    });
  });

  describe('cancelled', () => {
    const cancel = (id: Registration['_id'], now: Date = later) =>
      cancelRegistration(visitorAt(now), id, authority);

    it('gives the seat back and stays on record', async () => {
      const [{ _id }, event] = await signedUp();
      await cancel(_id);
      expect(await stored(_id)).to.deep.include({ status: 'cancelled', cancelledAt: later, sequence: 1 });
      expect(await taken(event)).to.deep.equal({ plats: 0, digitalt: 0 });
      expect(await deedsAbout(event)).to.deep.equal(['registration.made', 'registration.cancelled']);
    });

    it('takes back an invitation that has not left, and cancels none (R36)', async () => {
      const [{ _id }, event] = await signedUp();
      await cancel(_id);
      expect(await kindsOf(event)).to.deep.equal(['bekraftelse dropped', 'avbokad queued']);
      const [, letter] = await lettersOf(event);
      expect(letter).not.to.have.property('calendar');
    });

    it('cancels the calendar entry where the invitation has left', async () => {
      const [{ _id, uid }, event] = await signedUp();
      await LetterModel.updateOne({ event: event._id }, { $set: { state: 'sent' }, $unset: { dueAt: 1 } });
      await cancel(_id);
      const [, letter] = await lettersOf(event);
      expect(letter).to.include({ kind: 'avbokad', calendar: 'CANCEL' });
      expect(letter?.facts).to.include({ uid, sequence: 1 });
    });

    it('cancels the calendar entry where the invitation may have left', async () => {
      const [{ _id }, event] = await signedUp();
      await LetterModel.updateOne({ event: event._id }, { $set: { mayHaveLeft: true } });
      await cancel(_id);
      expect((await lettersOf(event)).at(-1)).to.include({ calendar: 'CANCEL' });
    });

    it('shows the cancelled calendar entry to a house that only keeps its letters', async () => {
      const [{ _id }, event] = await signedUp({}, { smtpUrl: undefined });
      await cancel(_id);
      expect((await lettersOf(event)).at(-1)).to.include({ kind: 'avbokad', calendar: 'CANCEL' });
    });

    it('is the same when it is done twice, also at once', async () => {
      const [{ _id }, event] = await signedUp();
      await Promise.all([cancel(_id), cancel(_id), cancel(_id)]);
      expect(await cancel(_id)).to.have.property('status', 'cancelled');
      expect(await taken(event)).to.deep.equal({ plats: 0, digitalt: 0 });
      expect(await kindsOf(event)).to.deep.equal(['bekraftelse dropped', 'avbokad queued']);
      expect(await stored(_id)).to.have.property('sequence', 1);
    });

    it('ends at the start of the event, for an organiser at its end', async () => {
      const [{ _id }, event] = await signedUp();
      expect(await cancel(_id, event.start)).to.deep.equal({ refused: 'over' });
      const atEnd = organiserAt(event.end);
      expect(await cancelRegistration(atEnd, _id, authority)).to.deep.equal({ refused: 'over' });
      const before = organiserAt(new Date(+event.end - 1));
      expect(await cancelRegistration(before, _id, authority)).to.have.property('status', 'cancelled');
    });

    it('is possible after the deadline until the start', async () => {
      const [{ _id }, event] = await signedUp();
      expect(await cancel(_id, new Date(+event.start - 1))).to.have.property('status', 'cancelled');
    });

    it('is refused where the event itself is cancelled', async () => {
      const [{ _id }, event] = await signedUp();
      await EventModel.updateOne({ _id: event._id }, { $set: { state: 'cancelled' } });
      expect(await cancel(_id)).to.deep.equal({ refused: 'cancelled' });
    });
  });
});
