import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'bson';
import { expect } from 'chai';
import { collationOf, foldKey } from '../../../src/store/values/collation.ts';
import { compareValues, equalValues, sortDocuments, valueKey } from '../../../src/store/values/order.ts';

const decimal = (text: string) => Decimal128.fromString(text);

describe('the order of values', () => {
  /** MongoDB's order, with each type's own order inside. */
  const ascending = [
    new MinKey(),
    undefined,
    null,
    Number.NaN,
    -Infinity,
    Long.fromString('-9007199254740993'),
    -9007199254740992,
    new Int32(-1),
    decimal('0.1'),
    0.1,
    decimal('0.2'),
    new Double(1),
    Long.fromString('9007199254740993'),
    decimal('9007199254740993.5'),
    decimal('1E+40'),
    Infinity,
    '',
    'Z',
    'z',
    'ä',
    'å',
    'ö',
    '\uffee',
    '😀',
    {},
    { a: 1 },
    { a: 1, b: 1 },
    { b: 0 },
    { a: 'x' },
    [],
    [1],
    [1, 2],
    [2],
    new Binary(Buffer.from('b')),
    new Binary(Buffer.from('aa')),
    new UUID('00000000-0000-4000-8000-000000000000'),
    new ObjectId('65f000000000000000000001'),
    new ObjectId('65f000000000000000000002'),
    false,
    true,
    new Date(-1),
    new Date(1),
    new Timestamp({ t: 1, i: 1 }),
    /a/,
    new MaxKey(),
  ];

  it('follows type, then value', () => {
    for (const [i, a] of ascending.entries()) {
      for (const [j, b] of ascending.entries()) {
        expect(Math.sign(compareValues(a, b)), `${String(a)} and ${String(b)}`).to.equal(Math.sign(i - j));
      }
    }
  });

  it('gives equal values, and only those, the same key', () => {
    const keys = ascending.map((value) => valueKey(value));
    expect(new Set(keys)).to.have.lengthOf(ascending.length);
    const ones = [1, new Int32(1), new Double(1), Long.ONE, decimal('1.0'), decimal('10E-1')];
    expect(new Set(ones.map((value) => valueKey({ a: [value] })))).to.have.lengthOf(1);
    expect(valueKey(decimal('0.5'))).to.equal(valueKey(0.5));
    expect(valueKey(decimal('1E2'))).to.equal(valueKey(100));
    expect(valueKey(['a,s"b'])).not.to.equal(valueKey(['a', 'b']));
    expect(equalValues({ a: 1, b: 2 }, { b: 2, a: 1 })).to.equal(false);
  });

  it('sorts arrays by their least or greatest element, and missing as null', () => {
    const documents = [
      { _id: 0, a: [5, 1] },
      { _id: 1, a: 3 },
      { _id: 2 },
      { _id: 3, a: [] },
      { _id: 4, a: null },
    ];
    const ids = (sign: number) => sortDocuments(documents, { a: sign }).map(({ _id }) => _id);
    expect(ids(1)).to.deep.equal([3, 2, 4, 0, 1]);
    expect(ids(-1)).to.deep.equal([0, 1, 2, 4, 3]);
    const nested = [
      { _id: 0, a: [{ b: 9 }, { b: 2 }] },
      { _id: 1, a: [{ b: 3 }] },
    ];
    expect(sortDocuments(nested, { 'a.b': -1 }).map(({ _id }) => _id)).to.deep.equal([0, 1]);
    expect(sortDocuments(nested, { 'a.0.b': 1 }).map(({ _id }) => _id)).to.deep.equal([1, 0]);
  });

  it('keeps the best under a limit, equals in their order', () => {
    const documents = Array.from({ length: 1000 }, (_, i) => ({ _id: i, a: (i * 7) % 10 }));
    const all = sortDocuments(documents, { a: -1 });
    expect(sortDocuments(documents, { a: -1 }, { limit: 25 })).to.deep.equal(all.slice(0, 25));
    expect(all.map(({ _id }) => _id).slice(0, 3)).to.deep.equal([7, 17, 27]);
  });

  it('sorts and folds Swedish', () => {
    const sv = collationOf({ locale: 'sv' });
    const names = ['Östen', 'zebra', 'Åsa', 'ärla', 'Zorn', 'adam'];
    expect(names.toSorted((a, b) => compareValues(a, b, sv))).to.deep.equal([
      'adam',
      'zebra',
      'Zorn',
      'Åsa',
      'ärla',
      'Östen',
    ]);
    for (const strength of [1, 2, 3]) {
      const collation = collationOf({ locale: 'sv', strength });
      if (!collation) throw new Error('no collation');
      const words = [
        'a',
        'A',
        'å',
        'Å',
        'a\u030a',
        'ä',
        'æ',
        'é',
        'e',
        'E',
        'ö',
        'ø',
        'o',
        'ü',
        'y',
        'ß',
        'ss',
        'w',
        'v',
        ' ',
      ];
      for (const a of words) {
        for (const b of words) {
          const equal = collation.compare(a, b) === 0;
          expect(foldKey(a, collation) === foldKey(b, collation), `${a} ${b} at ${strength}`).to.equal(equal);
        }
      }
    }
    expect(() => collationOf({ locale: 'tlh' })).to.throw('locale tlh');
    expect(() => collationOf({ locale: 'sv', alternate: 'shifted' })).to.throw('alternate');
  });
});
