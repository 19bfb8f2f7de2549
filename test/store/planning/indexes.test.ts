import { expect } from 'chai';
import { type Collection, Decimal128, type Document, Long } from 'mongodb';
import { fuzzIndexes } from '../outside/fuzz-indexes.ts';
import { codeOf, newSeed, seeded, type Temporary, temporaryStore } from '../temporary.ts';

describe('the indexes of the embedded database', () => {
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

  async function planOf(filter: Document, sort: Document = {}): Promise<string> {
    const { queryPlanner } = await people.find(filter).sort(sort).explain('queryPlanner');
    const stages: string[] = [];
    for (let stage = queryPlanner.winningPlan; stage; stage = stage.inputStage) {
      stages.push(stage.indexName ? `IXSCAN ${stage.indexName}` : stage.stage);
      if (stage.inputStages) stages.push(`${stage.inputStages.length} IXSCAN`);
    }
    return stages.join(' < ');
  }

  it('serve equality, ranges, prefixes, $in and order, and explain says so', async () => {
    await people.createIndex({ town: 1, age: -1 });
    await people.insertMany(Array.from({ length: 50 }, (_, n) => ({ town: `t${n % 5}`, age: n })));
    const scan = 'FETCH < IXSCAN town_1_age_-1';
    expect(await planOf({ town: 't1' })).to.equal(scan);
    expect(await planOf({ town: 't1', age: { $gt: 3 } }, { age: 1 })).to.equal(scan);
    expect(await planOf({ town: { $in: ['t1', 't2'] } })).to.equal(scan);
    expect(await planOf({ town: { $in: ['t1', 't2'] } }, { age: 1 })).to.equal(
      'FETCH < SORT_MERGE < 2 IXSCAN',
    );
    const ages = await people
      .find({ town: { $in: ['t4', 't1', 't2'] } })
      .sort({ age: -1 })
      .limit(5)
      .toArray();
    expect(ages.map(({ age }) => age)).to.deep.equal([49, 47, 46, 44, 42]);
    expect(await planOf({}, { town: -1, age: 1 })).to.equal(scan);
    expect(await planOf({}, { town: 1, age: 1 })).to.equal('SORT < COLLSCAN');
    expect(await planOf({ age: 3 })).to.equal('COLLSCAN');
    expect(await planOf({ _id: 'x' })).to.equal('FETCH < IXSCAN _id_');
    const { executionStats } = await people.find({ town: 't1', age: { $gte: 40 } }).explain('executionStats');
    expect(executionStats).to.include({ nReturned: 2, totalKeysExamined: 2, totalDocsExamined: 2 });
  });

  it('give the order of a collation, until a text comes whose place in it they do not know', async () => {
    const collation = { locale: 'sv', strength: 2 };
    await people.createIndex({ town: 1, name: 1, _id: 1 }, { collation });
    const names = [
      'Öberg',
      'öberg',
      'Åberg',
      'Zetterlund',
      'Ek',
      'Eék',
      'Eek',
      'Müller',
      'Myrén',
      'Nyman',
      "O'Brien",
    ];
    await people.insertMany(names.map((name, _id) => ({ _id: _id as never, town: 1, name })));
    const asked = () => people.find({ town: 1 }).collation(collation).sort({ name: 1, _id: 1 });
    const stageOf = async () => (await asked().explain('queryPlanner')).queryPlanner.winningPlan.stage;
    const order = async () => (await asked().toArray()).map(({ name }) => name);
    const sorted = [
      'Eek',
      'Eék',
      'Ek',
      'Müller',
      'Myrén',
      'Nyman',
      "O'Brien",
      'Zetterlund',
      'Åberg',
      'Öberg',
      'öberg',
    ];
    expect(await order()).to.deep.equal(sorted);
    expect(await stageOf()).to.equal('FETCH');
    expect(
      (await asked().skip(2).limit(2).explain('executionStats')).executionStats.totalDocsExamined,
    ).to.equal(4);
    await people.insertOne({ town: 1, name: 'Жуков' });
    expect(await stageOf()).to.equal('SORT');
    expect(await order()).to.deep.equal([...sorted, 'Жуков']);
  });

  it('unique ones hold each key once, in arrays and nested documents too', async () => {
    await people.createIndex({ 'mails.address': 1 }, { unique: true });
    await people.insertOne({ mails: [{ address: 'a' }, { address: 'b' }, { address: 'a' }] });
    expect(await codeOf(people.insertOne({ mails: [{ address: 'c' }, { address: 'b' }] }))).to.equal(11000);
    expect(await codeOf(people.insertOne({ mails: [{ address: 'c' }] }))).to.equal(0);
    expect(
      await codeOf(
        people.updateOne({ 'mails.address': 'c' }, { $push: { mails: { address: 'a' } } as never }),
      ),
    ).to.equal(11000);
    expect(await codeOf(people.insertMany([{}, {}]))).to.equal(11000);
  });

  it('unique ones with a collation hold equal spellings once', async () => {
    await people.createIndex({ name: 1 }, { unique: true, collation: { locale: 'sv', strength: 2 } });
    await people.insertOne({ name: 'Åsa' });
    expect(await codeOf(people.insertOne({ name: 'åsa' }))).to.equal(11000);
    expect(await codeOf(people.insertOne({ name: 'Asa' }))).to.equal(0);
    expect(
      await people.countDocuments({ name: 'ÅSA' }, { collation: { locale: 'sv', strength: 2 } }),
    ).to.equal(1);
    expect(await people.countDocuments({ name: 'ÅSA' })).to.equal(0);
  });

  it('unique partial ones follow the document: in, out and in again', async () => {
    const partialFilterExpression = { state: { $in: ['waiting', 'seated'] }, seat: { $exists: true } };
    await people.createIndex({ seat: 1 }, { unique: true, partialFilterExpression });
    await people.insertMany([
      { seat: 1, state: 'seated', n: 1 },
      { seat: 1, state: 'left', n: 2 },
      { state: 'seated' },
      { state: 'seated' },
    ]);
    expect(await codeOf(people.updateOne({ n: 2 }, { $set: { state: 'waiting' } }))).to.equal(11000);
    await people.updateOne({ n: 1 }, { $set: { state: 'left' } });
    expect(await codeOf(people.updateOne({ n: 2 }, { $set: { state: 'waiting' } }))).to.equal(0);
    expect(await codeOf(people.updateOne({ n: 1 }, { $set: { state: 'seated' } }))).to.equal(11000);
  });

  it('partial and sparse ones answer only what they hold all of', async () => {
    await people.createIndex({ age: 1 }, { partialFilterExpression: { age: { $gte: 18 } } });
    await people.createIndex({ nick: 1 }, { sparse: true });
    await people.insertMany([{ age: 5 }, { age: 20, nick: 'x' }, { nick: null }]);
    expect(await planOf({ age: { $gt: 20 } })).to.equal('FETCH < IXSCAN age_1');
    expect(await planOf({ age: 20 })).to.equal('FETCH < IXSCAN age_1');
    expect(await planOf({ age: { $gt: 4 } })).to.equal('COLLSCAN');
    expect(await planOf({ nick: 'x' })).to.equal('FETCH < IXSCAN nick_1');
    expect(await planOf({ nick: null })).to.equal('COLLSCAN');
    expect(await planOf({}, { nick: 1 })).to.equal('SORT < COLLSCAN');
    expect(await people.countDocuments({ nick: null })).to.equal(2);
  });

  it('of two arrays are refused', async () => {
    await people.createIndex({ a: 1, b: 1 });
    expect(await codeOf(people.insertOne({ a: [1], b: [2] }))).to.equal(171);
    await people.insertOne({ a: [{ x: 1 }] });
    expect(await codeOf(people.createIndex({ a: 1, 'b.c': 1 }))).to.equal(0);
  });

  it('conflict as in MongoDB, and are built over what is there', async () => {
    await people.insertMany([{ n: 1 }, { n: 1 }]);
    expect(await codeOf(people.createIndex({ n: 1 }, { unique: true }))).to.equal(11000);
    expect(await people.createIndex({ n: 1 })).to.equal('n_1');
    expect(await codeOf(people.createIndex({ n: 1 }))).to.equal(0);
    expect(await codeOf(people.createIndex({ n: 1 }, { expireAfterSeconds: 5 }))).to.equal(85);
    expect(await codeOf(people.createIndex({ n: 1 }, { name: 'other' }))).to.equal(85);
    expect(await codeOf(people.createIndex({ m: 1 }, { name: 'n_1' }))).to.equal(86);
    expect(await codeOf(people.dropIndex('zz'))).to.equal(27);
    expect(await codeOf(people.dropIndex('_id_'))).to.equal(72);
    await people.dropIndex('n_1');
    expect((await people.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
    expect(await planOf({ n: 1 })).to.equal('COLLSCAN');
  });

  it('tell numbers apart by their exact value, whatever their type', async () => {
    await people.createIndex({ n: 1 }, { unique: true });
    const decimal = (text: string) => Decimal128.fromString(text);
    const whole = Long.fromString('123456789012345000');
    await people.insertMany([{ n: 0.1 }, { n: decimal('0.1') }, { n: 2 }, { n: whole }] as Document[]);
    for (const n of [decimal('2.0'), decimal('123456789012345E3'), decimal('0.10'), Long.fromNumber(2)])
      expect(await codeOf(people.insertOne({ n })), String(n)).to.equal(11000);
    expect(await people.countDocuments({ n: decimal('0.1') })).to.equal(1);
    expect(await people.countDocuments({ n: decimal('123456789012345E3') })).to.equal(1);
    expect(await people.countDocuments({ n: { $gt: decimal('0.1'), $lt: 1 } })).to.equal(1);
    for (const beyond of ['1E400', '1E-400', '0.1234567890123456'])
      expect(await codeOf(people.insertOne({ n: decimal(beyond) })), beyond).to.equal(238);
  });

  it('expire by one field, in a number of seconds', async () => {
    for (const [key, expireAfterSeconds] of [
      [{ a: 1 }, -1],
      [{ a: 1 }, 'x'],
      [{ a: 1, b: 1 }, 5],
    ] as const)
      expect(await codeOf(people.createIndex({ ...key }, { expireAfterSeconds } as object))).to.equal(67);
  });

  it('with a TTL delete what is too old, and nothing else', async () => {
    await people.createIndex({ seen: 1 }, { expireAfterSeconds: 60 });
    const partial = { partialFilterExpression: { left: { $exists: true } } };
    await people.createIndex({ left: 1 }, { expireAfterSeconds: 60, ...partial });
    const old = new Date(Date.now() - 61_000);
    await people.insertMany([
      { k: 1, seen: old },
      { k: 2, seen: new Date() },
      { k: 3 },
      { k: 4, seen: 'long ago' },
      { k: 5, seen: [new Date(), old] },
      { k: 6, left: new Date() },
      { k: 7, left: old },
    ]);
    while ((await people.countDocuments()) > 4) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await people.find().toArray()).map(({ k }) => k)).to.deep.equal([2, 3, 4, 6]);
  });

  it('can be demanded by hint', async () => {
    await people.createIndex({ a: 1 });
    await people.insertMany([{ a: 2 }, { a: 1 }]);
    expect((await people.find().hint('a_1').toArray()).map(({ a }) => a)).to.deep.equal([1, 2]);
    expect(
      (await people.find({ a: 1 }).hint({ $natural: 1 }).explain('queryPlanner')).queryPlanner.winningPlan
        .stage,
    ).to.equal('COLLSCAN');
    expect(await codeOf(people.find().hint('zz').toArray())).to.equal(2);
  });

  it('never change an answer', async () => {
    const seed = newSeed();
    const { difference, indexed } = await fuzzIndexes(store.client.db('fuzz'), seeded(seed), 600);
    expect(difference, `SEED=${seed}`).to.equal(undefined);
    expect(indexed, `SEED=${seed}`).to.be.greaterThan(20);
  });
});
