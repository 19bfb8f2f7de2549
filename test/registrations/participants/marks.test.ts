import { expect } from 'chai';
import type { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { takeMark } from '../../../src/registrations/participants/attendance.ts';
import type { SentMark } from '../../../src/registrations/participants/marks.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

describe('A mark that comes late', () => {
  const arrival = new Date('2027-02-11T08:40:00Z');
  let event: Event;
  let id: Types.ObjectId;

  useDatabase();
  beforeEach(async () => {
    await anAuthority();
    event = await anEvent();
    id = (await aRegistration(event))._id;
  });

  const take = (sent: SentMark & { at?: Date }) => takeMark(organiserAt(arrival), event, id, sent);
  const stored = () => RegistrationModel.findById(id).orFail().lean();
  const deeds = async () =>
    (await AuditModel.find({ registration: id }).sort({ _id: 1 }).lean()).map(({ action }) => action);

  it('counts once, however often it comes, also at once and after it has been taken back', async () => {
    const one = { mark: 'plats', nonce: 'one' } as const;
    await Promise.all([take(one), take(one), take(one)]);
    await take({ mark: null, undoes: ['one'], nonce: 'undo' });
    await take(one);
    expect(await stored()).to.include({ present: null });
    expect(await deeds()).to.deep.equal(['attendance.present', 'attendance.cleared']);
  });

  it('has the time at which it was made, and of two the first', async () => {
    const first = new Date('2027-02-11T07:52:00Z');
    await take({ mark: 'plats', nonce: 'two' });
    expect(await stored()).to.deep.include({ presentAt: arrival });
    await take({ mark: 'plats', nonce: 'one', at: first });
    expect(await stored()).to.deep.include({ presentAt: first, marks: ['two', 'one'] });
  });

  it('loses against one that says present, whichever comes first, and the log has both', async () => {
    await take({ mark: false, nonce: 'away' });
    await take({ mark: true, nonce: 'here' });
    expect(await stored()).to.deep.include({ present: true, marks: ['here'] });
    await take({ mark: false, nonce: 'away too' });
    expect(await stored()).to.deep.include({ present: true, marks: ['here'] });
    expect(await deeds()).to.deep.equal(['attendance.absent', 'attendance.present', 'attendance.outvoted']);
  });

  it('is taken back alone: what somebody else has marked stands, and the log has both', async () => {
    await take({ mark: 'plats', nonce: 'mine' });
    await take({ mark: 'plats', nonce: 'theirs' });
    await take({ mark: null, undoes: ['mine'] });
    expect(await stored()).to.deep.include({ present: true, marks: ['theirs'] });
    await take({ mark: null, undoes: ['theirs'] });
    expect(await stored()).to.deep.include({ present: null, marks: [] });
    expect(await deeds()).to.deep.equal([
      'attendance.present',
      'attendance.undoneByOne',
      'attendance.cleared',
    ]);
  });

  it('is taken back with all others by an undo that names none', async () => {
    await take({ mark: 'plats', nonce: 'mine' });
    await take({ mark: 'plats', nonce: 'theirs' });
    await take({ mark: null });
    expect(await stored()).to.deep.include({ present: null, marks: [] });
  });
});
