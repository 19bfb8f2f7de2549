import { expect } from 'chai';
import type { Types } from 'mongoose';
import { databaseClient } from '../../src/base/database.ts';
import type { Event } from '../../src/events/event.ts';
import { tallies } from '../../src/migrations/011-tallies.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { countTallies } from '../../src/registrations/tallies/count.ts';
import { noteHeadcounts } from '../../src/registrations/tallies/headcount.ts';
import { type StoredTally, type Tally, TallyModel, whole } from '../../src/registrations/tallies/tally.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

describe('The migration of tallies', () => {
  useDatabase();
  withoutLog();

  const held = (facts: Partial<Event> = {}) =>
    anEvent({ start: new Date('2025-02-11T08:00:00Z'), end: new Date('2025-02-11T11:00:00Z'), ...facts });

  /** Somebody of each sort, by an order of the sorts. */
  const sorts = [
    { present: true, attendedMode: 'plats' },
    { present: true, mode: 'plats', attendedMode: 'digitalt' },
    { present: true, attendedMode: 'plats', walkIn: true },
    { present: false, walkIn: true },
    { present: null, mode: 'digitalt' },
    { present: false, role: 'fortroendevald' },
    { present: true, municipality: 'annan', role: 'annan', attendedMode: 'digitalt' },
    { status: 'cancelled' },
    { status: 'waiting', waitsFor: ['plats'] },
  ] as const;

  const fill = async (event: Event) => {
    for (const [number, facts] of sorts.entries())
      await aRegistration(event, {
        ...facts,
        waitsFor: [...('waitsFor' in facts ? facts.waitsFor : [])],
        email: `${number}@example.se`,
      });
  };

  it('writes for events that are over what today’s version counts, and nothing for others', async () => {
    await anAuthority();
    const past = await held();
    await fill(past);
    // As somebody was erased until now: how they came is not known any more.
    await RegistrationModel.updateOne(
      { event: past._id, email: '0@example.se' },
      { $unset: { attendedMode: 1 } },
    );
    const room = { account: 'sal@example.se', name: 'Sal', municipality: '0583', role: 'chef' as const };
    for (const number of [3, 5])
      await noteHeadcounts(past, { source: past._id, at: new Date(number) }, [{ ...room, number }]);
    const other = await held({ authority: '04' });
    await fill(await anEvent());
    await fill(await held({ state: 'cancelled' }));
    await TallyModel.deleteMany();
    const { client, dbName } = databaseClient();
    await client.db(dbName).collection('migrations').deleteMany();
    await migrate([tallies], () => monday);
    const written = (await TallyModel.find().lean<StoredTally[]>()).map(whole);
    expect(byEvent(written)).to.deep.equal(byEvent(await countTallies([past, other])));
    expect(written.find(({ _id }) => _id.equals(past._id))?.cells).to.have.length(4);
  });

  const byEvent = (all: Tally[]) =>
    new Map(
      all.map(({ cells, ...tally }: Tally & { _id: Types.ObjectId }) => [
        String(tally._id),
        { ...tally, cells: cells.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) },
      ]),
    );
  const keyOf = ({ municipality, role }: Tally['cells'][number]) => `${municipality} ${role}`;
});
