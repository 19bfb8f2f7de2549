import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { missing } from '../../../src/store/values/missing.ts';
import { codeOf, type Temporary, temporaryStore } from '../temporary.ts';

const readme = readFileSync(join(import.meta.dirname, '../../../src/store/README.md'), 'utf8');

/** The names in a row of the README's table of what is refused. */
function named(row: string): string[] {
  const line = readme.split('\n').find((text) => text.startsWith(`| ${row} |`)) ?? '';
  const [, , names = ''] = line.split('|');
  return Array.from(names.matchAll(/`([^`]+)`/g), ([, name = '']) => name);
}

describe('what the README says is refused', () => {
  let store: Temporary;
  let db: Db;
  let collection: Collection;
  before(async () => {
    store = await temporaryStore();
    db = store.client.db();
    collection = db.collection('c');
    await collection.insertOne({ a: 1 });
  });
  after(() => store.close());

  const piped = (stage: object) => collection.aggregate([stage]).toArray();

  const ask: Record<keyof typeof missing, (name: string) => Promise<unknown>[]> = {
    stages: (name) => [piped({ [name]: {} })],
    'query operators': (name) => [
      collection.findOne({ [name]: 1 }),
      collection.findOne({ a: { [name]: 1 } } as object),
    ],
    expressions: (name) => [piped({ $project: { r: { [name]: ['$a'] } } })],
    accumulators: (name) => [piped({ $group: { _id: null, r: { [name]: '$a' } } })],
    variables: (name) => [piped({ $project: { r: name } })],
    commands: (name) => [db.command({ [name]: 'c' })],
    'kinds of indexes': (name) => [collection.createIndex({ a: name as never })],
    'options of indexes': (name) => [
      db.command({ createIndexes: 'c', indexes: [{ key: { b: 1 }, name: 'b', [name]: 1 }] }),
    ],
    'options of `create`': (name) => [db.command({ create: 'd', [name]: {} })],
    'options of `find`': (name) => [db.command({ find: 'c', [name]: true })],
    'options of other commands': (name) => {
      const [command = '', option = ''] = name.split('.');
      return [db.command({ [command]: 'c', pipeline: [], cursor: {}, [option]: true })];
    },
    'date formats of `$dateFromString`': (name) => [
      piped({ $project: { r: { $dateFromString: { dateString: '1', format: name } } } }),
    ],
  };

  for (const [row, names] of Object.entries(missing))
    it(`${row}`, async () => {
      expect(named(row)).to.deep.equal([...names].sort());
      for (const name of names)
        for (const answer of ask[row as keyof typeof missing](name)) {
          const error = await answer.then(
            () => `${name} is answered`,
            (reason) => reason,
          );
          expect(error, name).to.include({ code: row === 'commands' ? 59 : 238 });
          expect(error.message).to.include(name.split('.').at(-1));
        }
    });

  it('names that MongoDB does not have either get its own errors', async () => {
    const codes = await Promise.all(
      [
        collection.updateOne({}, { $foo: { a: 1 } } as object),
        collection.findOne({ $foo: 1 }),
        collection.findOne({ a: { $foo: 1 } } as object),
        piped({ $mach: {} }),
        piped({ $project: { r: { $foo: 1 } } }),
        piped({ $project: { r: '$$foo' } }),
        piped({ $group: { _id: null, r: { $foo: 1 } } }),
        db.command({ find: 'c', foo: 1 }),
        db.command({ create: 'd', foo: 1 }),
        db.command({ foo: 1 }),
        collection.createIndex({ a: 'foo' as never }),
        db.command({ createIndexes: 'c', indexes: [{ key: { b: 1 }, name: 'b', foo: 1 }] }),
        piped({ $out: 'x' }).then(() => collection.aggregate([{ $out: 'x' }, { $match: {} }]).toArray()),
      ].map(codeOf),
    );
    expect(codes).to.deep.equal([9, 2, 2, 40324, 168, 17276, 15952, 40415, 40415, 59, 67, 197, 40601]);
  });

  it('what cannot be answered at all has a sentence of its own', async () => {
    const messages = await Promise.all(
      [
        new MongoClient(store.uri.replace('mongodb://', 'mongodb://user:password@')).connect(),
        store.client
          .db('admin')
          .aggregate([{ $currentOp: {} }])
          .toArray(),
      ].map((answer) =>
        answer.then(
          () => '',
          ({ message }) => message,
        ),
      ),
    );
    expect(messages[0]).to.include('Leave user and password out of the address');
    expect(messages[1]).to.include('$currentOp is not supported');
  });
});
