import { expect } from 'chai';
import type { Db } from 'mongodb';
import { buildIndexes, databaseClient } from '../../src/base/database.ts';
import { publishEvent } from '../../src/events/planning/publish.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { dropIndex } from '../../src/migrations/batches.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { monday, ordinaryEvent } from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

describe('Events from before addresses were kept', () => {
  useDatabase();
  withoutLog();
  let db: Db;

  beforeEach(async () => {
    const { client, dbName } = databaseClient();
    db = client.db(dbName);
    const slug = 'skolan-som-skydd-sa-nar-fler-barn-malen-2027-02-11';
    const published = { ...ordinaryEvent(), slug };
    const cancelled = { ...ordinaryEvent(), slug: `${slug}-2`, state: 'cancelled' };
    const draft = { ...ordinaryEvent(), slug: `${slug}-3`, state: 'draft' };
    await db.collection('events').insertMany([published, cancelled, draft]);
    await dropIndex(db.collection('events'), 'slug_1');
    await db.collection('events').createIndex({ slug: 1 }, { unique: true });
    await migrate(allMigrations, () => monday);
  });
  after(buildIndexes);

  it('keep those that visitors know, and no other event gets one of them', async () => {
    await buildIndexes();
    const events = db.collection('events');
    const known = await db.collection<{ _id: string }>('addresses').find().sort({ _id: 1 }).toArray();
    const visible = await events
      .find({ state: { $ne: 'draft' } })
      .sort({ slug: 1 })
      .toArray();
    expect(known).to.deep.equal(visible.map(({ slug, _id }) => ({ _id: slug, event: _id })));
    const draft = await events.findOne({ state: 'draft' });
    const context = organiserAt(monday.toISOString());
    const published = draft && (await publishEvent(context, draft._id));
    expect(published).to.have.property('slug', `${visible[0]?.slug}-3`);
    expect((await events.indexes()).find(({ name }) => name === 'slug_1')).not.to.have.property('unique');
  });

  it('have breaks where a session without text and speakers is called one', async () => {
    const event = await db.collection('events').findOne({ state: 'published' });
    expect(event?.sessions.map((one: { isBreak?: boolean }) => one.isBreak)).to.deep.equal([
      undefined,
      true,
      undefined,
    ]);
  });
});
