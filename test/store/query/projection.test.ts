import { type Document, Double } from 'bson';
import { expect } from 'chai';
import { compileFilter } from '../../../src/store/query/filter.ts';
import { compileProjection } from '../../../src/store/query/projection.ts';
import { StoreError } from '../../../src/store/values/errors.ts';

const document = {
  _id: 1,
  a: { b: 1, c: [{ d: 1, e: 2 }, 5, { e: 3 }] },
  n: new Double(2),
  list: [1, 2, 3, 4],
};

function project(spec: Document, filter?: Document) {
  const result = compileProjection(spec, filter ? { filter: compileFilter(filter) } : {})(document);
  return [Object.keys(result), result] as const;
}

describe('projections', () => {
  it('keep fields in the order of the document', () => {
    expect(project({ n: 1, a: { b: true } })).to.deep.equal([
      ['_id', 'a', 'n'],
      { _id: 1, a: { b: 1 }, n: new Double(2) },
    ]);
    expect(project({ _id: 0, 'a.c.d': 1 })[1]).to.deep.equal({ a: { c: [{ d: 1 }, {}] } });
    expect(project({ _id: 1 })[1]).to.deep.equal({ _id: 1 });
    expect(project({ 'n.x': 1 })[1]).to.deep.equal({ _id: 1 });
  });

  it('leave fields out', () => {
    expect(project({ 'a.c.e': 0, n: 0, list: 0 })[1]).to.deep.equal({
      _id: 1,
      a: { b: 1, c: [{ d: 1 }, 5, {}] },
    });
    expect(project({ _id: 0 })[0]).to.deep.equal(['a', 'n', 'list']);
  });

  it('slice arrays without hiding the rest', () => {
    expect(project({ list: { $slice: 2 } })).to.deep.equal([
      ['_id', 'a', 'n', 'list'],
      { ...document, list: [1, 2] },
    ]);
    expect(project({ list: { $slice: [-3, 2] }, n: 1 })[1]).to.deep.equal({
      _id: 1,
      n: new Double(2),
      list: [2, 3],
    });
    expect(project({ list: { $slice: -1 }, _id: 1 })[1]).to.deep.equal({ _id: 1, list: [4] });
    expect(project({ last: { $slice: ['$list', -1] } })[1]).to.deep.equal({ _id: 1, last: [4] });
  });

  it('pick the element that matches', () => {
    expect(project({ list: { $elemMatch: { $gt: 2 } } })[1]).to.deep.equal({ _id: 1, list: [3] });
    expect(project({ list: { $elemMatch: { $gt: 9 } }, n: 1 })[1]).to.deep.equal({
      _id: 1,
      n: new Double(2),
    });
    expect(project({ 'list.$': 1 }, { list: { $gte: 2 } })[1]).to.deep.equal({ _id: 1, list: [2] });
    expect(() => project({ 'list.$': 1 }, { _id: 1 })).to.throw(StoreError, 'positional operator');
  });

  it('compute', () => {
    expect(project({ n: 1, 'a.sum': { $add: ['$n', 1] }, text: 'ord' })[1]).to.deep.equal({
      _id: 1,
      n: new Double(2),
      a: { sum: new Double(3) },
      text: 'ord',
    });
  });

  it('refuse what contradicts itself', () => {
    expect(() => project({ a: 1, n: 0 })).to.throw(StoreError, 'in inclusion projection');
    expect(() => project({ a: 1, 'a.b': 1 })).to.throw(StoreError, 'Path collision');
    expect(() => project({ score: { $meta: 'textScore' } })).to.throw(StoreError, '$meta');
  });
});
