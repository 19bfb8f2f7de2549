import { Decimal128, type Document, Double, Int32, Long } from 'bson';
import { expect } from 'chai';
import { runPipeline, splitPipeline } from '../../../src/store/aggregation/pipeline.ts';
import { compileFilter } from '../../../src/store/query/filter.ts';
import { collationOf } from '../../../src/store/values/collation.ts';
import { StoreError } from '../../../src/store/values/errors.ts';

const now = new Date('2026-10-25T00:30:00Z');
const people = [
  { _id: 1, name: 'Åsa', county: 'Z' },
  { _id: 2, name: 'Örjan', county: 'AC' },
  { _id: 3, name: 'adam', county: 'Z' },
];
const asked: Document[] = [];

function find(collection: string, filter: Document): Document[] {
  asked.push(filter);
  const { matches } = compileFilter(filter);
  return collection === 'people' ? people.filter((document) => matches(document)) : [];
}

function run(stages: Document[], source: Iterable<Document> = [{ _id: 1 }], scope: Document = {}) {
  return [...runPipeline(stages, source, { now, find, ...scope })];
}

const value = (expression: unknown, document: Document = {}) =>
  run([{ $project: { _id: 0, r: expression } }], [document])[0]?.r;

describe('pipelines', () => {
  it('give their start to an index', () => {
    expect(
      splitPipeline([
        { $match: { a: 1 } },
        { $match: { b: 2 } },
        { $sort: { c: 1 } },
        { $limit: new Int32(3) },
        { $skip: 1 },
      ]),
    ).to.deep.equal({
      filter: { $and: [{ a: 1 }, { b: 2 }] },
      sort: { c: 1 },
      limit: 3,
      rest: [{ $skip: 1 }],
    });
    expect(splitPipeline([{ $limit: 3 }, { $sort: { a: 1 } }])).to.deep.equal({
      filter: {},
      limit: 3,
      rest: [{ $sort: { a: 1 } }],
    });
  });

  it('are checked where they are split', () => {
    expect(() => splitPipeline([{ $match: {}, $limit: 1 }])).to.throw(StoreError, 'exactly one field');
    expect(() => splitPipeline([{ $match: 5 }])).to.throw(
      StoreError,
      '$match specification must be an object',
    );
  });

  it('are lazy, and checked before they read', () => {
    let read = 0;
    function* endless() {
      for (;;) yield { _id: read++ };
    }
    expect(run([{ $match: { _id: { $gt: 2 } } }, { $limit: 2 }], endless())).to.deep.equal([
      { _id: 3 },
      { _id: 4 },
    ]);
    expect(read).to.equal(5);
    expect(() => run([{ $limit: 1 }, { $foo: 1 }], endless())).to.throw(StoreError, '$foo');
    expect(() => run([{ $match: {}, $limit: 1 }])).to.throw(StoreError, 'exactly one field');
  });

  it('look up by fields', () => {
    const stage = { $lookup: { from: 'people', localField: 'county', foreignField: 'county', as: 'who' } };
    const ids = (county: unknown) => run([stage], [{ county }])[0]?.who.map(({ _id }: Document) => _id);
    expect(ids('Z')).to.deep.equal([1, 3]);
    expect(ids(['AC', 'Z'])).to.deep.equal([1, 2, 3]);
    expect(ids([])).to.deep.equal([]);
    expect(ids(undefined)).to.deep.equal([]);
  });

  it('look up by a pipeline, with a filter that an index can serve', () => {
    asked.length = 0;
    const pipeline = [
      { $match: { $expr: { $eq: ['$county', '$$c'] }, _id: { $gt: 1 } } },
      { $project: { name: 1 } },
    ];
    const stage = { $lookup: { from: 'people', let: { c: '$county' }, pipeline, as: 'who' } };
    expect(run([stage], [{ county: 'Z' }])[0]?.who).to.deep.equal([{ _id: 3, name: 'adam' }]);
    expect(asked).to.deep.equal([{ $and: [{ _id: { $gt: 1 } }, { county: { $eq: 'Z' } }] }]);
    expect(run([stage], [{}])[0]?.who).to.deep.equal([]);
  });

  it('group typed values', () => {
    const numbers = [new Int32(2147483647), new Int32(1), 'x', null];
    const sum = (values: unknown[]) =>
      run(
        [{ $group: { _id: null, s: { $sum: '$v' }, m: { $avg: '$v' } } }],
        values.map((v) => ({ v })),
      )[0];
    expect(sum(numbers)).to.deep.equal({
      _id: null,
      s: Long.fromNumber(2147483648),
      m: new Double(1073741824),
    });
    expect(sum(Array.from({ length: 10 }, () => 0.1))?.s).to.deep.equal(new Double(1));
    expect(String(sum([Decimal128.fromString('0.1'), new Int32(1)])?.s)).to.equal('1.1');
  });

  it('group under a collation, and by bounds', () => {
    const collation = collationOf({ locale: 'sv', strength: 1 });
    const words = ['ada', 'Ada', 'åda'].map((w) => ({ w }));
    expect(run([{ $group: { _id: '$w', n: { $sum: 1 } } }], words, { collation })).to.deep.equal([
      { _id: 'ada', n: 2 },
      { _id: 'åda', n: 1 },
    ]);
    const bucket = { $bucket: { groupBy: '$a', boundaries: [0, 5, 10] } };
    expect(run([bucket], [{ a: 7 }, { a: 5 }, { a: 0 }])).to.deep.equal([
      { _id: 0, count: 1 },
      { _id: 5, count: 2 },
    ]);
    expect(() => run([bucket], [{ a: 10 }])).to.throw(StoreError, 'no default');
  });

  it('take the first and last by an order', () => {
    const source = [3, 1, 2].map((a) => ({ a }));
    const group = (spec: Document) => run([{ $group: { _id: null, r: spec } }], source)[0]?.r;
    expect(group({ $top: { sortBy: { a: 1 }, output: '$a' } })).to.equal(1);
    expect(group({ $bottomN: { n: 2, sortBy: { a: 1 }, output: '$a' } })).to.deep.equal([2, 3]);
    expect(group({ $maxN: { n: 2, input: '$a' } })).to.deep.equal([3, 2]);
    expect(group({ $lastN: { n: 2, input: '$a' } })).to.deep.equal([1, 2]);
    expect(
      group({ $percentile: { p: [0, 0.9], input: '$a', method: 'approximate' } }).map(Number),
    ).to.deep.equal([1, 3]);
  });

  it('unite, count and take apart', () => {
    const facet = { $facet: { n: [{ $count: 'n' }], first: [{ $limit: 1 }] } };
    expect(
      run([{ $unionWith: { coll: 'people', pipeline: [{ $match: { _id: 3 } }] } }, facet]),
    ).to.deep.equal([{ n: [{ n: 2 }], first: [{ _id: 1 }] }]);
    expect(
      run([{ $sort: { a: -1 } }, { $skip: 1 }, { $limit: 1 }], [{ a: 1 }, { a: 3 }, { a: 2 }]),
    ).to.deep.equal([{ a: 2 }]);
  });
});

describe('expressions', () => {
  it('answer in the types that MongoDB does', () => {
    expect(value({ $add: [new Int32(1), Long.ONE] })).to.deep.equal(Long.fromNumber(2));
    expect(value({ $multiply: [2147483647, 2] })).to.deep.equal(Long.fromNumber(4294967294));
    expect(value({ $divide: [6, 3] })).to.deep.equal(new Double(2));
    expect(String(value({ $divide: [Decimal128.fromString('1'), 3] }))).to.equal(`0.${'3'.repeat(34)}`);
    expect(String(value({ $round: [Decimal128.fromString('2.345'), 2] }))).to.equal('2.34');
    expect(value({ $round: [1250, -2] })).to.equal(1200);
    expect(value({ $mod: [-7, 3] })).to.equal(-1);
    expect(value({ $toInt: '12' })).to.equal(12);
    expect(value({ $toLong: new Double(2.9) })).to.deep.equal(Long.fromNumber(2));
    expect(value({ $type: { $toDouble: '2' } })).to.equal('double');
    expect(() => value({ $toInt: Long.fromNumber(2 ** 31) })).to.throw(StoreError, 'overflow');
    expect(() => value({ $add: ['x', 1] })).to.throw(StoreError, '$add only supports');
  });

  it('know variables in their scope', () => {
    const nested = {
      $map: {
        input: [1, 2],
        as: 'x',
        in: { $reduce: { input: [10, 20], initialValue: '$$x', in: { $add: ['$$value', '$$this'] } } },
      },
    };
    expect(value(nested)).to.deep.equal([31, 32]);
    expect(value({ $let: { vars: { a: '$n' }, in: { $add: ['$$a', '$$ROOT.n'] } } }, { n: 2 })).to.equal(4);
    expect(() => value('$$nobody')).to.throw(StoreError, 'undefined variable: nobody');
    expect(() => value({ $add: [1], $subtract: [1] })).to.throw(StoreError, 'exactly one field');
    expect(value({ a: { $literal: '$x' }, b: '$gone' })).to.deep.equal({ a: '$x' });
  });
});

describe('dates in a time zone', () => {
  const timezone = 'Europe/Stockholm';
  const at = (iso: string) => new Date(iso);

  it('read the clock over both nights of the year when it changes', () => {
    const clock = (iso: string) =>
      value({ $dateToString: { date: at(iso), format: '%Y-%m-%d %H:%M %z %j', timezone } });
    expect(clock('2026-03-29T00:59:00Z')).to.equal('2026-03-29 01:59 +0100 088');
    expect(clock('2026-03-29T01:00:00Z')).to.equal('2026-03-29 03:00 +0200 088');
    expect(clock('2026-10-25T00:59:00Z')).to.equal('2026-10-25 02:59 +0200 298');
    expect(clock('2026-10-25T01:00:00Z')).to.equal('2026-10-25 02:00 +0100 298');
    expect(value({ $hour: { date: at('2026-07-01T22:30:00Z'), timezone: '+05:30' } })).to.equal(4);
  });

  it('add days and months by the wall clock, hours by real time', () => {
    const add = (iso: string, unit: string, amount: number) =>
      value({ $dateAdd: { startDate: at(iso), unit, amount, timezone } }).toISOString();
    expect(add('2026-03-28T01:30:00Z', 'day', 1)).to.equal('2026-03-29T01:30:00.000Z');
    expect(add('2026-03-28T11:00:00Z', 'day', 1)).to.equal('2026-03-29T10:00:00.000Z');
    expect(add('2026-03-28T11:00:00Z', 'hour', 24)).to.equal('2026-03-29T11:00:00.000Z');
    expect(add('2026-10-24T10:00:00Z', 'week', 1)).to.equal('2026-10-31T11:00:00.000Z');
    expect(add('2027-01-31T11:00:00Z', 'month', 1)).to.equal('2027-02-28T11:00:00.000Z');
    expect(add('2028-02-29T11:00:00Z', 'year', -1)).to.equal('2027-02-28T11:00:00.000Z');
  });

  it('cut at the midnights, weeks and months of the zone', () => {
    const cut = (iso: string, unit: string, more: Document = {}) =>
      value({ $dateTrunc: { date: at(iso), unit, timezone, ...more } }).toISOString();
    expect(cut('2026-03-29T12:00:00Z', 'day')).to.equal('2026-03-28T23:00:00.000Z');
    expect(cut('2026-10-25T12:00:00Z', 'day')).to.equal('2026-10-24T22:00:00.000Z');
    expect(cut('2026-10-25T01:30:00Z', 'hour')).to.equal('2026-10-25T01:00:00.000Z');
    expect(cut('2026-11-01T12:00:00Z', 'week', { startOfWeek: 'monday' })).to.equal(
      '2026-10-25T23:00:00.000Z',
    );
    expect(cut('2026-11-01T12:00:00Z', 'week')).to.equal('2026-10-31T23:00:00.000Z');
    expect(cut('2026-06-30T22:30:00Z', 'quarter')).to.equal('2026-06-30T22:00:00.000Z');
    expect(cut('2026-06-30T22:30:00Z', 'year')).to.equal('2025-12-31T23:00:00.000Z');
    expect(cut('2026-06-30T12:40:00Z', 'minute', { binSize: 15 })).to.equal('2026-06-30T12:30:00.000Z');
  });

  it('count what lies between', () => {
    const between = (from: string, to: string, unit: string, more: Document = {}) =>
      Number(value({ $dateDiff: { startDate: at(from), endDate: at(to), unit, timezone, ...more } }));
    expect(between('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'hour')).to.equal(25);
    expect(between('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'day')).to.equal(1);
    expect(
      between('2026-10-25T22:30:00Z', '2026-10-25T23:00:00Z', 'week', { startOfWeek: 'monday' }),
    ).to.equal(1);
    expect(between('2026-03-31T21:59:00Z', '2026-03-31T22:00:00Z', 'quarter')).to.equal(1);
  });

  it('make instants of wall clock times', () => {
    const parts = (more: Document) =>
      value({ $dateFromParts: { year: 2026, timezone, ...more } }).toISOString();
    expect(parts({ month: 3, day: 29, hour: 2, minute: 30 })).to.equal('2026-03-29T01:30:00.000Z');
    expect(parts({ month: 10, day: 25, hour: 2, minute: 30 })).to.equal('2026-10-25T00:30:00.000Z');
    expect(parts({ month: 14, day: 0 })).to.equal('2027-01-30T23:00:00.000Z');
    const iso = { isoWeekYear: 2026, isoWeek: 53, isoDayOfWeek: 7 };
    expect(value({ $dateFromParts: iso }).toISOString()).to.equal('2027-01-03T00:00:00.000Z');
    expect(value({ $dateToParts: { date: at('2027-01-03T00:00:00Z'), iso8601: true } })).to.include(iso);
    expect(() => value({ $toDate: '2026-02-30' })).to.throw(StoreError, 'Error parsing');
    expect(value({ $dateFromString: { dateString: 'x', onError: 'fel' } })).to.equal('fel');
    expect(() => value({ $year: { date: now, timezone: 'Nowhere' } })).to.throw(StoreError, 'Nowhere');
    expect(value({ $year: { date: now, timezone: '$zone' } })).to.equal(null);
  });
});
