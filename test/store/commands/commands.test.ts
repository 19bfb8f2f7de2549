import { expect } from 'chai';
import type { Collection, Db, Document } from 'mongodb';
import { codeOf, type Temporary, temporaryStore } from '../temporary.ts';

describe('commands', () => {
  let store: Temporary;
  let db: Db;
  let collection: Collection<{ _id: number; value?: number }>;
  before(async () => {
    store = await temporaryStore();
    db = store.client.db();
    collection = db.collection('c');
  });
  after(() => store.close());
  beforeEach(async () => {
    await collection.deleteMany({});
    await collection.insertMany([{ _id: 1, value: 5 }, { _id: 2 }]);
  });

  const codes = (...commands: Document[]) =>
    Promise.all(commands.map((command) => codeOf(db.command(command))));

  it('take no option of another type than it must have', async () => {
    const wrong = await codes(
      { find: 'c', filter: 5 },
      { find: 'c', sort: 'a' },
      { find: 'c', projection: ['a'] },
      { aggregate: 'c', pipeline: {}, cursor: {} },
      { delete: 'c', deletes: [{ q: 5, limit: 0 }] },
      { update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, arrayFilters: {} }] },
      { findAndModify: 'c', query: 5, remove: true },
      { count: 'c', query: [] },
      { createIndexes: 'c', indexes: {} },
    );
    expect(wrong).to.deep.equal(wrong.map(() => 14));
    expect(await collection.find().toArray()).to.deep.equal([{ _id: 1, value: 5 }, { _id: 2 }]);
  });

  it('miss no option that they need', async () => {
    const missing = await codes(
      { insert: 'c' },
      { aggregate: 'c', cursor: {} },
      { update: 'c', updates: [{ q: {} }] },
      { delete: 'c', deletes: [{ q: {} }] },
    );
    expect(missing).to.deep.equal([40414, 40414, 40414, 40414]);
    expect(await codes({ aggregate: 'c', pipeline: [] })).to.deep.equal([9]);
  });

  it('count from 0, and write at least once', async () => {
    expect(await codes({ find: 'c', limit: -1 }, { find: 'c', skip: -1 })).to.deep.equal([51024, 51024]);
    expect(await codes({ find: 'c', limit: 1.5 })).to.deep.equal([14]);
    expect(await codes({ insert: 'c', documents: [] }, { update: 'c', updates: [] })).to.deep.equal([16, 16]);
  });

  it('delete one or all, and change by a document or a pipeline', async () => {
    const { writeErrors } = await db.command({ update: 'c', updates: [{ q: {}, u: 5 }] });
    expect(writeErrors).to.have.length(1);
    expect(writeErrors[0].code).to.equal(9);
    expect(await codes({ delete: 'c', deletes: [{ q: {}, limit: 2 }] })).to.deep.equal([9]);
    expect(await codes({ findAndModify: 'c', query: {}, update: 'x' })).to.deep.equal([9]);
    expect(await collection.find().toArray()).to.deep.equal([{ _id: 1, value: 5 }, { _id: 2 }]);
  });

  it('give sessions the time by which they read on, with errors too', async () => {
    await store.client.withSession(async (session) => {
      const error = await db.command({ find: 'c', filter: 5 }, { session }).catch((reason) => reason);
      expect(error.errorResponse).to.have.property('operationTime');
      expect(session.operationTime).to.deep.equal(error.errorResponse.operationTime);
    });
  });
});
