import { Binary, BSONRegExp, Decimal128, type Document, Double, Int32, Long, ObjectId } from 'bson';
import { expect } from 'chai';
import { compileFilter } from '../../../src/store/query/filter.ts';
import { collationOf } from '../../../src/store/values/collation.ts';
import { StoreError } from '../../../src/store/values/errors.ts';

const matches = (document: Document, filter: Document) => compileFilter(filter).matches(document);

describe('queries', () => {
  it('compare typed and plain numbers by value', () => {
    for (const value of [5, new Int32(5), new Double(5), Long.fromNumber(5), Decimal128.fromString('5.0')]) {
      expect(matches({ a: value }, { a: 5 })).to.equal(true);
      expect(matches({ a: 5 }, { a: value })).to.equal(true);
      expect(matches({ a: value }, { a: { $gt: new Int32(4), $lte: Decimal128.fromString('5') } })).to.equal(
        true,
      );
      expect(matches({ a: value }, { a: { $in: [1, 2, 3, 4, 6] } })).to.equal(false);
      expect(matches({ a: value }, { a: { $in: [1, 2, 3, 4, 5, 6] } })).to.equal(true);
    }
    expect(matches({ a: Number.NaN }, { a: { $lt: 5 } })).to.equal(false);
    expect(matches({ a: Number.NaN }, { a: { $gte: Number.NaN } })).to.equal(true);
    expect(matches({ a: Infinity }, { a: { $gte: Infinity } })).to.equal(true);
  });

  it('tell the types apart', () => {
    expect(matches({ a: new Double(5) }, { a: { $type: 'int' } })).to.equal(false);
    expect(matches({ a: new Double(5) }, { a: { $type: ['int', 1] } })).to.equal(true);
    expect(matches({ a: Long.ONE }, { a: { $type: 'number' } })).to.equal(true);
    expect(matches({ a: [1, 'x'] }, { a: { $type: 'string' } })).to.equal(true);
    expect(matches({ a: ['x'] }, { a: { $type: 'array' } })).to.equal(true);
  });

  it('reach through arrays as MongoDB does', () => {
    expect(matches({ a: [{ b: [1, 2] }, { b: 3 }] }, { 'a.b': 2 })).to.equal(true);
    expect(matches({ a: [[{ b: 1 }]] }, { 'a.b': 1 })).to.equal(false);
    expect(matches({ a: [[{ b: 1 }]] }, { 'a.0.b': 1 })).to.equal(true);
    expect(matches({ a: [{ b: 1 }] }, { 'a.0.b': 1 })).to.equal(true);
    expect(matches({ a: [{ b: 1 }] }, { 'a.1': { $exists: true } })).to.equal(false);
    expect(matches({ a: ['x', 'y'] }, { 'a.1': 'y' })).to.equal(true);
    expect(matches({ a: { 0: 'x' } }, { 'a.0': 'x' })).to.equal(true);
    expect(matches({ a: [] }, { a: null })).to.equal(false);
    expect(matches({ a: [null] }, { a: null })).to.equal(true);
    expect(matches({}, { constructor: { $exists: true } })).to.equal(false);
  });

  it('negate whole conditions', () => {
    expect(matches({ a: [1, 2] }, { a: { $nin: [2] } })).to.equal(false);
    expect(matches({}, { a: { $not: { $gt: 1 } } })).to.equal(true);
    expect(matches({ a: 3 }, { a: { $not: { $gt: 1, $lt: 2 } } })).to.equal(true);
    expect(matches({ a: [{ b: 1 }] }, { a: { $not: { $elemMatch: { b: 1 } } } })).to.equal(false);
  });

  it('match patterns', () => {
    expect(matches({ a: 'ÖREBRO' }, { a: { $regex: 'öre', $options: 'i' } })).to.equal(true);
    expect(matches({ a: 'x\nöre' }, { a: new BSONRegExp('^öre', 'm') })).to.equal(true);
    expect(matches({ a: 'a.b-c d' }, { a: { $regex: 'a\\.b\\-c\\ d' } })).to.equal(true);
    expect(matches({ a: 'ÅSA' }, { a: { $regex: '(?i)^åsa$' } })).to.equal(true);
    expect(matches({ a: 5 }, { a: /5/ })).to.equal(false);
    expect(() => matches({}, { a: { $regex: '(?>a)' } })).to.throw(StoreError, '(?> in a regular expression');
    expect(matches({ a: 'ab' }, { a: { $regex: 'a b', $options: 'x' } })).to.equal(true);
    expect(() => matches({}, { a: { $regex: 'a', $options: 'q' } })).to.throw('invalid flag');
    expect(matches({ a: /x/ }, { a: { $not: /x/ } })).to.equal(false);
    expect(matches({ a: /x/ }, { a: { $regex: 'x' } })).to.equal(true);
  });

  it('follow a collation', () => {
    const collation = collationOf({ locale: 'sv', strength: 2 });
    const under = (document: Document, filter: Document) =>
      compileFilter(filter, { collation }).matches(document);
    expect(under({ a: 'Åsa' }, { a: 'åSA' })).to.equal(true);
    expect(under({ a: 'Åsa' }, { a: 'asa' })).to.equal(false);
    expect(under({ a: 'å' }, { a: { $gt: 'z' } })).to.equal(true);
    expect(under({ a: 'B' }, { a: { $in: ['a', 'b', 'c', 'd', 'e'] } })).to.equal(true);
    expect(under({ a: 'B' }, { $expr: { $eq: ['$a', 'b'] } })).to.equal(true);
  });

  it('find the element that the positional $ stands for', () => {
    const document = { a: [1, 5, 9], b: [{ c: 1 }, { c: [4, 5] }] };
    const position = (filter: Document) => compileFilter(filter).position(document);
    expect(position({ a: { $gt: 4 } })).to.equal(1);
    expect(position({ a: { $elemMatch: { $gt: 6 } } })).to.equal(2);
    expect(position({ 'b.c': 5 })).to.equal(1);
    expect(position({ $or: [{ a: 77 }, { a: 9 }] })).to.equal(2);
    expect(position({ 'a.1': 5 })).to.equal(undefined);
  });

  it('compare bits of numbers and binary data', () => {
    const data = new Binary(Buffer.from([0b101, 1]));
    expect(matches({ a: data }, { a: { $bitsAllSet: [0, 2, 8] } })).to.equal(true);
    expect(matches({ a: data }, { a: { $bitsAnySet: 2 } })).to.equal(false);
    expect(matches({ a: -1 }, { a: { $bitsAllSet: [0, 63] } })).to.equal(true);
    expect(matches({ a: 'x' }, { a: { $bitsAllClear: 1 } })).to.equal(false);
  });

  it('know variables and refuse what they do not know', () => {
    const _id = new ObjectId();
    const filter = compileFilter({ $expr: { $eq: ['$_id', '$$wanted'] } }, { variables: { wanted: _id } });
    expect(filter.matches({ _id })).to.equal(true);
    for (const filter of [
      { $where: '1' },
      { a: { $near: [1, 2] } },
      { 'a.$id': 1 },
      { $expr: { $function: {} } },
    ]) {
      expect(() => compileFilter(filter)).to.throw(StoreError, /\$(where|near|id|function) is not supported/);
    }
    for (const [filter, message] of [
      [{ $foo: 1 }, 'unknown top level operator: $foo'],
      [{ a: { $gt: 1, $foo: 1 } }, 'unknown operator: $foo'],
      [{ $expr: { $foo: 1 } }, "Unrecognized expression '$foo'"],
    ] as const)
      expect(() => compileFilter(filter)).to.throw(StoreError, message);
  });
});
