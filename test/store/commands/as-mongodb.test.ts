import { type Document, EJSON } from 'bson';
import { expect } from 'chai';
import type { Collection, Db } from 'mongodb';
import { codeOf, type Temporary, temporaryStore } from '../temporary.ts';

/** Differences from MongoDB that were found from outside, and others of their kinds. */
describe('as MongoDB', () => {
  let store: Temporary;
  let db: Db;
  let c: Collection<Document>;
  let n = 0;
  before(async () => {
    store = await temporaryStore();
    db = store.client.db();
  });
  after(() => store.close());
  beforeEach(() => {
    c = db.collection(`c${n++}`);
  });

  const codes = (...answers: Promise<unknown>[]) => Promise.all(answers.map(codeOf));
  const ids = async (found: Promise<Document[]>) => (await found).map(({ _id }) => _id);
  const stage = (...stages: Document[]) => codeOf(c.aggregate(stages).toArray());

  async function expressionCodes(...expressions: unknown[]): Promise<number[]> {
    await c.insertOne({});
    return codes(...expressions.map((r) => c.aggregate([{ $project: { r } }]).toArray()));
  }

  describe('a sparse index', () => {
    it('holds no key of an array element that has none of its fields', async () => {
      await c.createIndex({ 'a.x': 1 }, { unique: true, sparse: true });
      for (const [a, other] of [
        [[], []],
        [[{ y: 1 }], [{ y: 2 }]],
        [
          [{ x: 1 }, {}],
          [{ x: 2 }, {}],
        ],
        [[1], [1]],
        [5, 5],
      ])
        await c.insertMany([{ a }, { a: other }]);
      expect(await c.countDocuments()).to.equal(10);
      expect(await codeOf(c.insertOne({ a: [{}, { x: 2 }] }))).to.equal(11000);
      await c.insertOne({ a: [{ x: null }] });
      expect(await codeOf(c.insertOne({ a: [{ x: null }] }))).to.equal(11000);
    });

    it('of two fields leaves out only keys that have neither', async () => {
      await c.createIndex({ 'a.x': 1, b: 1 }, { unique: true, sparse: true });
      await c.insertMany([{ a: [] }, { a: [{}] }, {}]);
      await c.insertMany([{ a: [{}], b: 1 }, { a: [{ x: 1 }] }]);
      expect(await codeOf(c.insertOne({ a: [], b: 1 }))).to.equal(11000);
      expect(await codeOf(c.insertOne({ a: [{ x: 1 }, {}] }))).to.equal(11000);
    });

    it('or a partial one answers a hint with the documents that it holds', async () => {
      await c.insertMany([{ _id: 1 }, { _id: 2, a: 1, b: 1 }, { _id: 3, b: 2 }] as Document[]);
      await c.createIndex({ a: 1 }, { sparse: true });
      await c.createIndex({ b: 1 }, { partialFilterExpression: { b: { $gt: 1 } } });
      expect(await ids(c.find().hint({ a: 1 }).toArray())).to.deep.equal([2]);
      expect(await ids(c.find({ b: 1 }).hint({ a: 1 }).toArray())).to.deep.equal([2]);
      expect(await ids(c.find().hint('b_1').toArray())).to.deep.equal([3]);
      expect(
        await ids(
          c
            .find({ a: { $exists: false } })
            .hint({ a: 1 })
            .toArray(),
        ),
      ).to.deep.equal([]);
      expect(await c.countDocuments({}, { hint: 'a_1' })).to.equal(1);
      expect((await db.command({ count: c.collectionName, hint: { a: 1 } })).n).to.equal(1);
      expect(await ids(c.find().toArray())).to.deep.equal([1, 2, 3]);
    });
  });

  it('a pattern and its negation never both match', async () => {
    await c.insertMany([
      { _id: 1, a: /x/ },
      { _id: 2, a: 'x' },
      { _id: 3, a: 'y' },
    ] as Document[]);
    expect(await ids(c.find({ a: /x/ }).toArray())).to.deep.equal([1, 2]);
    expect(await ids(c.find({ a: { $not: /x/ } }).toArray())).to.deep.equal([3]);
    expect(await ids(c.find({ a: { $not: { $regex: 'x' } } }).toArray())).to.deep.equal([3]);
    expect(await ids(c.find({ a: { $nin: [/x/] } }).toArray())).to.deep.equal([3]);
    expect(await ids(c.find({ a: { $eq: /x/ } }).toArray())).to.deep.equal([1]);
  });

  it('filters are checked', async () => {
    const filters: [Document, number][] = [
      [{ a: { $ne: /x/ } }, 2],
      [{ a: { $gt: /x/ } }, 2],
      [{ a: { $type: [] } }, 9],
      [{ a: { $type: 'nothing' } }, 2],
      [{ a: { $type: true } }, 14],
      [{ a: { $elemMatch: { $expr: true } } }, 2],
      [{ a: { $in: 5 } }, 2],
      [{ a: { $size: -1 } }, 2],
      [{ a: { $mod: [0, 1] } }, 2],
      [{ a: { $bitsAllSet: -1 } }, 9],
      [{ $and: [] }, 2],
      [{ a: { $regex: 'x', $options: 'q' } }, 51108],
    ];
    const found = await codes(...filters.map(([filter]) => c.find(filter).toArray()));
    expect(found).to.deep.equal(filters.map(([, code]) => code));
  });

  it('updates are checked', async () => {
    await c.insertOne({ a: 1, l: [3, 1] });
    const updates: [Document | Document[], Document, number][] = [
      [{ $rename: { a: 'a' } }, {}, 2],
      [{ $rename: { a: 'a.b' } }, {}, 2],
      [{ $rename: { 'a.b': 'a' } }, {}, 2],
      [{ $rename: { 'l.$': 'b' } }, {}, 2],
      [{ $rename: { a: 5 } }, {}, 2],
      [[{ $set: { a: 1 } }], { arrayFilters: [{ x: 1 }] }, 9],
      [[{ $set: {} }], {}, 40177],
      [[{ $unset: [] }], {}, 31119],
      [{ $set: { 'l.$[E]': 1 } }, { arrayFilters: [{ E: 1 }] }, 2],
      [{ $set: { 'l.$[e]': 1 } }, { arrayFilters: [{ e: 1, f: 1 }] }, 9],
      [{ $push: { l: { $each: [1], $sort: 2 } } }, {}, 2],
      [{ $push: { l: { $each: [1], $sort: 'x' } } }, {}, 2],
      [{ $push: { l: { $each: [1], $sort: {} } } }, {}, 2],
      [{ $push: { l: { $each: [1], $sort: { a: 0 } } } }, {}, 2],
      [{ $push: { l: { $each: [1], more: 1 } } }, {}, 2],
      [{ $addToSet: { l: { $each: [1], $slice: 1 } } }, {}, 2],
      [{ $currentDate: { d: { $type: 'date', more: 1 } } }, {}, 2],
      [{ $pull: { l: { $expr: true } } }, {}, 2],
    ];
    const found = await codes(...updates.map(([update, options]) => c.updateOne({}, update, options)));
    expect(found).to.deep.equal(updates.map(([, , code]) => code));
    expect(await c.findOne({}, { projection: { _id: 0 } })).to.deep.equal({ a: 1, l: [3, 1] });
    expect(
      await codes(
        db.command({ update: c.collectionName, updates: [{ q: {}, u: { a: 1 }, arrayFilters: [{ x: 1 }] }] }),
        db.command({ findAndModify: c.collectionName, remove: true, upsert: true }),
        db.command({ findAndModify: c.collectionName, remove: true, new: true }),
      ),
    ).to.deep.equal([0, 9, 9]);
  });

  it('functions that are not defined for an argument say so', async () => {
    const expressions: [unknown, number][] = [
      [{ $sqrt: -1 }, 28714],
      [{ $ln: 0 }, 28766],
      [{ $log10: -1 }, 28761],
      [{ $log: [0, 2] }, 28758],
      [{ $log: [2, 1] }, 28759],
      [{ $log: [2, -1] }, 28759],
      [{ $pow: [0, -1] }, 28764],
      [{ $mod: [1, 0] }, 16610],
      [{ $divide: [1, 0] }, 2],
      [{ $sqrt: 'x' }, 28765],
      [{ $abs: 'x' }, 28765],
      [{ $ceil: 'x' }, 28765],
      [{ $round: ['x', 1] }, 51081],
      [{ $round: [1, 1.5] }, 51082],
      [{ $round: [1, 101] }, 51083],
      [{ $arrayToObject: { $literal: [['a']] } }, 40397],
      [{ $arrayToObject: { $literal: [['a', 1, 2]] } }, 40397],
      [{ $arrayToObject: { $literal: [['a', 1], { k: 'b', v: 1 }] } }, 40396],
      [{ $arrayToObject: { $literal: [{ k: 'b', v: 1 }, ['a', 1]] } }, 40391],
      [{ $arrayToObject: { $literal: [{ k: 'a' }] } }, 40392],
      [{ $arrayToObject: { $literal: [{ k: 'a', x: 1 }] } }, 40393],
      [{ $arrayToObject: { $literal: [{ k: 1, v: 1 }] } }, 40394],
      [{ $arrayToObject: { $literal: [[1, 1]] } }, 40395],
      [{ $arrayToObject: { $literal: [1] } }, 40398],
      [{ $range: ['x', 1] }, 34443],
      [{ $range: [0, 1.5] }, 34446],
      [{ $range: [0, 1, 0] }, 34449],
      [{ $range: [0, 2 ** 31 - 1] }, 146],
      [{ $map: { input: 1, in: 1 } }, 16883],
      [{ $map: { input: [], as: 'A', in: 1 } }, 16867],
      [{ $let: { vars: { 'a-b': 1 }, in: 1 } }, 16868],
      [{ $trim: { input: 1 } }, 50699],
      [{ $regexMatch: { input: 1, regex: 'x' } }, 51104],
      [{ $regexMatch: { input: 'a', regex: 1 } }, 51105],
      [{ $regexMatch: { input: 'a', regex: 'a', options: 1 } }, 51106],
      [{ $regexMatch: { input: 'a', regex: /a/i, options: 'm' } }, 51107],
      [{ $sortArray: { input: [1], sortBy: 2 } }, 2942507],
      [{ $convert: { input: 1, to: 'nothing' } }, 2],
      [{ $convert: { input: 1, to: 'object' } }, 241],
      [{ $trim: { input: 'a', more: 1 } }, 9],
      [{ a: { 'b.c': 1 } }, 0],
      [{ $literal: { $a: 1 } }, 0],
    ];
    const found = await expressionCodes(...expressions.map(([expression]) => expression));
    expect(found).to.deep.equal(expressions.map(([, code]) => code));
  });

  it('stages are checked', async () => {
    await c.insertOne({ _id: 1 } as Document);
    const pipelines: [Document[], number][] = [
      [[{ $unwind: { path: '$a', includeArrayIndex: '$i' } }], 28822],
      [[{ $unwind: { path: '$a', includeArrayIndex: '' } }], 28810],
      [[{ $unwind: { path: '$a', preserveNullAndEmptyArrays: 1 } }], 28809],
      [[{ $unwind: { path: 5 } }], 28808],
      [[{ $unwind: { path: '$a', more: 1 } }], 28811],
      [[{ $unwind: {} }], 28812],
      [[{ $unwind: 5 }], 15981],
      [[{ $unwind: 'a' }], 28818],
      [[{ $unwind: '$a.' }], 40353],
      [[{ $facet: { a: [{ $facet: { b: [] } }] } }], 40600],
      [[{ $facet: { a: [{ $out: 'x' }] } }], 40600],
      [[{ $facet: { a: [{ $collStats: {} }] } }], 40600],
      [[{ $facet: {} }], 40169],
      [[{ $facet: { a: {} } }], 40170],
      [[{ $facet: { $a: [] } }], 16410],
      [[{ $out: 'x' }, { $match: {} }], 40601],
      [[{ $match: {} }, { $collStats: { count: {} } }], 40602],
      [[{ $match: 5 }], 15959],
      [[{ $project: 5 }], 15969],
      [[{ $project: { a: 0, b: 1 } }], 31253],
      [[{ $project: { a: 1, b: 0 } }], 31254],
      [[{ $project: { 'a.$': 1 } }], 31324],
      [[{ $project: { 'a.': 1 } }], 40353],
      [[{ $project: { $a: 1 } }], 16410],
      [[{ $addFields: {} }], 40177],
      [[{ $unset: 5 }], 31002],
      [[{ $unset: ['a', 5] }], 31120],
      [[{ $replaceRoot: {} }], 40414],
      [[{ $replaceRoot: { newRoot: '$$ROOT', more: 1 } }], 40415],
      [[{ $skip: -1 }], 5107200],
      [[{ $limit: -1 }], 5107201],
      [[{ $limit: 0 }], 15958],
      [[{ $count: '' }], 40157],
      [[{ $count: '$a' }], 40158],
      [[{ $count: 'a.b' }], 40160],
      [[{ $sort: 5 }], 15973],
      [[{ $sort: {} }], 15976],
      [[{ $sort: { a: 2 } }], 15975],
      [[{ $group: 5 }], 15947],
      [[{ $group: {} }], 15955],
      [[{ $group: { _id: 1, a: { $sum: ['$a', '$b'] } } }], 40237],
      [[{ $group: { _id: 1, a: 5 } }], 40234],
      [[{ $group: { _id: 1, 'a.b': { $sum: 1 } } }], 40235],
      [[{ $group: { _id: 1, a: { $sum: 1, $max: 1 } } }], 40238],
      [[{ $group: { _id: 1, a: { $count: 1 } } }], 14],
      [[{ $bucket: { groupBy: '$a', boundaries: [1] } }], 40192],
      [[{ $bucket: { groupBy: '$a', boundaries: [1, 'a'] } }], 40193],
      [[{ $bucket: { groupBy: '$a', boundaries: [2, 1] } }], 40194],
      [[{ $bucket: { groupBy: '$a', boundaries: [1, 3], default: 2 } }], 40199],
      [[{ $bucket: { groupBy: 'a', boundaries: [1, 3] } }], 40202],
      [[{ $bucket: { boundaries: [1, 3] } }], 40198],
      [[{ $sortByCount: 'a' }], 40148],
      [[{ $sortByCount: 5 }], 40149],
      [[{ $lookup: { from: 'x', as: 'y', localField: 'a' } }], 9],
      [[{ $lookup: { from: 'x', as: 'y', more: 1, pipeline: [] } }], 9],
      [[{ $lookup: { from: 'x', as: '$y', pipeline: [] } }], 16410],
      [[{ $lookup: { from: 'x', as: 'y', pipeline: [{ $mach: 1 }] } }], 40324],
      [[{ $graphLookup: { from: 'x' } }], 40105],
      [[{ $graphLookup: { from: 'x', more: 1 } }], 40104],
      [[{ $graphLookup: { from: 'x', maxDepth: -1 } }], 40101],
      [[{ $unionWith: { pipeline: [] } }], 40414],
      [[{ $merge: { into: 'x', whenMatched: 'nothing' } }], 2],
      [[{ $merge: { into: 'x', more: 1 } }], 40415],
      [[{ $match: {}, $sort: {} }], 40323],
    ];
    const found = await Promise.all(pipelines.map(([pipeline]) => stage(...pipeline)));
    expect(found.map((code, i) => [EJSON.stringify(pipelines[i]?.[0]), code])).to.deep.equal(
      pipelines.map(([pipeline, code]) => [EJSON.stringify(pipeline), code]),
    );
  });

  it('pipelines do not write within a transaction', async () => {
    await c.insertOne({ _id: 1 } as Document);
    for (const stage of [{ $out: 'written' }, { $merge: 'written' }])
      await store.client.withSession(async (session) => {
        session.startTransaction();
        expect(await codeOf(c.aggregate([stage], { session }).toArray())).to.equal(263);
        await session.abortTransaction();
      });
    expect(await db.listCollections({ name: 'written' }).toArray()).to.deep.equal([]);
  });

  it('$graphLookup tells the depth and restricts its search', async () => {
    await c.insertMany([
      { _id: 1, next: 2 },
      { _id: 2, next: 3, kept: true },
      { _id: 3, kept: true },
    ] as Document[]);
    const lookup = (options: Document) =>
      c
        .aggregate([
          { $match: { _id: 1 } },
          {
            $graphLookup: {
              from: c.collectionName,
              startWith: '$next',
              connectFromField: 'next',
              connectToField: '_id',
              as: 'found',
              ...options,
            },
          },
        ])
        .toArray();
    const [deep] = await lookup({ depthField: 'depth' });
    expect(deep?.found.map((each: Document) => [each._id, each.depth])).to.have.deep.members([
      [2, 0],
      [3, 1],
    ]);
    const [restricted] = await lookup({ restrictSearchWithMatch: { next: { $exists: true } } });
    expect(restricted?.found.map(({ _id }: Document) => _id)).to.deep.equal([2]);
  });

  it('$merge runs a pipeline on what it meets', async () => {
    await c.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ] as Document[]);
    const into = `${c.collectionName}-merged`;
    await db.collection<{ _id: number; n: number }>(into).insertOne({ _id: 1, n: 10 });
    await c
      .aggregate([
        {
          $merge: {
            into,
            let: { twice: { $multiply: ['$n', 2] } },
            whenMatched: [{ $set: { n: { $add: ['$n', '$$new.n', '$$twice'] } } }],
          },
        },
      ])
      .toArray();
    expect(await db.collection(into).find().sort({ _id: 1 }).toArray()).to.deep.equal([
      { _id: 1, n: 13 },
      { _id: 2, n: 2 },
    ]);
  });

  it('refuses at creation what a replica set would refuse', async () => {
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 1]));
    const indexes: [Document, Document, number][] = [
      [keys(33), {}, 67],
      [keys(32), {}, 0],
      [{ a: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }, 67],
      [{ a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }, 67],
      [{ a: 1 }, { partialFilterExpression: { a: { $exists: false } } }, 67],
      [{ a: 1 }, { partialFilterExpression: { a: /x/ } }, 67],
      [{ b: 1 }, { partialFilterExpression: 5 }, 14],
      [{ b: 1 }, { unique: 'yes' }, 14],
      [{ 'b..c': 1 }, {}, 67],
      [{ $b: 1 }, {}, 67],
      [{ b: 0 }, {}, 67],
      [{ b: true }, {}, 67],
      [{ b: 1 }, { name: '_id_' }, 2],
      [{ b: 1 }, { name: '' }, 67],
      [{ _id: 1 }, { unique: true }, 197],
      [{ _id: 1 }, { sparse: true }, 197],
      [{ _id: 1 }, {}, 0],
    ];
    const found = await codes(
      ...indexes.map(([key, options]) =>
        db.command({ createIndexes: c.collectionName, indexes: [{ key, name: 'n'.repeat(5), ...options }] }),
      ),
    );
    // those with one name and different keys conflict: only what is refused by itself is compared
    expect(found.map((code, i) => (indexes[i]?.[2] === 0 ? 0 : code))).to.deep.equal(
      indexes.map(([, , code]) => code),
    );
    expect(await codeOf(db.command({ createIndexes: c.collectionName, indexes: [] }))).to.equal(2);
  });

  it('refuses a 65th index, and says if all are there', async () => {
    const specs = Array.from({ length: 64 }, (_, i) => ({ key: { [`k${i}`]: 1 }, name: `k${i}` }));
    await c.createIndexes(specs.slice(0, 63));
    expect(await codeOf(c.createIndexes(specs.slice(63)))).to.equal(67);
    const again = await db.command({ createIndexes: c.collectionName, indexes: specs.slice(0, 2) });
    expect(again.note).to.equal('all indexes already exist');
  });

  it('refuses names of databases and collections that MongoDB refuses', async () => {
    await store.client.db('Stad').collection('c').insertOne({});
    const insert = (database: string, name: string) =>
      codeOf(store.client.db(database).command({ create: name }));
    expect(await insert('stad', 'c')).to.equal(13297);
    expect(await insert('Stad', 'system.x')).to.equal(73);
    expect(await insert('Stad', 'x'.repeat(251))).to.equal(73);
    expect(await insert('Stad', 'x'.repeat(250))).to.equal(0);
  });

  it('nests documents 180 deep and no deeper', async () => {
    const nested = (levels: number): Document => (levels === 1 ? {} : { a: nested(levels - 1) });
    await c.insertOne({ _id: 1, a: nested(179) } as Document);
    expect(await codeOf(c.insertOne({ _id: 2, a: nested(180) } as Document))).to.equal(15);
    expect(await codeOf(c.insertOne({ _id: 3, a: nested(250) } as Document))).to.equal(15);
    expect(await codeOf(c.updateOne({}, { $set: { b: [nested(179)] } }))).to.equal(15);
    expect(await c.countDocuments()).to.equal(1);
  });

  it('ends a command whose time is over, also within one expression', async () => {
    await c.insertOne({ a: 1 });
    const inner = { $map: { input: { $range: [0, 1000] }, in: 1 } };
    const loop = { $size: { $map: { input: { $range: [0, 6_000_000] }, in: inner } } };
    expect(await codeOf(c.find({ $expr: loop }, { maxTimeMS: 50 }).toArray())).to.equal(50);
    expect(await codeOf(c.aggregate([{ $project: { loop } }], { maxTimeMS: 50 }).toArray())).to.equal(50);
  });

  it('is not stopped by a pattern that backtracks', async () => {
    await c.insertOne({ s: `${'a'.repeat(40)}!` });
    expect(await c.countDocuments({ s: /^(a+)+$/ })).to.equal(0);
    expect(await codeOf(c.find({ s: /^(?=(a+)+$)/ }).toArray())).to.equal(51156);
  });

  it('asks for a cursor by its collection', async () => {
    await c.insertMany(Array.from({ length: 5 }, () => ({})));
    const { cursor } = await db.command({ find: c.collectionName, batchSize: 1 });
    expect(await codeOf(db.command({ getMore: cursor.id, collection: 'another' }))).to.equal(13);
    expect(await codeOf(db.command({ getMore: cursor.id, collection: c.collectionName }))).to.equal(0);
  });
});
