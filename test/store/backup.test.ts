import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { BSON, Decimal128, Double, Int32, Long, MongoClient, ObjectId } from 'mongodb';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { temporaryDirectory } from './temporary.ts';

const SRC = new URL('../../src/programs', import.meta.url).pathname;

/** Runs a program of the service on a data directory: what it printed, and on which of both. */
async function program(name: string, dataDir: string, ...words: string[]) {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' };
  return promisify(execFile)(process.execPath, [join(SRC, name), ...words], { env, timeout: 60_000 }).catch(
    ({ stdout, stderr }) => ({ stdout, stderr }),
  );
}

describe('backup and restore', function () {
  // programs of their own, which take long on a busy machine
  this.timeout(90_000);
  let directory: string;
  let store: OpenStore;
  let client: MongoClient;

  before(async () => {
    directory = temporaryDirectory();
    store = await openStore({ dataDir: join(directory, 'data') });
    client = await new MongoClient(store.uri).connect();
    const db = client.db();
    await db.createCollection('sorted', { collation: { locale: 'sv' } });
    await db.collection('typed').insertMany([
      { _id: new ObjectId(), double: new Double(1), int: new Int32(1), long: Long.fromNumber(1) },
      {
        _id: 'å' as never,
        decimal: Decimal128.fromString('1.10'),
        when: new Date('2999-01-01'),
        pattern: /^å/i,
      },
      { _id: null as never, list: [[], [{}], null], nested: { deep: { deeper: [1.5, 'x'] } } },
      // fields in an order that an object does not keep
      new Map<string, unknown>([
        ['_id', 4],
        ['10', 'ten'],
        [
          '2',
          new Map([
            ['b', 1],
            ['1', 2],
          ]),
        ],
      ]) as never,
    ]);
    await db.collection('typed').createIndexes([
      { key: { when: 1 }, expireAfterSeconds: 60 },
      {
        key: { int: 1, 'nested.deep': -1 },
        unique: true,
        partialFilterExpression: { int: { $exists: true } },
      },
      { key: { name: 1 }, name: 'by name', sparse: true, collation: { locale: 'sv', strength: 2 } },
    ]);
    const many = Array.from({ length: 2500 }, (_, n) => ({ n, text: 'x'.repeat(n % 700) }));
    await db.collection('many/å').insertMany(many);
  });

  after(async () => {
    await client.close();
    await store.close();
    rmSync(directory, { recursive: true });
  });

  /** Every document as bytes in its order, and every index. */
  async function contents(of: MongoClient) {
    const collections = await of.db().listCollections({}, { nameOnly: false }).toArray();
    const all: Record<string, unknown> = {};
    for (const { name, options } of collections) {
      const documents = await of.db().collection(name).find({}, { raw: true }).toArray();
      const indexes = await of.db().collection(name).listIndexes().toArray();
      all[name] = {
        options,
        indexes,
        documents: documents.map((raw) => Buffer.from(raw as never).toString('hex')),
      };
    }
    return all;
  }

  it('gives every document and every index back', async () => {
    const { stdout } = await program('backup.ts', join(directory, 'data'), join(directory, 'round'));
    expect(stdout).to.include(`2504 documents of 3 collections are in ${join(directory, 'round')}\n`);
    expect(readdirSync(join(directory, 'round', 'boostdagar'))).to.include.members([
      'typed.bson',
      'typed.metadata.json',
      'many%2F%C3%A5.bson',
    ]);
    const restored = await program('restore.ts', join(directory, 'other'), join(directory, 'round'));
    expect(restored.stdout).to.include('2504 documents of 3 collections are in boostdagar\n');
    const other = await openStore({ dataDir: join(directory, 'other') });
    const otherClient = await new MongoClient(other.uri).connect();
    const found = await contents(otherClient);
    await otherClient.close();
    await other.close();
    expect(found).to.deep.equal(await contents(client));
  });

  it('holds one moment while others write', async () => {
    const db = client.db();
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++)
        await client.withSession((session) =>
          session.withTransaction(async () => {
            await db.collection('a-first').insertOne({ n }, { session });
            await db.collection('z-last').insertOne({ n }, { session });
          }),
        );
    })();
    while ((await db.collection('z-last').countDocuments()) < 20);
    await program('backup.ts', join(directory, 'data'), join(directory, 'moment'));
    writing = false;
    await writer;
    await program('restore.ts', join(directory, 'then'), join(directory, 'moment'));
    const then = await openStore({ dataDir: join(directory, 'then') });
    const thenClient = await new MongoClient(then.uri).connect();
    const [first, last] = await Promise.all(
      ['a-first', 'z-last'].map((name) => thenClient.db().collection(name).distinct('n')),
    );
    await thenClient.close();
    await then.close();
    expect(first).to.have.length.within(20, (await db.collection('a-first').countDocuments()) - 1);
    expect(last).to.deep.equal(first);
  });

  it('is not restored over what is there, unless it is told to', async () => {
    await program('backup.ts', join(directory, 'data'), join(directory, 'again'));
    const into = join(directory, 'full');
    for (const collection of ['first', 'second']) {
      const full = await openStore({ dataDir: into });
      const fullClient = await new MongoClient(full.uri).connect();
      await fullClient.db().collection(collection).insertOne({});
      await fullClient.close();
      await full.close();
    }
    const { stderr } = await program('restore.ts', into, join(directory, 'again'));
    expect(stderr).to.equal(
      'The backup could not be restored. The database boostdagar is not empty (it has first, second). With --replace everything in it is deleted first.\n',
    );
    const { stdout } = await program('restore.ts', into, join(directory, 'again'), '--replace');
    expect(stdout).to.match(/\d+ documents of 5 collections are in boostdagar\n$/);
  });

  it('says what hinders it', async () => {
    const data = join(directory, 'data');
    expect((await program('backup.ts', data)).stderr).to.include('npm run backup -- DIR');
    expect((await program('backup.ts', data, directory)).stderr).to.include('is not empty');
    expect((await program('restore.ts', data, join(directory, 'again'))).stderr).to.include(
      'another process',
    );
    appendFileSync(
      join(directory, 'again', 'boostdagar', 'typed.bson'),
      BSON.serialize({ a: 1 }).subarray(0, 9),
    );
    const { stderr } = await program('restore.ts', join(directory, 'damaged'), join(directory, 'again'));
    expect(stderr).to.include('typed.bson is damaged: it ends in the middle of a document');
    expect(existsSync(join(directory, 'again.unfinished'))).to.equal(false);
  });
});
