import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { openStore } from '../../../src/store/open.ts';
import { codeOf, temporaryDirectory } from '../temporary.ts';

const collation = { locale: 'sv', strength: 2 };

describe('a database file of an older format', () => {
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function opened<T>(work: (client: MongoClient) => Promise<T>): Promise<T> {
    const store = await openStore({ dataDir: directory });
    const client = await new MongoClient(store.uri).connect();
    try {
      return await work(client);
    } finally {
      await client.close();
      await store.close();
    }
  }

  /** A list of each of these names with an index of the collation, in a file as format 2 had it: keys in no order. */
  async function writeFormat2(lists: Record<string, string[]>): Promise<void> {
    await opened(async (client) => {
      for (const [list, names] of Object.entries(lists)) {
        const people = client.db().collection(list);
        await people.createIndex({ name: 1 }, { collation, unique: true });
        await people.insertMany(names.map((name) => ({ name })));
      }
    });
    const file = new DatabaseSync(join(directory, 'database.sqlite'));
    for (const { id } of file
      .prepare("SELECT id FROM indexes WHERE instr(spec, CAST('strength' AS BLOB))")
      .all())
      file.exec(`UPDATE x${id} SET key = randomblob(16)`);
    file.exec('ALTER TABLE indexes DROP COLUMN unordered; PRAGMA user_version = 2');
    file.close();
  }

  function inOrder(client: MongoClient, list: string) {
    return client.db().collection(list).find().collation(collation).sort({ name: 1 });
  }

  it('opens, and its indexes with a collation answer in order from then on', async () => {
    await writeFormat2({ known: ['Öberg', 'Ek', 'Zetterlund', 'Åberg'], unknown: ['Öberg', 'Жуков', 'Ek'] });
    await opened(async (client) => {
      const namesOf = async (list: string) => (await inOrder(client, list).toArray()).map(({ name }) => name);
      const stageOf = async (list: string) =>
        (await inOrder(client, list).explain('queryPlanner')).queryPlanner.winningPlan.stage;
      expect(await namesOf('known')).to.deep.equal(['Ek', 'Zetterlund', 'Åberg', 'Öberg']);
      expect(await namesOf('unknown')).to.deep.equal(['Ek', 'Öberg', 'Жуков']);
      expect([await stageOf('known'), await stageOf('unknown')]).to.deep.equal(['FETCH', 'SORT']);
    });
  });

  it('is brought up to date once: what it refuses and finds is the same after the next start', async () => {
    await writeFormat2({ people: ['Öberg', 'Ek'] });
    for (const _start of [1, 2])
      await opened(async (client) => {
        const people = client.db().collection('people');
        expect(await codeOf(people.insertOne({ name: 'öberg' }))).to.equal(11000);
        expect(await people.countDocuments({ name: 'EK' }, { collation })).to.equal(1);
      });
  });
});
