import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { type Changes, changeRegistration } from '../../../src/registrations/changes/change.ts';
import { findByToken, tokenOf } from '../../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

/** The registration after an act on it, or why the act was refused. */
async function registrationOf<R extends object>(act: Promise<{ registration: Registration } | R>) {
  const result = await act;
  return 'refused' in result || !('registration' in result) ? result : result.registration;
}

describe('one registration', () => {
  useDatabase();
  beforeEach(async () => {
    await anAuthority();
  });

  const later = new Date(+monday + 3600_000);
  const { email: _email, language: _language, ...same } = aPerson();

  async function signedUp(facts: Partial<Event> = {}, settings = {}): Promise<[Registration, Event]> {
    const event = await anEvent(facts);
    const result = await register(visitorAt(monday, settings), event._id, aPerson());
    if ('refused' in result) throw new Error(result.refused);
    return [result.registration, event];
  }

  const change = (id: Registration['_id'], changes: Partial<Changes>, now = later) =>
    registrationOf(changeRegistration(visitorAt(now), id, { ...same, ...changes }));

  const stored = (id: Registration['_id']) => RegistrationModel.findById(id).orFail().lean<Registration>();
  const taken = async (event: Event) => (await EventModel.findById(event._id).orFail().lean()).taken;
  const lettersOf = (event: Event) =>
    LetterModel.find({ event: event._id }).sort({ createdAt: 1, _id: 1 }).lean();
  const kindsOf = async (event: Event) =>
    (await lettersOf(event)).map(({ kind, state }) => `${kind} ${state}`);
  const deedsAbout = async (event: Event) =>
    (await AuditModel.find({ event: event._id }).sort({ at: 1 }).lean()).map(({ action }) => action);

  /** What has been owed so far has been sent. */
  const leave = (event: Event) =>
    LetterModel.updateMany(
      { event: event._id, state: 'queued' },
      { $set: { state: 'sent' }, $unset: { dueAt: 1 } },
    );

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
      expect(await kindsOf(event)).to.deep.equal(['confirmation queued']);
      expect(await deedsAbout(event)).to.deep.equal(['registration.made', 'registration.changed']);
    });

    it('moves the seat and sends a new invitation where the way of attending changes (R33)', async () => {
      const [{ _id, uid }, event] = await signedUp();
      await leave(event);
      await change(_id, { mode: 'digitalt' });
      expect(await stored(_id)).to.include({ mode: 'digitalt', uid, sequence: 1 });
      expect(await taken(event)).to.deep.equal({ plats: 0, digitalt: 1 });
      const [, letter] = await lettersOf(event);
      expect(letter).to.include({ kind: 'changed', calendar: 'REQUEST', key: `${_id}.andrat.1` });
      expect(letter?.facts).to.deep.include({ sequence: 1, uid, place: 'https://moten.example.se/skolan' });
      expect(letter?.facts.before).to.have.property('place', 'Residenset, Borggården 1, Linköping');
    });

    it('gets one letter for several changes, which says what became of it (R71)', async () => {
      const [{ _id }, event] = await signedUp();
      await change(_id, { mode: 'digitalt' });
      expect(await kindsOf(event)).to.deep.equal(['confirmation dropped', 'confirmation queued']);
      expect((await lettersOf(event))[1]?.facts).to.include({ mode: 'digitalt', sequence: 1 });
      await leave(event);
      await change(_id, { mode: 'plats' }, new Date(+later + 1));
      await change(_id, { mode: 'digitalt' }, new Date(+later + 2));
      expect((await kindsOf(event)).slice(1)).to.deep.equal(['confirmation sent', 'changed dropped']);
    });

    it('refuses a way without a seat, and then changes nothing', async () => {
      const full = { seats: { plats: 40, digitalt: 2 }, taken: { plats: 0, digitalt: 2 } };
      const [{ _id }, event] = await signedUp(full);
      const before = await stored(_id);
      expect(await change(_id, { mode: 'digitalt', familyName: 'Ek' })).to.deep.equal({ refused: 'full' });
      expect(await stored(_id)).to.deep.equal(before);
      expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 2 });
      expect(await kindsOf(event)).to.deep.equal(['confirmation queued']);
    });

    it('is possible while it is full, for those who have a seat', async () => {
      const [{ _id }] = await signedUp({ seats: { plats: 1, digitalt: 0 } });
      expect(await change(_id, { familyName: 'Ek' })).to.have.property('familyName', 'Ek');
    });

    it('is refused from the deadline on, and when it is cancelled', async () => {
      const [{ _id }, event] = await signedUp();
      expect(await change(_id, {}, new Date(+event.closesAt - 1))).to.have.property('_id');
      expect(await change(_id, {}, event.closesAt)).to.deep.equal({ refused: 'closed' });
      await cancelRegistration(visitorAt(later), _id);
      expect(await change(_id, {})).to.deep.equal({ refused: 'cancelled' });
    });

    describe('by an organiser', () => {
      const context = (now = later) => organiserAt(now);
      const changeFor = (id: Registration['_id'], changes: Partial<Changes>, now = later, seen?: number) =>
        registrationOf(changeRegistration(context(now), id, { ...same, ...changes }, { seen }));
      const email = 'ny.adress@example.se';

      it('is possible after the deadline, and after the event without a letter (R37)', async () => {
        const [{ _id }, event] = await signedUp();
        await leave(event);
        expect(await changeFor(_id, { familyName: 'Ek' }, event.closesAt)).to.have.property('sequence', 0);
        await changeFor(_id, { mode: 'digitalt' }, event.closesAt);
        expect(await kindsOf(event)).to.deep.equal(['confirmation sent', 'changed queued']);
        expect(await changeFor(_id, { mode: 'plats', email }, event.end)).to.include({
          mode: 'plats',
          email,
        });
        expect(await kindsOf(event)).to.have.length(2);
        expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 0 });
      });

      it('gives another address its own calendar entry and takes it from the old one (R39)', async () => {
        const [{ _id, uid }, event] = await signedUp();
        await leave(event);
        const changed = await changeFor(_id, { email });
        expect(await stored(_id)).to.deep.equal(changed);
        expect(changed).to.include({ email, sequence: 1, status: 'confirmed' }).and.not.include({ uid });
        expect(await taken(event)).to.deep.equal({ plats: 1, digitalt: 0 });
        const [, invitation, farewell, ...more] = await lettersOf(event);
        expect(more).to.deep.equal([]);
        expect(invitation).to.include({ kind: 'confirmation', calendar: 'REQUEST' });
        expect(invitation?.to.address).to.equal(email);
        expect(invitation?.facts).to.include({ uid: 'uid' in changed && changed.uid, sequence: 1 });
        expect(farewell).to.include({ kind: 'new-address', calendar: 'CANCEL' });
        expect(farewell?.to.address).to.equal('asa.oberg@example.se');
        expect(farewell?.facts).to.include({ uid, sequence: 1 });
      });

      it('closes the link that went to the old address, and opens one for the new', async () => {
        const [before] = await signedUp();
        const secret = 'x'.repeat(32);
        await changeFor(before._id, { email });
        expect(await findByToken(tokenOf(before, secret), { secret })).to.equal(null);
        expect(await findByToken(tokenOf({ ...before, email }, secret), { secret })).to.include({ email });
      });

      it('writes nothing to an address that no invitation ever reached (R36)', async () => {
        const [{ _id }, event] = await signedUp();
        await changeFor(_id, { email });
        const letters = await lettersOf(event);
        expect(letters.map(({ kind, state, to }) => [kind, state, to.address])).to.deep.equal([
          ['confirmation', 'dropped', 'asa.oberg@example.se'],
          ['confirmation', 'queued', email],
        ]);
      });

      it('cancels only what the new address has got, and still the entry at the old one', async () => {
        const [{ _id }, event] = await signedUp();
        await leave(event);
        await changeFor(_id, { email });
        await cancelRegistration(context(new Date(+later + 1)), _id);
        const letters = (await lettersOf(event)).slice(1);
        expect(letters.map(({ kind, state, calendar }) => [kind, state, calendar])).to.deep.equal([
          ['confirmation', 'dropped', 'REQUEST'],
          ['new-address', 'queued', 'CANCEL'],
          ['cancelled', 'queued', undefined],
        ]);
      });

      it('refuses an address that is registered, also when two come at once, and changes nothing', async () => {
        const [{ _id }, event] = await signedUp();
        const others = await Promise.all(
          ['b', 'c'].map((name) =>
            register(visitorAt(monday), event._id, aPerson({ email: `${name}@example.se` })),
          ),
        );
        const before = await stored(_id);
        const known = { refused: 'known' };
        expect(await changeFor(_id, { email: 'b@example.se', mode: 'digitalt' })).to.deep.equal(known);
        expect(await stored(_id)).to.deep.equal(before);
        expect(await taken(event)).to.deep.equal({ plats: 3, digitalt: 0 });
        const ids = others.flatMap((one) => ('refused' in one ? [] : [one.registration._id]));
        const answers = await Promise.all(ids.map((id) => changeFor(id, { email })));
        expect(answers.filter((answer) => 'refused' in answer)).to.deep.equal([known]);
      });

      it('is refused where somebody changed it in between, and where it or its event is cancelled', async () => {
        const [{ _id, changedAt }, event] = await signedUp();
        expect(await changeFor(_id, { familyName: 'Ek' }, later, +changedAt)).to.have.property('_id');
        const second = await changeFor(_id, { familyName: 'Al' }, later, +changedAt);
        expect(second).to.have.property('refused', 'conflict');
        expect(second).to.have.nested.property('registration.familyName', 'Ek');
        await EventModel.updateOne({ _id: event._id }, { $set: { state: 'cancelled' } });
        expect(await changeFor(_id, {})).to.deep.equal({ refused: 'closed' });
      });
    });

    it('counts right when many change their way at once', async () => {
      const event = await anEvent({ seats: { plats: null, digitalt: 5 } });
      const made = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          register(visitorAt(monday), event._id, aPerson({ email: `p${n}@example.se` })),
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
      registrationOf(cancelRegistration(visitorAt(now), id));

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
      expect(await kindsOf(event)).to.deep.equal(['confirmation dropped', 'cancelled queued']);
      const [, letter] = await lettersOf(event);
      expect(letter).not.to.have.property('calendar');
    });

    it('cancels the calendar entry where the invitation has left', async () => {
      const [{ _id, uid }, event] = await signedUp();
      await LetterModel.updateOne({ event: event._id }, { $set: { state: 'sent' }, $unset: { dueAt: 1 } });
      await cancel(_id);
      const [, letter] = await lettersOf(event);
      expect(letter).to.include({ kind: 'cancelled', calendar: 'CANCEL' });
      expect(letter?.facts).to.include({ uid, sequence: 1 });
    });

    it('cancels the calendar entry where the invitation may have left', async () => {
      const [{ _id }, event] = await signedUp();
      await LetterModel.updateOne({ event: event._id }, { $set: { mayHaveLeft: true } });
      await cancel(_id);
      expect((await lettersOf(event)).at(-1)).to.include({ calendar: 'CANCEL' });
    });

    it('shows the cancelled calendar entry to a service that only keeps its letters', async () => {
      const [{ _id }, event] = await signedUp({}, { smtpUrl: undefined });
      await cancel(_id);
      expect((await lettersOf(event)).at(-1)).to.include({ kind: 'cancelled', calendar: 'CANCEL' });
    });

    it('is the same when it is done twice, also at once', async () => {
      const [{ _id }, event] = await signedUp();
      await Promise.all([cancel(_id), cancel(_id), cancel(_id)]);
      expect(await cancel(_id)).to.have.property('status', 'cancelled');
      expect(await taken(event)).to.deep.equal({ plats: 0, digitalt: 0 });
      expect(await kindsOf(event)).to.deep.equal(['confirmation dropped', 'cancelled queued']);
      expect(await stored(_id)).to.have.property('sequence', 1);
    });

    it('ends at the start of the event, for an organiser at its end', async () => {
      const [{ _id }, event] = await signedUp();
      expect(await cancel(_id, event.start)).to.deep.equal({ refused: 'over' });
      const atEnd = organiserAt(event.end);
      expect(await cancelRegistration(atEnd, _id)).to.deep.equal({ refused: 'over' });
      const before = organiserAt(new Date(+event.end - 1));
      expect(await cancelRegistration(before, _id)).to.have.nested.property(
        'registration.status',
        'cancelled',
      );
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
