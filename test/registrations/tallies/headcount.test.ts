import { expect } from 'chai';
import { Types } from 'mongoose';
import type { Event } from '../../../src/events/event.ts';
import {
  countHeads,
  listHeadcounts,
  noteHeadcounts,
  removeHeadcounts,
} from '../../../src/registrations/tallies/headcount.ts';
import { countAttendance } from '../../../src/statistics/attendance.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { useDatabase } from '../../support/database.ts';

describe('people who are counted without a name', () => {
  useDatabase();
  let event: Event;
  const room = { account: 'sal 3', name: 'Sal 3', municipality: '0513', role: 'annan' as const };
  const note = (source: Types.ObjectId, hour: number, number: number) =>
    noteHeadcounts(event, { source, at: new Date(Date.UTC(2027, 1, 11, hour)) }, [{ ...room, number }]);

  beforeEach(async () => {
    await anAuthority();
    event = await anEvent();
  });

  it('are those that were noted last for an account, until that is taken back', async () => {
    const [first, second] = [new Types.ObjectId(), new Types.ObjectId()];
    await note(first, 12, 4);
    await note(second, 13, 6);
    const counted = { event: event._id, municipality: '0513', role: 'annan' };
    expect(await countHeads([event._id])).to.deep.equal([{ ...counted, number: 6 }]);
    expect(await listHeadcounts(event._id)).to.deep.equal([{ ...room, number: 6, source: second }]);
    await removeHeadcounts(second);
    expect(await countHeads([event._id])).to.deep.equal([{ ...counted, number: 4 }]);
    await removeHeadcounts(first);
    expect(await countHeads([event._id])).to.deep.equal([]);
  });

  it('are in the statistics beside those who are registered', async () => {
    await aRegistration(event, { present: true, municipality: '0513', role: 'chef' });
    await note(new Types.ObjectId(), 12, 4);
    const { table, registered, unnamed, how } = await countAttendance(
      await anAuthority(),
      {},
      new Date('2027-03-01T12:00:00Z'),
    );
    expect([table.total, table.totals.annan, registered, unnamed]).to.deep.equal([5, 4, 1, 4]);
    expect(how).to.deep.include({ online: 4, walkIns: 0 });
    expect(table.rows.find(({ code }) => code === '0513')?.total).to.equal(5);
  });
});
