import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { codeOf, type Temporary, temporaryStore } from '../temporary.ts';

describe('reads that may take long', () => {
  let store: Temporary;
  let people: Collection<Document>;
  before(async () => {
    store = await temporaryStore();
    people = store.client.db().collection('people');
  });
  after(() => store.close());
  beforeEach(async () => {
    await people.drop();
    await people.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n, town: n % 7, at: new Date(n) })));
  });

  const towns = [{ $group: { _id: '$town', number: { $sum: 1 } } }, { $sort: { _id: 1 } }];

  it('let others pass meanwhile', async () => {
    // the matcher of patterns that could backtrack takes its time over each document
    const text = 'a'.repeat(400);
    await people.updateMany({}, { $set: { text } });
    let isAnswered = false;
    const slow = people.countDocuments({ text: { $regex: '(a|aa)+b' } }).then((number) => {
      isAnswered = true;
      return number;
    });
    for (let n = 0; n < 3; n++) expect(await people.findOne({ n })).to.include({ n });
    expect(isAnswered).to.equal(false);
    expect(await slow).to.equal(0);
  });

  it('see what has been written, indexed, dropped and made anew before them', async () => {
    for (let round = 0; round < 3; round++) {
      await people.insertOne({ town: 0, round });
      expect(await people.aggregate(towns).next()).to.deep.equal({ _id: 0, number: 144 + round });
      expect(await people.countDocuments({ round })).to.equal(1);
    }
    await people.createIndex({ tags: 1 });
    await people.insertMany([{ tags: ['a', 'b'] }, { tags: ['b'] }]);
    expect(await people.distinct('tags', { tags: { $gte: 'a' } })).to.deep.equal(['a', 'b']);
    await people.drop();
    await people.insertOne({ town: 'new' });
    expect(await people.aggregate(towns).toArray()).to.deep.equal([{ _id: 'new', number: 1 }]);
  });

  it('answer in batches, in types and with errors as others do', async () => {
    const sorted = people.find({ n: { $lt: 300 } }).sort({ at: -1 });
    const all = await sorted.batchSize(50).toArray();
    expect(all.map(({ n }) => n)).to.deep.equal(Array.from({ length: 300 }, (_, n) => 299 - n));
    expect(all[0]?.at).to.deep.equal(new Date(299));
    expect(await people.find().sort({ at: 1 }).skip(3).limit(1).next()).to.include({ n: 3 });
    expect(await people.aggregate([{ $group: { _id: null, last: { $max: '$at' } } }]).next()).to.deep.equal({
      _id: null,
      last: new Date(999),
    });
    const wrong = people.aggregate([{ $group: { _id: { $divide: ['$n', 0] } } }]).toArray();
    expect(await codeOf(wrong)).to.equal(2);
    const variables = { let: { least: 998 } };
    const counted = [{ $match: { $expr: { $gte: ['$n', '$$least'] } } }, { $count: 'number' }];
    expect(await people.aggregate(counted, variables).next()).to.deep.equal({ number: 2 });
  });

  it('of a transaction are its own', async () => {
    await store.client.withSession((session) =>
      session.withTransaction(async () => {
        await people.insertOne({ town: 0 }, { session });
        expect(await people.countDocuments({ town: 0 }, { session })).to.equal(144);
        expect(await people.countDocuments({ town: 0 })).to.equal(143);
      }),
    );
  });
});
