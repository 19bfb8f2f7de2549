import { statSync } from 'node:fs';
import { join } from 'node:path';
import { BSON } from 'bson';
import { expect } from 'chai';
import type { Db } from 'mongodb';
import { codeOf, type Temporary, temporaryStore } from '../temporary.ts';

/** What the helpers of mongosh ask: show dbs, db.stats(), db.c.stats(), rs.status(), db.serverStatus() … */
describe('what the database tells about itself', () => {
  const documents = Array.from({ length: 300 }, (_, n) => ({ _id: n as never, n, text: 'å'.repeat(500) }));
  const size = documents.reduce((sum, document) => sum + BSON.calculateObjectSize(document), 0);
  let store: Temporary;
  let db: Db;
  before(async () => {
    store = await temporaryStore();
    db = store.client.db();
    await db.collection('c').createIndex({ n: 1 });
    await db.collection('c').insertMany(documents);
    await db.createCollection('empty');
  });
  after(() => store.close());

  it('counts the documents and bytes of a collection', async () => {
    const stats = await db.command({ collStats: 'c' });
    expect(stats).to.include({ ns: `${db.databaseName}.c`, count: 300, size, nindexes: 2, capped: false });
    expect(stats.avgObjSize).to.equal(Math.round(size / 300));
    expect(stats.storageSize).to.be.within(size, 2 * size);
    expect(Object.keys(stats.indexSizes)).to.deep.equal(['_id_', 'n_1']);
    expect(stats.totalIndexSize).to.equal(stats.indexSizes._id_ + stats.indexSizes.n_1);
    expect(stats.totalSize).to.equal(stats.storageSize + stats.totalIndexSize);
  });

  it('gives the same by $collStats, to which further stages can be added', async () => {
    const { count, size, storageSize } = await db.command({ collStats: 'c' });
    const [stats] = await db
      .collection('c')
      .aggregate([
        { $collStats: { count: {}, storageStats: {} } },
        { $project: { count: 1, size: '$storageStats.size', storageSize: '$storageStats.storageSize' } },
      ])
      .toArray();
    expect(stats).to.deep.equal({ count, size, storageSize });
    const latency = db.collection('c').aggregate([{ $collStats: { latencyStats: {} } }]);
    expect(await codeOf(latency.toArray())).to.equal(238);
  });

  it('measures in units where asked to, and knows empty and missing collections', async () => {
    expect(await db.command({ collStats: 'c', scale: 1024 })).to.include({
      size: Math.floor(size / 1024),
      scaleFactor: 1024,
    });
    for (const name of ['empty', 'missing'])
      expect(await db.command({ collStats: name })).to.include({ count: 0, size: 0 });
    const count = db.collection('missing').aggregate([{ $collStats: { count: {} } }]);
    expect(await codeOf(count.toArray())).to.equal(26);
    expect(await codeOf(db.command({ collStats: 'c', scale: 0 }))).to.equal(2);
  });

  it('sums the collections of a database, and the databases of the file', async () => {
    const stats = await db.stats();
    const { storageSize, totalIndexSize } = await db.command({ collStats: 'c' });
    expect(stats).to.include({ collections: 2, objects: 300, dataSize: size, indexes: 3, views: 0 });
    expect(stats.storageSize).to.be.within(storageSize, storageSize + 4096);
    expect(stats.indexSize).to.be.within(totalIndexSize, totalIndexSize + 4096);
    const { databases, totalSize } = await db.admin().listDatabases();
    expect(databases).to.deep.equal([
      { name: db.databaseName, sizeOnDisk: stats.storageSize + stats.indexSize, empty: false },
    ]);
    expect(totalSize).to.equal(databases[0]?.sizeOnDisk);
    const files = ['', '-wal'].map((end) => statSync(join(store.directory, `database.sqlite${end}`)).size);
    expect(totalSize).to.be.below(Math.max(...files) + 4096 * 10);
    const names = await db.admin().listDatabases({ nameOnly: true });
    expect(names.databases).to.deep.equal([{ name: db.databaseName }]);
  });

  it('is a replica set of one', async () => {
    const admin = db.admin();
    const { setName, me } = await admin.command({ hello: 1 });
    const { set, myState, members } = await admin.replSetGetStatus();
    expect({ set, myState }).to.deep.equal({ set: setName, myState: 1 });
    expect(members).to.have.length(1);
    expect(members[0]).to.include({ name: me, stateStr: 'PRIMARY', self: true });
    const { config } = await admin.command({ replSetGetConfig: 1 });
    expect([config._id, config.members[0].host]).to.deep.equal([setName, me]);
  });

  it('says who it is, and only what it knows', async () => {
    const admin = db.admin();
    const { version, pid, mem } = await admin.serverStatus();
    expect([version, pid]).to.deep.equal([(await admin.buildInfo()).version, process.pid]);
    expect(mem.resident).to.be.above(10);
    expect((await admin.command({ hostInfo: 1 })).system.cpuAddrSize).to.equal(64);
    const asked = { getParameter: 1, featureCompatibilityVersion: 1 };
    expect((await admin.command(asked)).featureCompatibilityVersion).to.deep.equal({ version: '7.0' });
    expect(await codeOf(admin.command({ getParameter: 1, failPoint: 1 }))).to.equal(72);
  });

  it('lists the commands that it answers, and no others', async () => {
    const { commands } = await db.command({ listCommands: 1 });
    expect(commands).to.include.keys('find', 'dbStats', 'commitTransaction', 'listCommands');
    expect(commands).to.not.include.keys('mapReduce');
    expect(await codeOf(db.command({ mapReduce: 'c' }))).to.equal(59);
  });
});
