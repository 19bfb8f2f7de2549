import { expect } from 'chai';
import type { ClientSession, Collection, Document } from 'mongodb';
import { fuzzTransactions } from '../outside/fuzz-transactions.ts';
import { codeOf, newSeed, seeded, type Temporary, temporaryStore } from '../temporary.ts';

describe('the transactions of the embedded database', () => {
  let store: Temporary;
  let seats: Collection<Document>;
  let letters: Collection<Document>;
  let sessions: ClientSession[] = [];
  before(async () => {
    store = await temporaryStore();
  });
  after(() => store.close());
  beforeEach(async () => {
    await store.client.db().dropDatabase();
    seats = store.client.db().collection('seats');
    letters = store.client.db().collection('letters');
    await seats.createIndex({ place: 1 }, { unique: true });
    await letters.createIndex({ to: 1 });
  });
  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.endSession()));
    sessions = [];
  });

  function begin(): ClientSession {
    const session = store.client.startSession();
    sessions.push(session);
    session.startTransaction();
    return session;
  }

  it('show nothing before the commit and everything after', async () => {
    const session = begin();
    await seats.insertOne({ place: 1 }, { session });
    await letters.insertOne({ to: 'a' }, { session });
    expect(await seats.countDocuments()).to.equal(0);
    expect(await seats.countDocuments({}, { session })).to.equal(1);
    expect(await seats.findOne({ place: 1 }, { session })).to.include({ place: 1 });
    await session.commitTransaction();
    expect(await seats.countDocuments({ place: 1 })).to.equal(1);
    expect(await letters.countDocuments({ to: 'a' })).to.equal(1);
  });

  it('start once, with a statement that the client must wait for', async () => {
    await seats.insertOne({ place: 1 });
    const holder = begin();
    await seats.updateOne({ place: 1 }, { $set: { n: 1 } }, { session: holder });
    const session = begin();
    const starting = seats.updateOne({ place: 1 }, { $set: { n: 2 } }, { session });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await codeOf(seats.insertOne({ place: 2 }, { session }))).to.equal(50911);
    await holder.commitTransaction();
    await starting;
    await Promise.all([3, 4].map((place) => seats.insertOne({ place }, { session })));
    await session.commitTransaction();
    const found = await seats
      .find({}, { projection: { _id: 0 } })
      .sort({ place: 1 })
      .toArray();
    expect(found).to.deep.equal([{ place: 1, n: 2 }, { place: 3 }, { place: 4 }]);
  });

  it('leave nothing when they are aborted', async () => {
    await seats.insertOne({ place: 1 });
    const session = begin();
    await seats.updateOne({ place: 1 }, { $set: { place: 2 } }, { session });
    await seats.insertOne({ place: 1 }, { session });
    await seats.deleteOne({ place: 2 }, { session });
    await session.abortTransaction();
    expect(await seats.find({}, { projection: { _id: 0 } }).toArray()).to.deep.equal([{ place: 1 }]);
    expect(await codeOf(seats.insertOne({ place: 2 }))).to.equal(0);
  });

  it('make collections and their indexes that nobody else sees before the commit', async () => {
    const db = store.client.db();
    const names = async () => (await db.listCollections().toArray()).map(({ name }) => name).sort();
    const session = begin();
    await db.collection('made').insertOne({ n: 1 }, { session });
    await db.createCollection('explicit', { session });
    await db.collection('explicit').createIndex({ n: 1 }, { unique: true, session });
    await db.collection('explicit').insertOne({ n: 1 }, { session });
    expect(await db.collection('made').findOne({ n: 1 }, { session })).to.include({ n: 1 });
    expect(await names()).to.deep.equal(['letters', 'seats']);
    await session.commitTransaction();
    expect(await names()).to.deep.equal(['explicit', 'letters', 'made', 'seats']);
    expect(await codeOf(db.collection('explicit').insertOne({ n: 1 }))).to.equal(11000);
    expect(await db.collection('made').countDocuments({ n: 1 })).to.equal(1);

    const other = begin();
    await db.collection('gone').insertOne({ n: 1 }, { session: other });
    await other.abortTransaction();
    expect(await names()).to.not.include('gone');
    const late = begin();
    await db.collection('contested').insertOne({ n: 1 }, { session: late });
    await db.collection('contested').insertOne({ n: 2 });
    expect(await codeOf(late.commitTransaction())).to.equal(112);
    const taken = begin();
    const existing = seats.createIndex({ other: 1 }, { session: taken });
    expect(await codeOf(existing)).to.equal(263);
  });

  it('read one moment, whatever others write meanwhile', async () => {
    await seats.insertMany([{ place: 1 }, { place: 2 }, { place: 3 }]);
    const session = begin();
    expect(await seats.countDocuments({}, { session })).to.equal(3);
    await seats.deleteOne({ place: 1 });
    await seats.insertOne({ place: 4 });
    await seats.updateOne({ place: 2 }, { $set: { place: 20 } });
    const seen = await seats.find({}, { session }).sort({ place: 1 }).toArray();
    expect(seen.map(({ place }) => place)).to.deep.equal([1, 2, 3]);
    expect(await seats.countDocuments({ place: 2 }, { session })).to.equal(1);
    await session.commitTransaction();
  });

  it('see their own writes through every index and in order', async () => {
    await seats.insertMany([{ place: 1 }, { place: 3 }, { place: 5 }]);
    const session = begin();
    await seats.updateOne({ place: 1 }, { $set: { place: 4 } }, { session });
    await seats.insertOne({ place: 2 }, { session });
    await seats.deleteOne({ place: 5 }, { session });
    const places = await seats
      .find({ place: { $gt: 0 } }, { session })
      .sort({ place: 1 })
      .toArray();
    expect(places.map(({ place }) => place)).to.deep.equal([2, 3, 4]);
    expect(await seats.findOne({ place: 1 }, { session })).to.equal(null);
    await seats.insertOne({ place: 1 }, { session });
    await session.commitTransaction();
    expect(await seats.distinct('place')).to.have.members([1, 2, 3, 4]);
  });

  it('that change what another has changed get WriteConflict and may be tried again', async () => {
    await seats.insertOne({ place: 1, n: 0 });
    const [first, second] = [begin(), begin()];
    await seats.findOne({}, { session: second });
    await seats.updateOne({ place: 1 }, { $inc: { n: 1 } }, { session: first });
    const held = await seats
      .updateOne({ place: 1 }, { $inc: { n: 1 } }, { session: second })
      .catch((error) => error);
    expect(held.code).to.equal(112);
    expect(held.hasErrorLabel('TransientTransactionError')).to.equal(true);
    await first.commitTransaction();
    expect(await codeOf(second.commitTransaction())).to.equal(251);

    const third = begin();
    await seats.findOne({}, { session: third });
    await seats.updateOne({ place: 1 }, { $inc: { n: 1 } });
    const stale = await seats
      .updateOne({ place: 1 }, { $inc: { n: 1 } }, { session: third })
      .catch((error) => error);
    expect(stale.code).to.equal(112);
    expect(await seats.findOne({})).to.include({ n: 2 });
  });

  it('cannot both take a unique key, nor one that was free only in their snapshot', async () => {
    const [first, second] = [begin(), begin()];
    await letters.findOne({}, { session: second });
    await seats.insertOne({ place: 1 }, { session: first });
    expect(await codeOf(seats.insertOne({ place: 1 }, { session: second }))).to.equal(112);
    await first.commitTransaction();
    const third = begin();
    expect(await codeOf(seats.insertOne({ place: 1 }, { session: third }))).to.equal(11000);
    expect(await codeOf(third.commitTransaction())).to.equal(251);
    const fourth = begin();
    await letters.findOne({}, { session: fourth });
    await seats.insertOne({ place: 7 });
    expect(await codeOf(seats.insertOne({ place: 7 }, { session: fourth }))).to.equal(112);
  });

  it('make a write outside wait, which then sees what they left', async () => {
    await seats.insertOne({ place: 1, n: 0 });
    const session = begin();
    await seats.updateOne({ place: 1 }, { $inc: { n: 1 } }, { session });
    await seats.insertOne({ place: 2 }, { session });
    const waiting = seats.updateOne({ place: 1 }, [
      { $set: { n: { $multiply: [{ $add: ['$n', 10] }, 2] } } },
    ]);
    const taking = codeOf(seats.insertOne({ place: 2 }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await seats.findOne({ place: 1 })).to.include({ n: 0 });
    await session.commitTransaction();
    expect((await waiting).modifiedCount).to.equal(1);
    expect(await taking).to.equal(11000);
    expect(await seats.findOne({ place: 1 })).to.include({ n: 22 });
  });

  it('give a write outside WriteConflict after five seconds', async () => {
    await seats.insertOne({ place: 1 });
    const session = begin();
    await seats.updateOne({ place: 1 }, { $set: { n: 1 } }, { session });
    expect(await codeOf(seats.deleteMany({}))).to.equal(112);
    await session.commitTransaction();
    expect(await codeOf(seats.deleteMany({}))).to.equal(0);
  });

  it('answer a repeated commit the same, and none that never was with 251', async () => {
    const session = begin();
    await seats.insertOne({ place: 1 }, { session });
    await session.commitTransaction();
    await session.commitTransaction();
    expect(await seats.countDocuments()).to.equal(1);
    const { id } = store.client.startSession();
    const commit = { commitTransaction: 1, lsid: id, txnNumber: 5, autocommit: false };
    expect(await codeOf(store.client.db('admin').command(commit))).to.equal(251);
  });

  it('end with the first error', async () => {
    await seats.insertOne({ place: 1 });
    const session = begin();
    await letters.insertOne({ to: 'a' }, { session });
    expect(await codeOf(seats.insertOne({ place: 1 }, { session }))).to.equal(11000);
    expect(await codeOf(letters.insertOne({ to: 'b' }, { session }))).to.equal(251);
    expect(await letters.countDocuments()).to.equal(0);
  });

  it('end with their session', async () => {
    await seats.insertOne({ place: 1 });
    const session = begin();
    await seats.updateOne({ place: 1 }, { $set: { n: 1 } }, { session });
    await store.client.db('admin').command({ endSessions: [session.id] });
    expect(await codeOf(seats.updateOne({ place: 1 }, { $set: { n: 2 } }))).to.equal(0);
    expect(await codeOf(session.commitTransaction())).to.equal(251);
  });

  it('read through cursors that end with them', async () => {
    await seats.insertMany(Array.from({ length: 20 }, (_, place) => ({ place })));
    const session = begin();
    const cursor = seats.find({}, { session, batchSize: 5 });
    await cursor.next();
    await session.commitTransaction();
    const more = store.client.db().command({ getMore: cursor.id, collection: 'seats' });
    expect(await codeOf(more)).to.equal(43);
  });

  it('refuse commands that MongoDB refuses in them', async () => {
    const session = begin();
    expect(await codeOf(store.client.db().command({ count: 'seats' }, { session }))).to.equal(263);
  });

  for (const readsFirst of [false, true]) {
    it(`succeed in turn on one document, ${readsFirst ? 'read before' : 'written at once'}`, async () => {
      await seats.insertOne({ place: 'hot', n: 0 });
      const once = () =>
        store.client.withSession((session) =>
          session.withTransaction(async () => {
            const seen = readsFirst ? await seats.findOne({ place: 'hot' }, { session }) : undefined;
            const update = seen ? { $set: { n: seen.n + 1 } } : { $inc: { n: 1 } };
            await seats.updateOne({ place: 'hot' }, update, { session });
            await letters.insertOne({ to: 'hot' }, { session });
          }),
        );
      await Promise.all(
        Array.from({ length: 30 }, async () => {
          for (let i = 0; i < 5; i++) await once();
        }),
      );
      expect(await seats.findOne({ place: 'hot' })).to.include({ n: 150 });
      expect(await letters.countDocuments()).to.equal(150);
    });
  }

  it('do what the same writes do outside', async () => {
    const seed = newSeed();
    expect(await fuzzTransactions(store.client, seeded(seed), 40), `SEED=${seed}`).to.equal(undefined);
  });
});
