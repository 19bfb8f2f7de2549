import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, EJSON } from 'bson';
import { expect } from 'chai';
import { type Db, MongoClient, MongoServerError } from 'mongodb';
import { type OpenStore, openStore } from '../../../src/store/open.ts';

/** One documented behaviour of MongoDB; see the README beside the cases' source. */
type Case = {
  name: string;
  kind: 'expression' | 'find' | 'update' | 'aggregate';
  document?: Document;
  documents?: Document[];
  expression?: unknown;
  filter?: Document;
  update?: Document | Document[];
  options?: Document;
  pipeline?: Document[];
  expected?: unknown;
  expectedType?: Record<string, string>;
  exactNumbers?: boolean;
  unordered?: boolean;
  missing?: boolean;
  error?: unknown;
};

const cases: Case[] = EJSON.parse(readFileSync(join(import.meta.dirname, 'conformance.json'), 'utf8'), {
  relaxed: false,
}) as Case[];

/** The most cases that may be refused by name instead of answered. */
const MOST_REFUSED = 3;

describe('what MongoDB answers', () => {
  let directory: string;
  let store: OpenStore;
  let client: MongoClient;
  let db: Db;
  let answered = 0;
  const refused: string[] = [];

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'conformance-'));
    store = await openStore({ dataDir: directory });
    client = await MongoClient.connect(store.uri, { ignoreUndefined: false });
    db = client.db();
  });

  after(async () => {
    await client?.close();
    await store?.close();
    await rm(directory, { recursive: true, force: true });
  });

  for (const item of cases) {
    it(item.name, async () => {
      await db.collection('a').deleteMany({});
      const documents = item.documents ?? [{ _id: 1, ...item.document }];
      if (documents.length > 0) await db.collection('a').insertMany(documents);
      if (await refusesByName(item)) refused.push(item.name);
      else answered += 1;
    });
  }

  it('answers almost all of them, and refuses the rest by name', () => {
    expect(answered + refused.length).to.equal(cases.length);
    expect(refused, `${answered} answered, ${refused.length} refused`).to.have.length.at.most(MOST_REFUSED);
    process.stdout.write(`      ${answered} answered, ${refused.length} refused: ${refused.join(', ')}\n`);
  });

  /** Checks the answer; true where it was a refusal that names an operator or stage of the case instead. */
  async function refusesByName(item: Case): Promise<boolean> {
    let actual: unknown;
    try {
      actual = await ANSWERS[item.kind](item);
    } catch (error) {
      if (!(error instanceof MongoServerError)) throw error;
      if (item.error) {
        if (item.error !== true) expect(error.code).to.equal(Number(item.error));
        return false;
      }
      expect(error.code, error.message).to.equal(238);
      const [name = 'nothing named'] = /\$\w+/.exec(error.message) ?? [];
      expect(JSON.stringify([item.expression, item.filter, item.update, item.pipeline])).to.contain(name);
      return true;
    }
    expect(item.error, `an error instead of ${JSON.stringify(actual)}`).to.equal(undefined);
    compare(item, actual);
    return false;
  }

  const ANSWERS: Record<Case['kind'], (item: Case) => Promise<unknown>> = {
    async expression({ expression, missing }) {
      const [result] = await db
        .collection('a')
        .aggregate([{ $project: { _id: 0, r: expression } }])
        .toArray();
      expect(Object.keys(result ?? {})).to.deep.equal(missing ? [] : ['r']);
      return result?.r ?? null;
    },
    async find({ filter = {} }) {
      const found = await db.collection('a').find(filter).sort({ _id: 1 }).toArray();
      return found.map(({ _id }) => _id);
    },
    async update({ filter = {}, update = {}, options = {} }) {
      await db.collection('a').updateOne(filter, update, options);
      const found = await db.collection('a').findOne({}, { promoteValues: false, projection: { _id: 0 } });
      return found;
    },
    aggregate: ({ pipeline, exactNumbers = false }) =>
      db.collection('a').aggregate(pipeline, { promoteValues: !exactNumbers }).toArray(),
  };
});

function compare({ expected, expectedType, exactNumbers = false, unordered }: Case, actual: unknown): void {
  if (expectedType) {
    for (const [name, type] of Object.entries(expectedType)) {
      const value = (actual as Document)[name];
      expect(value._bsontype ?? value.constructor.name).to.equal(type);
    }
    return;
  }
  // as text, so that the order of keys counts
  const text = (value: unknown) => EJSON.stringify(value, { relaxed: !exactNumbers });
  if (unordered) expect((actual as unknown[]).map(text)).to.have.members((expected as unknown[]).map(text));
  else expect(text(actual)).to.equal(text(expected));
}
