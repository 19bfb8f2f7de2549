import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import { expect } from 'chai';
import { fieldsRead } from '../../../src/store/query/fields-read.ts';
import { readFields, readTyped } from '../../../src/store/values/documents.ts';
import { type Temporary, temporaryStore } from '../temporary.ts';

describe('reading only the fields that are looked at', () => {
  const values: unknown[] = [
    new Int32(-7),
    new Double(1.5),
    new Double(-0),
    new Double(Number.NaN),
    Long.fromString('9007199254740993'),
    Decimal128.fromString('0.10'),
    '',
    'Åsa 🌞\0!',
    true,
    false,
    null,
    new Date(-1),
    new ObjectId(),
    new Binary(Buffer.from('abc'), 4),
    new BSONRegExp('^å', 'i'),
    new Timestamp({ t: 7, i: 3 }),
    new Code('f', { a: 1 }),
    new BSONSymbol('s'),
    new MinKey(),
    new MaxKey(),
    { b: [1, { c: 'd' }], e: {} },
    [],
    [[1], null, 'å'],
  ];

  it('gives each type as it is when the whole is read', () => {
    const raw = serialize(Object.fromEntries(values.map((value, i) => [`f${i}`, value])));
    const whole = readTyped(raw);
    for (const name of Object.keys(whole)) {
      const part = readFields(raw, [[name, Buffer.from(name)]]);
      expect(part).to.deep.equal({ [name]: whole[name] });
      expect(serialize(part)).to.deep.equal(serialize({ [name]: whole[name] }));
    }
  });

  it('knows the names apart and leaves missing ones out', () => {
    const raw = serialize({ aå: 1, a: 2, å: 3 });
    const read = (...names: string[]) =>
      readFields(
        raw,
        names.map((name) => [name, Buffer.from(name)]),
      );
    expect(read('å', 'b')).to.deep.equal({ å: new Int32(3) });
    expect(read('a', 'aå')).to.deep.equal({ aå: new Int32(1), a: new Int32(2) });
  });

  const names = (...specs: unknown[]) => fieldsRead(...specs)?.map(([name]) => name);

  it('finds the fields in filters, sort orders and expressions', () => {
    expect(
      names({ 'a.b': 1, $or: [{ c: { $gt: 1 } }, { $expr: { $eq: ['$d.e', '$$x'] } }] }, undefined),
    ).to.have.members(['a', 'c', 'd']);
    expect(
      names({ $group: { _id: '$a', n: { $top: { sortBy: { b: 1 }, output: '$c' } } } }),
    ).to.include.members(['a', 'b', 'c']);
  });

  it('says so where it may be any field', () => {
    for (const value of ['$$ROOT', '$$CURRENT.a', { $getField: 'a' }, ['$$ROOT.b']])
      expect(names({ $group: { _id: null, all: { $push: value } } }), JSON.stringify(value)).to.equal(
        undefined,
      );
    expect(names(JSON.parse('{ "__proto__": 1 }'))).to.equal(undefined);
  });

  describe('through the driver', () => {
    let store: Temporary;
    before(async () => {
      store = await temporaryStore();
    });
    after(() => store.close());

    it('does not show in answers', async () => {
      const people = store.client
        .db()
        .collection<{ _id: number; name: string; n: number; at?: object }>('people');
      await people.insertMany([
        { _id: 1, name: 'Åsa', at: { town: 'Motala' }, n: 2 },
        { _id: 2, name: 'Bo', at: { town: 'Mjölby' }, n: 1 },
      ]);
      const all = await people.find({ 'at.town': /^M/ }).sort({ n: 1 }).toArray();
      expect(all.map(({ _id, name }) => [_id, name])).to.deep.equal([
        [2, 'Bo'],
        [1, 'Åsa'],
      ]);
      const grouped = await people
        .aggregate([
          { $match: { n: { $gt: 0 } } },
          {
            $group: {
              _id: '$at.town',
              all: { $push: '$$ROOT' },
              best: { $top: { sortBy: { n: -1 }, output: '$name' } },
            },
          },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      expect(grouped.map(({ _id, all: [{ name }], best }) => [_id, name, best])).to.deep.equal([
        ['Mjölby', 'Bo', 'Bo'],
        ['Motala', 'Åsa', 'Åsa'],
      ]);
      expect(await people.distinct('at.town', { n: 1 })).to.deep.equal(['Mjölby']);
    });

    it('leaves the writes of a transaction whole', async () => {
      const people = store.client
        .db()
        .collection<{ _id: number; name: string; n: number; at?: object }>('people');
      await store.client.withSession((session) =>
        session.withTransaction(async () => {
          await people.insertOne({ _id: 3, name: 'Cia', n: 3 }, { session });
          await people.aggregate([{ $match: { n: 3 } }, { $group: { _id: '$n' } }], { session }).toArray();
          await people.updateOne({ _id: 3 }, { $inc: { n: 1 } }, { session });
        }),
      );
      expect(await people.findOne({ _id: 3 })).to.deep.equal({ _id: 3, name: 'Cia', n: 4 });
    });
  });
});
