import { expect } from 'chai';
import { type Collection, Decimal128, type Document, Double, Long, ObjectId } from 'mongodb';
import mongoose from 'mongoose';
import { codeOf, type Temporary, temporaryStore } from '../temporary.ts';

describe('the embedded database through the driver', () => {
  let store: Temporary;
  let people: Collection<Document>;
  before(async () => {
    store = await temporaryStore();
  });
  after(() => store.close());
  beforeEach(async () => {
    await store.client.db().dropDatabase();
    people = store.client.db().collection('people');
  });

  it('keeps BSON types that nobody asked to change', async () => {
    const typed = {
      _id: 1 as unknown as ObjectId,
      whole: new Double(1),
      long: Long.fromNumber(2),
      money: Decimal128.fromString('1.10'),
    };
    await people.insertOne(typed);
    await people.updateOne({ _id: typed._id }, { $set: { other: 'x' } });
    const found = await people.findOne({}, { promoteValues: false });
    expect(found?.whole).to.be.instanceOf(Double);
    expect(found?.long).to.be.instanceOf(Long);
    expect(String(found?.money)).to.equal('1.10');
  });

  it('keeps an array by the name that an insert has for its documents', async () => {
    const documents = [{ title: 'Program', size: 3 }];
    await people.insertOne({ documents, deeper: { documents } });
    await people.updateOne({}, { $set: { documents, 'deeper.documents': documents } });
    await people.findOneAndUpdate({}, { $set: { 'documents.1': { title: 'Bilder', size: 4 } } });
    const found = await people.findOne({ 'documents.title': 'Bilder' });
    expect(found?.documents).to.deep.equal([...documents, { title: 'Bilder', size: 4 }]);
    expect(found?.deeper.documents).to.deep.equal(documents);
    expect(await people.countDocuments({ documents: { $size: 2 }, 'deeper.documents': documents })).to.equal(
      1,
    );
  });

  it('puts _id first and makes one where there is none', async () => {
    await people.insertOne({ name: 'Alva' }, { forceServerObjectId: true });
    const found = await people.findOne({});
    expect(Object.keys(found ?? {})).to.deep.equal(['_id', 'name']);
    expect(found?._id).to.be.instanceOf(ObjectId);
  });

  it('goes on after an error in an unordered insert and stops at one in an ordered', async () => {
    const documents = [{ _id: 'a' }, { _id: 'a' }, { _id: 'b' }] as Document[];
    const unordered = await people.insertMany(documents, { ordered: false }).catch((error) => error);
    expect(unordered.code).to.equal(11000);
    expect(unordered.result.insertedCount).to.equal(2);
    await people.deleteMany({});
    const ordered = await people.insertMany(documents).catch((error) => error);
    expect(ordered.result.insertedCount).to.equal(1);
  });

  it('says which key is taken', async () => {
    await people.createIndex({ email: 1 }, { unique: true });
    await people.insertOne({ email: 'a@example.se' });
    const error = await people.insertOne({ email: 'a@example.se' }).catch((e) => e);
    expect(error.code).to.equal(11000);
    expect(error.errorResponse.keyPattern).to.deep.equal({ email: 1 });
    expect(error.errorResponse.keyValue).to.deep.equal({ email: 'a@example.se' });
    expect(error.message).to.include(
      'E11000 duplicate key error collection: boostdagar.people index: email_1',
    );
  });

  it('reads with sort, skip, limit, projection and small batches', async () => {
    await people.insertMany(Array.from({ length: 500 }, (_, n) => ({ n, odd: n % 2 === 1 })));
    const page = await people
      .find({ odd: true }, { projection: { _id: 0, n: 1 } })
      .sort({ n: -1 })
      .skip(10)
      .limit(3)
      .toArray();
    expect(page).to.deep.equal([{ n: 479 }, { n: 477 }, { n: 475 }]);
    const all = await people.find({}, { batchSize: 7 }).toArray();
    expect(all.map(({ n }) => n)).to.deep.equal(Array.from({ length: 500 }, (_, n) => n));
    expect(await people.countDocuments({ n: { $gte: 490 } })).to.equal(10);
    expect(await people.estimatedDocumentCount()).to.equal(500);
    expect(await people.distinct('odd')).to.have.members([true, false]);
  });

  it('forgets a cursor that is closed', async () => {
    await people.insertMany(Array.from({ length: 10 }, (_, n) => ({ n })));
    const cursor = people.find({}, { batchSize: 2 });
    await cursor.next();
    const id = cursor.id;
    await cursor.close();
    const more = store.client.db().command({ getMore: id, collection: 'people' });
    expect(await codeOf(more)).to.equal(43);
  });

  it('updates one, many and none, and inserts with upsert', async () => {
    await people.insertMany([{ n: 1 }, { n: 2 }, { n: 2 }]);
    expect(await people.updateMany({ n: 2 }, { $inc: { n: 10 } })).to.include({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await people.updateOne({ n: 1 }, { $set: { n: 1 } })).to.include({
      matchedCount: 1,
      modifiedCount: 0,
    });
    expect(await people.updateOne({ n: 99 }, { $set: { n: 1 } })).to.include({ matchedCount: 0 });
    const upserted = await people.updateOne({ name: 'Bo' }, { $set: { n: 5 } }, { upsert: true });
    expect(await people.findOne({ _id: upserted.upsertedId as ObjectId })).to.include({ name: 'Bo', n: 5 });
    expect(await people.replaceOne({ name: 'Bo' }, { name: 'Bosse' })).to.include({ modifiedCount: 1 });
    expect(await people.deleteMany({ n: 12 })).to.include({ deletedCount: 2 });
  });

  it('finds and modifies, before and after', async () => {
    await people.insertMany([
      { n: 1, k: 'a' },
      { n: 2, k: 'b' },
    ]);
    const before = await people.findOneAndUpdate(
      {},
      { $inc: { n: 5 } },
      { sort: { n: -1 }, projection: { _id: 0 } },
    );
    expect(before).to.deep.equal({ n: 2, k: 'b' });
    const after = await people.findOneAndUpdate({ k: 'b' }, { $inc: { n: 5 } }, { returnDocument: 'after' });
    expect(after?.n).to.equal(12);
    expect(await people.findOneAndDelete({ k: 'a' })).to.include({ n: 1 });
    expect(await people.findOneAndUpdate({ k: 'zz' }, { $set: { n: 1 } })).to.equal(null);
  });

  it('grants no more than there is, however many ask at once', async () => {
    await people.insertOne({ k: 'seats', taken: 0 });
    const asked = Array.from({ length: 300 }, () =>
      people.findOneAndUpdate({ k: 'seats', taken: { $lt: 100 } }, { $inc: { taken: 1 } }),
    );
    const granted = (await Promise.all(asked)).filter((seat) => seat !== null);
    expect(granted).to.have.length(100);
    expect(await people.findOne({ k: 'seats' })).to.include({ taken: 100 });
  });

  it('looks up other collections with their indexes', async () => {
    await people.insertMany([
      { _id: 1, name: 'Alva' },
      { _id: 2, name: 'Bo' },
    ] as unknown as Document[]);
    await store.client
      .db()
      .collection('visits')
      .insertMany([{ person: 1 }, { person: 1 }]);
    const found = await people
      .aggregate([
        { $lookup: { from: 'visits', localField: '_id', foreignField: 'person', as: 'visits' } },
        { $project: { _id: 0, name: 1, visits: { $size: '$visits' } } },
      ])
      .toArray();
    expect(found).to.deep.equal([
      { name: 'Alva', visits: 2 },
      { name: 'Bo', visits: 0 },
    ]);
  });

  it('lists what there is, and makes and drops it', async () => {
    const db = store.client.db();
    await db.createCollection('empty');
    await people.insertOne({});
    expect((await db.listCollections().toArray()).map(({ name }) => name)).to.have.members([
      'empty',
      'people',
    ]);
    await people.drop();
    expect(await people.findOne({})).to.equal(null);
    expect((await db.admin().listDatabases()).databases.map(({ name }) => name)).to.deep.equal([
      'boostdagar',
    ]);
  });

  it('refuses by name what it does not know', async () => {
    const db = store.client.db();
    expect(await codeOf(db.command({ shutdown: 1 }))).to.equal(59);
    const tailable = await db.command({ find: 'people', tailable: true }).catch((error) => error);
    expect(tailable.code).to.equal(238);
    expect(tailable.message).to.include('tailable');
    const text = await people.createIndex({ name: 'text' }).catch((error) => error);
    expect(text.message).to.include('text');
    expect(await codeOf(db.createCollection('c', { capped: true, size: 1000 }))).to.equal(238);
  });

  it('keeps the 50 newest moments of snapshot sessions', async () => {
    const collection = store.client.db().collection('moments');
    await collection.insertOne({ n: 1 });
    const sessions = Array.from({ length: 52 }, () => store.client.startSession({ snapshot: true }));
    for (const session of sessions) await collection.findOne({}, { session });
    const again = await Promise.all(sessions.map((session) => codeOf(collection.findOne({}, { session }))));
    expect(again).to.deep.equal([239, 239, ...Array(50).fill(0)]);
    await Promise.all(sessions.map((session) => session.endSession()));
  });

  it('reads one moment in a snapshot session, however long others write', async () => {
    const moments = store.client.db().collection('moments');
    await moments.insertMany(Array.from({ length: 300 }, (_, n) => ({ n })));
    await store.client.withSession({ snapshot: true }, async (session) => {
      const slow = moments.find({}, { session, batchSize: 10 });
      await slow.next();
      await moments.deleteMany({ n: { $lt: 200 } });
      await moments.insertOne({ n: -1 });
      expect(await slow.toArray()).to.have.length(299);
      expect(await moments.distinct('n', {}, { session })).to.have.length(300);
      expect(await moments.countDocuments({ n: { $gte: 0 } }, { session })).to.equal(300);
      expect(await codeOf(moments.insertOne({}, { session }))).to.not.equal(0);
    });
    expect(await moments.countDocuments()).to.equal(101);
  });

  it('computes the variables of let once', async () => {
    const lets = store.client.db().collection('lets');
    await lets.insertMany([{ n: 3 }, { n: 4 }]);
    const found = await lets
      .find({ $expr: { $eq: ['$n', '$$three'] } }, { let: { three: { $add: [1, 2] } } })
      .toArray();
    expect(found).to.have.length(1);
  });

  it('refuses operators in _id, and what MongoDB 7 does not know in an update', async () => {
    const refusing = store.client.db().collection<Document>('refusing');
    expect(await codeOf(refusing.insertOne({ _id: { $gt: 1 } as never }))).to.equal(52);
    expect(await codeOf(refusing.updateOne({}, { $set: { n: 1 } }, { sort: { n: 1 } }))).to.equal(40415);
  });

  it('gives up a query after maxTimeMS', async () => {
    await people.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n })));
    expect(await codeOf(people.find({ name: /x.*y/ }, { maxTimeMS: 1 }).toArray())).to.equal(50);
  });

  it('refuses documents over 16 MB', async () => {
    await people.insertOne({ k: 'large', text: 'x'.repeat(15_000_000) });
    expect(
      await codeOf(people.updateOne({ k: 'large' }, { $set: { more: 'x'.repeat(2_000_000) } })),
    ).to.equal(10334);
  });

  it('serves mongoose: models, validation, versions, populate', async () => {
    const connection = await mongoose.createConnection(store.uri).asPromise();
    const Town = connection.model('Town', new mongoose.Schema({ name: { type: String, unique: true } }));
    const citizens = new mongoose.Schema({
      name: String,
      town: { type: mongoose.Types.ObjectId, ref: 'Town' },
      tags: [String],
    });
    const Citizen = connection.model('Citizen', citizens);
    await Town.init();
    const town = await Town.create({ name: 'Linköping' });
    await Citizen.create({ name: 'Alva', town: town._id, tags: ['a', 'b'] });
    const found = await Citizen.findOne().populate<{ town: { name: string } }>('town');
    expect(found?.town.name).to.equal('Linköping');
    const [one, other] = [await Citizen.findOne().orFail(), await Citizen.findOne().orFail()];
    one.tags = ['c'];
    await one.save();
    other.tags.splice(0, 1, 'd');
    expect(await other.save().catch((error) => error.name)).to.equal('VersionError');
    expect(await Town.syncIndexes()).to.deep.equal([]);
    await connection.close();
  });
});
