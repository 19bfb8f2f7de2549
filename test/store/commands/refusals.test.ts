import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Collection, Db } from 'mongodb';
import { type Temporary, temporaryStore } from '../temporary.ts';

const readme = readFileSync(join(import.meta.dirname, '../../../src/store/README.md'), 'utf8');

/** The names in a row of the README's table of what is refused. */
function named(row: string): string[] {
  const [, names = ''] = new RegExp(`^\\| ${row} \\|(.*)\\|$`, 'm').exec(readme) ?? [];
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

  const ASK: Record<string, (name: string) => Promise<unknown>[]> = {
    stages: (name) => [piped({ [name]: {} })],
    'query operators': (name) => [
      collection.findOne({ [name]: 1 }),
      collection.findOne({ a: { [name]: 1 } } as object),
    ],
    expressions: (name) => [piped({ $project: { r: { [name]: ['$a'] } } })],
    accumulators: (name) => [piped({ $group: { _id: null, r: { [name]: '$a' } } })],
    commands: (name) => [db.command({ [name]: 'c' })],
    'kinds of indexes': (name) => [collection.createIndex({ a: name as never })],
    'options of `create`': (name) => [db.command({ create: 'd', [name]: {} })],
  };

  for (const [row, ask] of Object.entries(ASK))
    it(`${row}`, async () => {
      expect(named(row)).to.have.length.above(2);
      for (const name of named(row))
        for (const answer of ask(name)) {
          const error = await answer.then(
            () => `${name} is answered`,
            (reason) => reason,
          );
          expect(error, name).to.include({ code: row === 'commands' ? 59 : 238 });
          expect(error.message).to.include(name);
        }
    });
});
