import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { type Temporary, temporaryStore } from '../temporary.ts';

describe('the indexes that a query uses', () => {
  let store: Temporary;
  let c: Collection<Document>;
  before(async () => {
    store = await temporaryStore();
    c = store.client.db().collection('c');
    for (const key of ['a', 'b', 's', 'l.x']) await c.createIndex({ [key]: 1 });
    await c.insertMany(
      Array.from({ length: 100 }, (_, n) => ({
        ...{ n, a: n, b: n % 50, s: `${'abc'[n % 3]}${n}` },
        l: [{ x: n }, { x: n + 1, y: 1 }],
      })),
    );
    await c.insertMany([{ s: /^a1/ }, { s: ['b', 'a10x'] }]);
  });
  after(() => store.close());

  async function looked(filter: Document): Promise<{ index: unknown; examined: number; found: number }> {
    const { queryPlanner, executionStats } = await c.find(filter).explain('executionStats');
    const all = await c.find(filter).hint({ $natural: 1 }).toArray();
    expect(executionStats.nReturned, JSON.stringify(filter)).to.equal(all.length);
    const names = [...JSON.stringify(queryPlanner.winningPlan).matchAll(/"indexName":"([^"]+)"/g)];
    return {
      index: names.map(([, name]) => name).join(' '),
      examined: executionStats.totalDocsExamined,
      found: all.length,
    };
  }

  it('are those of each part of $or', async () => {
    expect(await looked({ $or: [{ a: 1 }, { b: 2 }] })).to.deep.equal({
      index: 'a_1 b_1',
      examined: 3,
      found: 3,
    });
    expect(await looked({ n: 2, $or: [{ a: 2 }, { $or: [{ b: 2 }, { 'l.x': 2 }] }] })).to.include({
      found: 1,
    });
    expect(await looked({ $or: [{ a: 1 }, { n: 2 }] })).to.include({ index: '', found: 2 });
    const sorted = await c
      .find({ $or: [{ a: 3 }, { b: 2 }] })
      .sort({ n: -1 })
      .toArray();
    expect(sorted.map(({ n }) => n)).to.deep.equal([52, 3, 2]);
  });

  it('are those of a single value before those of several, whichever was made first', async () => {
    expect(await looked({ b: { $in: [1, 2] }, a: 1 })).to.deep.equal({ index: 'a_1', examined: 1, found: 1 });
    expect(await looked({ a: { $in: [1, 2] }, b: 1 })).to.deep.equal({ index: 'b_1', examined: 2, found: 1 });
  });

  it('serve patterns that are anchored, and no others', async () => {
    const anchored = { index: 's_1', examined: 5, found: 5 };
    // a12, a15, a18, the pattern itself and an element of an array
    expect(await looked({ s: /^a1/ })).to.deep.equal(anchored);
    expect(await looked({ s: { $regex: '^a1.*$' } })).to.include({ index: 's_1', examined: 4 });
    expect(await looked({ s: /^a1/i })).to.include({ index: '' });
    expect(await looked({ s: /a1/ })).to.include({ index: '' });
    expect(await looked({ s: /^a1|^b/ })).to.include({ index: '' });
  });

  it('serve $elemMatch and equality in $expr', async () => {
    expect(await looked({ l: { $elemMatch: { x: 5, y: 1 } } })).to.deep.equal({
      index: 'l.x_1',
      examined: 2,
      found: 1,
    });
    expect(await looked({ $expr: { $eq: ['$b', 5] } })).to.deep.equal({
      index: 'b_1',
      examined: 2,
      found: 2,
    });
    expect(await looked({ $expr: { $and: [{ $eq: [7, '$b'] }, { $gt: ['$n', 50] }] } })).to.deep.equal({
      index: 'b_1',
      examined: 2,
      found: 1,
    });
    expect(await looked({ $expr: { $eq: ['$a', '$b'] } })).to.include({ index: '', found: 50 + 2 });
  });
});
