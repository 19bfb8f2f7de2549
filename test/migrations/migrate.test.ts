import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { Db } from 'mongodb';
import { databaseClient } from '../../src/base/database.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { updateInBatches } from '../../src/migrations/batches.ts';
import { MigrationLock } from '../../src/migrations/lock.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import type { Migration } from '../../src/migrations/migration.ts';
import { monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

const clock = () => monday;
const much = 2500;

describe('Migrations', () => {
  useDatabase();
  withoutLog();
  let database: Db;

  beforeEach(async () => {
    const { client, dbName } = databaseClient();
    database = client.db(dbName);
    await database.collection('things').insertMany(Array.from({ length: much }, (_, n) => ({ n })));
  });

  type Record = { _id: number; at: Date; milliseconds: number };
  const records = () => database.collection<Record>('migrations').find().sort({ _id: 1 }).toArray();
  const countOf = (filter: object) => database.collection('things').countDocuments(filter);

  /** Marks every thing, in one transaction. */
  const marking = (number: number, name = 'marked'): Migration => ({
    number,
    name,
    whole: async (database, options) => {
      await database.collection('things').updateMany({}, { $inc: { [name]: 1 } }, options);
    },
  });

  it('run once, in order, and are recorded', async () => {
    let time = +monday;
    const ticking = () => {
      time += 10;
      return new Date(time);
    };
    await migrate([marking(1, 'first')], ticking);
    await migrate([marking(1, 'first'), marking(2, 'second')], ticking);
    await migrate([marking(1, 'first'), marking(2, 'second')], ticking);
    expect(await countOf({ first: 1, second: 1 })).to.equal(much);
    const [first, second] = await records();
    expect(first).to.include({ _id: 1, name: 'first' });
    expect(second).to.include({ _id: 2, name: 'second' });
    expect(first?.milliseconds).to.be.greaterThan(0);
    expect(second?.at).to.be.greaterThan(first?.at ?? monday);
    expect(await database.collection('leases').countDocuments()).to.equal(0);
  });

  it('leave nothing of one that fails in its transaction, and do it at the next start', async () => {
    const failing: Migration = {
      ...marking(1),
      whole: async (database, options) => {
        await database.collection('things').updateMany({}, { $inc: { marked: 1 } }, options);
        throw new Error('No.');
      },
    };
    const outcome = await migrate([failing, marking(2)], clock).catch(({ message }) => message);
    expect(outcome).to.equal('No.');
    expect(await countOf({ marked: { $exists: true } })).to.equal(0);
    expect(await records()).to.deep.equal([]);
    await migrate([marking(1), marking(2)], clock);
    expect(await countOf({ marked: 2 })).to.equal(much);
  });

  it('go on after a stop between two batches, and touch nothing twice', async () => {
    let batches = 0;
    const stoppedAfter = (most: number): Migration => ({
      number: 1,
      name: 'in-batches',
      inBatches: async (database, batch) => {
        const counted = async (writes: Parameters<typeof batch>[0]) => {
          if (batches++ === most) throw new Error('Stopped.');
          await batch(writes);
        };
        const things = database.collection('things');
        await updateInBatches(counted, things, { marked: { $exists: false } }, { $inc: { marked: 1 } });
      },
    });
    const outcome = await migrate([stoppedAfter(1)], clock).catch(({ message }) => message);
    expect(outcome).to.equal('Stopped.');
    expect(await countOf({ marked: 1 })).to.equal(1000);
    expect(await records()).to.deep.equal([]);
    await migrate([stoppedAfter(Number.POSITIVE_INFINITY)], clock);
    expect(await countOf({ marked: 1 })).to.equal(much);
    expect(await records()).to.have.length(1);
  });

  describe('of two processes that start at once', () => {
    /** A migration in which whoever else runs it has the time to meet. */
    function slow(number: number) {
      const ran = { times: 0 };
      const inBatches = async () => {
        ran.times++;
        await setTimeout(300);
      };
      return { ran, migration: { number, name: 'slow', inBatches } satisfies Migration };
    }

    it('one runs each and the other waits for it', async () => {
      const [first, second] = [slow(1), slow(2)];
      const both = [first.migration, second.migration];
      await Promise.all([migrate(both, clock), migrate(both, clock)]);
      expect([first.ran.times, second.ran.times]).to.deep.equal([1, 1]);
      expect(await records()).to.have.length(2);
    });

    it('both would run it without the lock', async () => {
      const { ran, migration } = slow(1);
      const careless = async () => {
        const records = database.collection<{ _id: number }>('migrations');
        if (await records.findOne({ _id: 1 })) return;
        await migration.inBatches();
        await records.insertOne({ _id: 1 }).catch(() => undefined);
      };
      await Promise.all([careless(), careless()]);
      expect(ran.times).to.equal(2);
    });

    it('one that has died is followed after a minute, and writes nothing if it wakes', async () => {
      const dead = new MigrationLock(clock);
      await dead.take();
      const waiting = migrate([marking(1)], clock);
      expect(await Promise.race([waiting, setTimeout(300, 'waits')])).to.equal('waits');
      await migrate([marking(1)], () => new Date(+monday + 60_000));
      await waiting;
      expect(await countOf({ marked: 1 })).to.equal(much);

      const { client } = databaseClient();
      const woken = client.withSession((session) =>
        session.withTransaction(async () => {
          await database.collection('things').updateMany({}, { $inc: { marked: 1 } }, { session });
          await dead.hold({ session });
        }),
      );
      expect(await woken.catch(({ message }) => message)).to.match(/Another process has gone on/);
      expect(await countOf({ marked: 1 })).to.equal(much);
    });
  });

  it('are all recorded for a database with nothing in it, and none is run', async () => {
    await database.collection('things').deleteMany({});
    const never: Migration = { number: 1, name: 'never', inBatches: () => expect.fail('It ran.') };
    await migrate([never, { ...never, number: 2 }], clock);
    expect((await records()).map(({ _id }) => _id)).to.deep.equal([1, 2]);
  });

  it('refuse a database that a newer version has migrated, before anything is written', async () => {
    await database.collection<{ _id: number }>('migrations').insertOne({ _id: 3 });
    const outcome = await migrate([marking(1), marking(2)], clock).catch(({ message }) => message);
    expect(outcome).to.match(
      /newer version.*it has migration 3, and this version knows 2\..*npm run restore/,
    );
    expect(await countOf({ marked: 1 })).to.equal(0);
    expect(await records()).to.have.length(1);
  });

  it('are one file each, in the order of their numbers', () => {
    const files = readdirSync(join(import.meta.dirname, '../../src/migrations'));
    const named = allMigrations.map(({ number, name }) => `${String(number).padStart(3, '0')}-${name}.ts`);
    expect(named).to.deep.equal(files.filter((file) => /^\d/.test(file)).toSorted());
    const numbers = allMigrations.map(({ number }) => number);
    expect(numbers).to.deep.equal(numbers.map((_number, index) => index + 1));
  });
});
