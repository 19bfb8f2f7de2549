import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { codeOf, type Temporary, temporaryStore } from '../temporary.ts';

describe('pipelines that write', () => {
  let store: Temporary;
  let from: Collection<Document>;
  let into: Collection<Document>;
  before(async () => {
    store = await temporaryStore();
  });
  after(() => store.close());
  beforeEach(async () => {
    await store.client.db().dropDatabase();
    from = store.client.db().collection('from');
    into = store.client.db().collection('into');
    await from.insertMany([1, 2, 3].map((n) => ({ _id: n as never, n, same: 'new' })));
    await into.createIndex({ n: 1 }, { unique: true });
    await into.insertMany([
      { _id: 1 as never, n: 1, same: 'old', own: true },
      { _id: 9 as never, n: 9 },
    ]);
  });

  const all = () => into.find().sort({ _id: 1 }).toArray();
  const kept = { _id: 9, n: 9 };
  const second = { _id: 2, n: 2, same: 'new' };

  it('replace a collection with $out and keep its indexes', async () => {
    expect(await from.aggregate([{ $match: { n: { $lt: 3 } } }, { $out: 'into' }]).toArray()).to.deep.equal(
      [],
    );
    expect(await all()).to.deep.equal([{ _id: 1, n: 1, same: 'new' }, second]);
    expect(await codeOf(into.insertOne({ n: 2 }))).to.equal(11000);
  });

  it('leave the collection as it was where $out does not fit its indexes', async () => {
    const before = await all();
    expect(await codeOf(from.aggregate([{ $set: { n: 1 } }, { $out: 'into' }]).toArray())).to.equal(11000);
    expect(await all()).to.deep.equal(before);
  });

  const cases: [whenMatched: string, whenNotMatched: string, expected: Document[]][] = [
    ['merge', 'insert', [{ _id: 1, n: 1, same: 'new', own: true }, second, kept]],
    ['replace', 'insert', [{ _id: 1, n: 1, same: 'new' }, second, kept]],
    ['keepExisting', 'insert', [{ _id: 1, n: 1, same: 'old', own: true }, second, kept]],
    ['merge', 'discard', [{ _id: 1, n: 1, same: 'new', own: true }, kept]],
  ];
  for (const [whenMatched, whenNotMatched, expected] of cases)
    it(`bring documents in with $merge: ${whenMatched}, ${whenNotMatched}`, async () => {
      const merge = { into: 'into', whenMatched, whenNotMatched } as Document;
      await from.aggregate([{ $match: { n: { $lt: 3 } } }, { $merge: merge as never }]).toArray();
      expect(await all()).to.deep.equal(expected);
    });

  it('fail with $merge where they are told to', async () => {
    const merging = (merge: Document) =>
      codeOf(from.aggregate([{ $merge: { into: 'into', ...merge } as never }]).toArray());
    expect(await merging({ whenMatched: 'fail' })).to.equal(11000);
    expect(await merging({ whenNotMatched: 'fail' })).to.equal(13113);
    expect(await merging({ on: 'n' })).to.equal(238);
  });
});
