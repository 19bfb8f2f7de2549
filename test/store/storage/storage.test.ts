import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { Catalog } from '../../../src/store/storage/catalog.ts';
import { Storage } from '../../../src/store/storage/storage.ts';
import { codeOf, temporaryDirectory } from '../temporary.ts';

describe('the storage', () => {
  const directory = temporaryDirectory();
  let storage: Storage;
  before(() => {
    storage = new Storage(directory);
    storage.main.exec('CREATE TABLE t (n INTEGER)');
  });
  after(() => {
    storage.close();
    rmSync(directory, { recursive: true });
  });

  function count(connection = storage.main): number | undefined {
    return connection.get<[number]>('SELECT count(*) FROM t')?.[0];
  }

  it('shares one commit among the writes of a turn', async () => {
    const insert = 'INSERT INTO t VALUES (?)';
    const groups = [1, 2, 3].map((n) =>
      storage.write((group) => ({ group, row: storage.main.run(insert, n) })),
    );
    expect(new Set(groups.map(({ group }) => group))).to.have.length(1);
    const early = storage.snapshot();
    await storage.settled();
    expect(storage.settled()).to.equal(undefined);
    expect(count(early.connection)).to.equal(0);
    storage.release(early);
    const late = storage.snapshot();
    expect(count(late.connection)).to.equal(3);
    storage.release(late);
  });

  it('loses a whole group where a write in it fails, tells everybody, and goes on', async () => {
    const catalog = new Catalog(storage);
    const kept = catalog.create('db', 'kept');
    await storage.settled();
    catalog.create('db', 'lost');
    const waiting = codeOf(storage.settled() ?? Promise.resolve());
    const failing = () => storage.write(() => storage.main.run('INSERT INTO nowhere VALUES (1)'));
    expect(failing).to.throw('could not be written');
    expect(await waiting).to.equal(1);
    expect(storage.losses).to.equal(1);
    expect(Array.from(catalog.all(), ({ name }) => name)).to.deep.equal(['kept']);
    expect(kept.dropped).to.equal(true);
    storage.write(() => storage.main.run('INSERT INTO t VALUES (4)'));
    await storage.settled();
    expect(count()).to.equal(4);
  });

  it('goes on where there are more statements than it keeps', () => {
    const sums = Array.from({ length: 2500 }, (_, n) => storage.main.get<[number]>(`SELECT ${n} + 1`)?.[0]);
    expect(sums).to.deep.equal(Array.from({ length: 2500 }, (_, n) => n + 1));
    expect(count()).to.equal(4);
  });

  it('tells a full disk from other errors', async () => {
    const [[pages = 0] = []] = storage.main.all<[number]>('PRAGMA page_count');
    storage.main.exec(`PRAGMA max_page_count = ${pages + 10}`);
    const large = () => storage.write(() => storage.main.run('INSERT INTO t VALUES (zeroblob(1000000))'));
    expect(large).to.throw().with.property('code', 14031);
    expect(count()).to.equal(4);
  });
});
