import type { Collection, Db } from 'mongodb';
import type { Clock } from '../base/clock.ts';
import { databaseClient } from '../base/database.ts';
import { logger } from '../base/log.ts';
import { MigrationLock } from './lock.ts';
import type { Batch, InTransaction, Migration } from './migration.ts';

/** That a migration has been done: its number and name, when it was finished, and how many milliseconds it took. */
type MigrationRecord = { _id: number; name: string; at: Date; milliseconds: number };

/**
 * Brings the database to what this version stores: runs each migration that the database has no record of, in order.
 * Of several processes that start at once one does it, and the others wait. A database with nothing in it has nothing
 * to change, so all are recorded as done. Once everything is recorded this reads the records and nothing else.
 * @throws Error with one sentence if the database has been migrated by a newer version
 */
export async function migrate(migrations: Migration[], clock: Clock): Promise<void> {
  const { client, dbName } = databaseClient();
  const database = client.db(dbName);
  const records = database.collection<MigrationRecord>('migrations');
  if ((await missing(migrations, records)).length === 0) return;

  const lock = new MigrationLock(clock);
  await lock.take();
  const batch: Batch = (writes) =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        await lock.hold({ session });
        await writes({ session });
      }),
    );
  try {
    // Another process may have done them meanwhile.
    const open = await missing(migrations, records);
    if (open.length > 0 && (await isEmpty(database)))
      await batch((options) => recordAll(open, records, clock(), options));
    else for (const migration of open) await run(migration, { database, records, batch, clock });
  } finally {
    await lock.release();
  }
}

/** The migrations that the database has no record of. @throws Error if it has one that this version does not know */
async function missing(migrations: Migration[], records: Collection<MigrationRecord>): Promise<Migration[]> {
  const done = (await records.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
  const known = migrations.map(({ number }) => number);
  const newest = Math.max(0, ...done.filter((number) => !known.includes(number)));
  if (newest > 0)
    throw new Error(
      `The database belongs to a newer version of Boostdagar: it has migration ${newest}, and this version knows ${known.at(-1) ?? 0}. Start the newer version, or restore a backup from before the upgrade (npm run restore -- DIR --replace).`,
    );
  return migrations.filter(({ number }) => !done.includes(number));
}

/** True if no collection has a document in it. */
async function isEmpty(database: Db): Promise<boolean> {
  const collections = await database.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  // The lock lies among the leases.
  const names = collections.map(({ name }) => name).filter((name) => name !== 'leases');
  const first = await Promise.all(names.map((name) => database.collection(name).findOne()));
  return first.every((document) => document === null);
}

async function recordAll(
  migrations: Migration[],
  records: Collection<MigrationRecord>,
  at: Date,
  options: InTransaction,
): Promise<void> {
  const rows = migrations.map(({ number, name }) => ({ _id: number, name, at, milliseconds: 0 }));
  await records.insertMany(rows, options);
}

async function run(
  migration: Migration,
  {
    database,
    records,
    batch,
    clock,
  }: { database: Db; records: Collection<MigrationRecord>; batch: Batch; clock: Clock },
): Promise<void> {
  const { number, name } = migration;
  const start = clock();
  const record = (options: InTransaction) => {
    const at = clock();
    return records.insertOne({ _id: number, name, at, milliseconds: +at - +start }, options);
  };
  if ('inBatches' in migration) await migration.inBatches(database, batch);
  await batch(async (options) => {
    if ('whole' in migration) await migration.whole(database, options);
    await record(options);
  });
  logger.info({ migration: number, name, milliseconds: +clock() - +start }, 'The database was migrated.');
}
