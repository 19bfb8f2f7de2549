import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import {
  countAttendance,
  markAttendance,
  markSeveral,
} from '../../../src/registrations/participants/attendance.ts';
import type { Presence } from '../../../src/registrations/participants/marks.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

describe('attendance', () => {
  let event: Event;

  useDatabase();
  beforeEach(async () => {
    await anAuthority();
    event = await anEvent();
  });

  const arrival = new Date('2027-02-11T07:52:00Z');
  const mark = (id: Types.ObjectId, present: Presence, now = arrival) =>
    markAttendance(organiserAt(now), event, id, present);
  const stored = (id: Types.ObjectId) => RegistrationModel.findById(id).orFail().lean();
  const deedsAbout = async (id: Types.ObjectId) =>
    (await AuditModel.find({ registration: id }).sort({ at: 1 }).lean()).map(({ action }) => action);

  it('is noted, taken back and noted as absence, each with its line in the log', async () => {
    const registration = await aRegistration(event);
    const { _id } = registration;
    await mark(_id, true);
    expect(await stored(_id)).to.deep.include({
      ...registration,
      present: true,
      presentAt: arrival,
      attendedMode: 'plats',
    });
    await mark(_id, null, new Date(+arrival + 1000));
    expect(await stored(_id)).to.deep.equal({ ...registration, marks: [], nonces: [] });
    await mark(_id, false, new Date(+arrival + 2000));
    expect(await stored(_id)).to.deep.include({ ...registration, present: false, presentAt: null });
    expect(await deedsAbout(_id)).to.deep.equal([
      'attendance.present',
      'attendance.cleared',
      'attendance.absent',
    ]);
  });

  it('is the same when it is noted twice, also at once', async () => {
    const { _id } = await aRegistration(event);
    await Promise.all([mark(_id, true), mark(_id, true), mark(_id, true)]);
    await mark(_id, true, new Date(+arrival + 60_000));
    expect(await stored(_id)).to.deep.include({ present: true, presentAt: arrival });
    expect(await deedsAbout(_id)).to.deep.equal(['attendance.present']);
  });

  it('keeps the way that somebody attends in apart from the one signed up for, with its time', async () => {
    const { _id } = await aRegistration(event);
    const later = new Date(+arrival + 60_000);
    await markAttendance(organiserAt(arrival), event, _id, 'digitalt');
    const online = { mode: 'plats', present: true, presentAt: arrival, attendedMode: 'digitalt' };
    expect(await stored(_id)).to.deep.include(online);
    await markAttendance(organiserAt(later), event, _id, 'plats');
    expect(await stored(_id)).to.deep.include({ ...online, attendedMode: 'plats' });
    expect(await countAttendance(event._id, 'plats')).to.include({ came: 1, unmarked: 0 });
    expect(await countAttendance(event._id, 'digitalt')).to.include({ came: 0, unmarked: 0 });
    await mark(_id, null);
    expect(await stored(_id)).to.deep.include({ present: null, presentAt: null, attendedMode: null });
  });

  it('has no time if it is marked on another day', async () => {
    const { _id } = await aRegistration(event);
    await mark(_id, true, new Date('2027-02-12T08:00:00Z'));
    expect(await stored(_id)).to.deep.include({ present: true, presentAt: null });
  });

  it('is taken over from paper, for those who are not marked yet and have a seat', async () => {
    const people = [
      await aRegistration(event, { email: 'a@example.se', present: true, presentAt: arrival }),
      await aRegistration(event, { email: 'b@example.se' }),
      await aRegistration(event, { email: 'c@example.se', status: 'cancelled' }),
      await aRegistration(await anEvent(), { email: 'd@example.se' }),
    ];
    const ids = people.map(({ _id }) => _id);
    expect(await markSeveral(organiserAt(arrival), event, ids, 'plats')).to.have.length(1);
    expect(await markSeveral(organiserAt(arrival), event, ids, 'plats')).to.have.length(0);
    const marks = await RegistrationModel.find().sort({ email: 1 }).lean();
    expect(marks.map(({ present, presentAt }) => [present, presentAt])).to.deep.equal([
      [true, arrival],
      [true, null],
      [null, null],
      [null, null],
    ]);
    expect(await deedsAbout(ids[1] as Types.ObjectId)).to.deep.equal(['attendance.present']);
    expect(await deedsAbout(ids[0] as Types.ObjectId)).to.deep.equal([]);
  });

  it('is refused for a cancelled registration and a cancelled event', async () => {
    const { _id } = await aRegistration(event, { status: 'cancelled' });
    expect(await mark(_id, true)).to.deep.equal({ refused: 'cancelled' });
    const other = await aRegistration(event);
    const off = { ...event, state: 'cancelled' } as const;
    expect(await markAttendance(organiserAt(arrival), off, other._id, true)).to.have.property('refused');
    expect(await RegistrationModel.countDocuments({ present: { $ne: null } })).to.equal(0);
  });

  it("knows nobody of another event's", async () => {
    const { _id } = await aRegistration(await anEvent());
    expect(await mark(_id, true)).to.equal(null);
    expect(await mark(new Types.ObjectId(), true)).to.equal(null);
    expect(await stored(_id)).to.have.property('present', null);
  });

  it('is counted', async () => {
    const people: [string, Presence][] = [
      ['a', true],
      ['b', true],
      ['c', false],
      ['d', null],
    ];
    for (const [name, present] of people)
      await aRegistration(event, { email: `${name}@example.se`, present });
    await aRegistration(event, { email: 'e@example.se', present: true, status: 'cancelled' });
    expect(await countAttendance(event._id)).to.deep.equal({ came: 2, absent: 1, unmarked: 1, walkIns: 0 });
    expect(await countAttendance(new Types.ObjectId())).to.deep.equal({
      came: 0,
      absent: 0,
      unmarked: 0,
      walkIns: 0,
    });
  });
});
