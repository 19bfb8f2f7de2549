import { Decimal128, type Document, Double, Int32, Long, Timestamp } from 'bson';
import { expect } from 'chai';
import { compileUpdate, type UpdateOptions, upsertDocument } from '../../../src/store/query/update.ts';
import { StoreError } from '../../../src/store/values/errors.ts';

const now = new Date('2026-03-01T12:00:00Z');

function update(
  document: Document,
  change: Document | Document[],
  options: Partial<UpdateOptions> = {},
  position?: number,
) {
  return compileUpdate(change, { now, ...options })(document, { position });
}

function code(run: () => unknown): number | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof StoreError ? error.code : undefined;
  }
  return undefined;
}

describe('updates', () => {
  it('keep and widen number types', () => {
    const result = (a: unknown, change: Document) => update({ a }, change).a;
    expect(result(new Int32(2147483647), { $inc: { a: new Int32(1) } })).to.deep.equal(
      Long.fromNumber(2147483648),
    );
    expect(result(new Int32(1), { $inc: { a: new Double(1) } })).to.deep.equal(new Double(2));
    expect(result(Long.fromString('9007199254740993'), { $inc: { a: 1 } })).to.deep.equal(
      Long.fromString('9007199254740994'),
    );
    expect(String(result(Decimal128.fromString('0.10'), { $mul: { a: 3 } }))).to.equal('0.30');
    expect(String(result(0.1, { $inc: { a: Decimal128.fromString('0.2') } }))).to.equal('0.300000000000000');
    expect(code(() => result(Long.MAX_VALUE, { $inc: { a: 1 } }))).to.equal(2);
    expect(result(undefined, { $mul: { a: Long.ONE } })).to.deep.equal(Long.ZERO);
  });

  it('leave the old document alone', () => {
    const document = { _id: 1, a: { b: [1, { c: 2 }] }, untouched: {} };
    const before = structuredClone(document);
    const after = update(document, { $set: { 'a.b.1.c': 3 }, $push: { 'a.d': 4 } });
    expect(document).to.deep.equal(before);
    expect(after).to.deep.equal({ _id: 1, a: { b: [1, { c: 3 }], d: [4] }, untouched: {} });
    expect(after.untouched).to.equal(document.untouched);
  });

  it('add fields in the order of their names', () => {
    expect(Object.keys(update({ _id: 1 }, { $set: { z: 1, b: 1 }, $inc: { c: 1 } }))).to.deep.equal([
      '_id',
      'b',
      'c',
      'z',
    ]);
  });

  it('resolve $[identifier] in the document as it was', () => {
    const change = { $set: { 'a.$[x].k': 5, 'a.$[x].z': 1 } };
    const after = update({ a: [{ k: 1 }, { k: 2 }] }, change, { arrayFilters: [{ 'x.k': 1 }] });
    expect(after).to.deep.equal({ a: [{ k: 5, z: 1 }, { k: 2 }] });
    expect(code(() => update({ a: [] }, change))).to.equal(2);
    expect(code(() => update({ a: [] }, change, { arrayFilters: [{ x: 1 }, { y: 1 }] }))).to.equal(9);
    expect(code(() => update({ a: 1 }, { $inc: { 'a.$[]': 1 } }))).to.equal(2);
    expect(code(() => update({ a: [1] }, { $inc: { 'a.$': 1 } }))).to.equal(2);
    expect(code(() => update({ a: [1] }, { $inc: { 'a.$[]': 1, 'a.0': 1 } }))).to.equal(40);
    expect(update({ a: [1, 2] }, { $inc: { 'a.$': 1 } }, {}, 1)).to.deep.equal({ a: [1, 3] });
  });

  it('push with position, sort and slice', () => {
    const push = (a: unknown[], clauses: Document) => update({ a }, { $push: { a: clauses } }).a;
    expect(push([1, 2], { $each: [8, 9], $position: 1 })).to.deep.equal([1, 8, 9, 2]);
    expect(push([1, 2], { $each: [8], $position: -1 })).to.deep.equal([1, 8, 2]);
    expect(push([{ n: 2 }], { $each: [{ n: 3 }, { n: 1 }], $sort: { n: -1 }, $slice: -2 })).to.deep.equal([
      { n: 2 },
      { n: 1 },
    ]);
    expect(push([1], { $each: [] })).to.deep.equal([1]);
    expect(push([1], { each: [2] })).to.deep.equal([1, { each: [2] }]);
    expect(code(() => push([], { $each: 1 }))).to.equal(2);
    expect(code(() => push([], { $each: [], $foo: 1 }))).to.equal(2);
    expect(code(() => update({ a: null }, { $push: { a: 1 } }))).to.equal(2);
  });

  it('pull by value, operators and queries', () => {
    const pull = (a: unknown[], condition: unknown) => update({ a }, { $pull: { a: condition } }).a;
    expect(pull([{ b: 1, c: 1 }, { b: 1 }, 1], { b: 1, c: { $exists: false } })).to.deep.equal([
      { b: 1, c: 1 },
      1,
    ]);
    expect(pull([{ b: 1 }, { b: 2 }, { b: 3 }], { $or: [{ b: 1 }, { b: 3 }] })).to.deep.equal([{ b: 2 }]);
    expect(pull(['ab', 'b'], /^a/)).to.deep.equal(['b']);
    expect(pull([1, 2, 3], { $in: [1, 3] })).to.deep.equal([2]);
    expect(update({}, { $pull: { 'a.b': 1 }, $pop: { c: 1 }, $unset: { 'd.e': 1 } })).to.deep.equal({});
    expect(update({ a: [1, 2, 1] }, { $pullAll: { a: [1] } })).to.deep.equal({ a: [2] });
  });

  it('rename, compare and stamp', () => {
    expect(update({ a: 1, b: 2 }, { $rename: { a: 'b', x: 'y' } })).to.deep.equal({ b: 1 });
    expect(update({ a: null }, { $rename: { a: 'b' } })).to.deep.equal({ b: null });
    expect(code(() => update({ a: [{ b: 1 }] }, { $rename: { 'a.0.b': 'c' } }))).to.equal(2);
    expect(update({ a: 'x', b: 3 }, { $max: { a: 5, b: 2, c: 1 }, $min: { d: 1 } })).to.deep.equal({
      a: 'x',
      b: 3,
      c: 1,
      d: 1,
    });
    const stamped = update({}, { $currentDate: { a: true, b: { $type: 'timestamp' } } });
    expect(stamped.a).to.equal(now);
    expect(stamped.b).to.be.instanceOf(Timestamp);
  });

  it('replace and run pipelines, and keep _id', () => {
    expect(update({ _id: 1, a: 1 }, { b: 2 })).to.deep.equal({ _id: 1, b: 2 });
    expect(code(() => update({ _id: 1 }, { _id: 2 }))).to.equal(66);
    expect(code(() => update({ _id: 1 }, { a: 1, $set: {} }))).to.equal(52);
    expect(code(() => update({ _id: 1 }, { $set: {}, a: 1 }))).to.equal(9);
    expect(update({ _id: 1, a: { b: 1 } }, [{ $replaceWith: { c: '$a.b', at: '$$NOW' } }])).to.deep.equal({
      _id: 1,
      c: 1,
      at: now,
    });
    expect(code(() => update({ _id: 1 }, [{ $match: {} }]))).to.equal(72);
    expect(code(() => update({ _id: 1 }, { $unset: { _id: 1 } }))).to.equal(66);
    expect(code(() => update({}, { $set: { 'a..b': 1 } }))).to.equal(56);
    expect(code(() => update({}, { $foo: { a: 1 } }))).to.equal(9);
    expect(code(() => update({}, { $set: { $a: 1 } }))).to.equal(52);
  });

  it('make the document that an upsert inserts', () => {
    const upsert = (filter: Document, change: Document | Document[]) =>
      upsertDocument(filter, change, { now });
    const filter = {
      a: 1,
      'b.c': { $eq: 2 },
      d: { $gt: 3 },
      $and: [{ e: { $in: [5] } }],
      f: /x/,
      g: { $in: [1, 2] },
    };
    expect(upsert(filter, { $set: { h: 1 }, $setOnInsert: { i: 2 } })).to.deep.equal({
      a: 1,
      b: { c: 2 },
      e: 5,
      h: 1,
      i: 2,
    });
    expect(update({ a: 1 }, { $setOnInsert: { i: 2 } })).to.deep.equal({ a: 1 });
    expect(upsert({ _id: 7, a: 1 }, { b: 2 })).to.deep.equal({ _id: 7, b: 2 });
    expect(upsert({ a: 1 }, [{ $set: { b: { $add: ['$a', 1] } } }])).to.deep.equal({ a: 1, b: 2 });
    expect(Object.keys(upsert({ a: 1, _id: 7 }, { $inc: { n: 1 } }))).to.deep.equal(['_id', 'a', 'n']);
    expect(code(() => upsert({ a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } }))).to.equal(54);
    expect(code(() => upsert({ _id: 1 }, { $set: { _id: 2 } }))).to.equal(66);
  });
});
