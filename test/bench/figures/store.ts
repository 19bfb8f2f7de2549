import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BSON, type Db, MongoClient } from 'mongodb';
import { openStore } from '../../../src/store/open.ts';
import { inTurns, rate, report } from '../measure.ts';
import { firstLine, run } from '../processes.ts';

type Bench = { db: Db; client: MongoClient; sqlite: DatabaseSync; close(): Promise<void> };

/** The embedded database and a bare SQLite file, both in this folder (on the disk that the product would use). */
async function open(): Promise<Bench> {
  const folder = mkdtempSync(join(process.cwd(), '.bench-'));
  const store = await openStore({ dataDir: join(folder, 'store') });
  const client = await new MongoClient(store.uri, { maxPoolSize: 50 }).connect();
  const sqlite = new DatabaseSync(join(folder, 'bare.sqlite'));
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  sqlite.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, bson BLOB)');
  sqlite.exec('CREATE INDEX a ON t (a); CREATE INDEX b ON t (b)');
  const close = async () => {
    await client.close();
    await store.close();
    sqlite.close();
    rmSync(folder, { recursive: true });
  };
  return { db: client.db(), client, sqlite, close };
}

/** A document of about 350 bytes. */
function row(number: number) {
  return {
    number,
    event: number % 250,
    mode: number % 3 ? 'plats' : 'digitalt',
    email: `asa.oberg.${number}@example.se`,
    name: 'Åsa Öberg',
    organisation: 'Motala kommun',
    text: 'x'.repeat(180),
  };
}

/** Every figure of the embedded database beside its bare baseline (issue 5, C). */
export async function store(): Promise<void> {
  const bench = await open();
  await inserts(bench);
  await finds(bench);
  await transactions(bench);
  await hotDocument(bench);
  await grouping(bench);
  await bench.close();
  await largeDatabase();
}

async function inserts({ db, sqlite }: Bench): Promise<void> {
  const rows = db.collection('inserts');
  await rows.createIndexes([{ key: { event: 1 } }, { key: { email: 1 } }]);
  const insert = sqlite.prepare('INSERT INTO t (a, b, bson) VALUES (?, ?, ?)');
  let next = 0;
  const [ours, bare] = await inTurns(
    () => rate(2000, 32, () => rows.insertOne(row(next++))),
    () =>
      rate(1000, 1, async () => {
        const document = row(next++);
        insert.run(document.event, document.email, BSON.serialize(document));
      }),
  );
  report('store: durable inserts with two indexes', ours, 'inserts/s', bare);
}

async function finds({ db, sqlite }: Bench): Promise<void> {
  const rows = db.collection<{ _id: number; number: number; event: number }>('finds');
  await rows.createIndexes([{ key: { email: 1 }, unique: true }, { key: { event: 1 } }]);
  const all = Array.from({ length: 50_000 }, (_, number) => ({ _id: number, ...row(number) }));
  for (let at = 0; at < all.length; at += 10_000) await rows.insertMany(all.slice(at, at + 10_000));
  const ping = () => rate(4000, 32, () => db.command({ ping: 1 }));
  const byId = () => rate(4000, 32, (n) => rows.findOne({ _id: (n * 7919) % 50_000 }));
  const byKey = () =>
    rate(4000, 32, (n) => rows.findOne({ email: `asa.oberg.${(n * 7919) % 50_000}@example.se` }));
  const [ids, pings] = await inTurns(byId, ping);
  report('store: find by _id', ids, 'finds/s', pings);
  const [keys, again] = await inTurns(byKey, ping);
  report('store: find by unique index', keys, 'finds/s', again);

  sqlite.exec('BEGIN');
  const insert = sqlite.prepare('INSERT INTO t (a, b, bson) VALUES (?, ?, ?)');
  for (const document of all) insert.run(10_000 + document.event, document.email, BSON.serialize(document));
  sqlite.exec('COMMIT');
  const select = sqlite.prepare('SELECT bson FROM t WHERE a = ?');
  const [lists, bare] = await inTurns(
    () => rate(200, 32, (n) => rows.find({ event: n % 250 }).toArray()),
    () =>
      rate(200, 1, async (n) =>
        select.all(10_000 + (n % 250)).map(({ bson }) => BSON.deserialize(bson as Uint8Array)),
      ),
  );
  report('store: 200 documents by an index', lists, 'lists/s', bare);
}

async function transactions({ db, client, sqlite }: Bench): Promise<void> {
  await db.createCollection('first');
  await db.createCollection('second');
  const insert = sqlite.prepare('INSERT INTO t (a, b, bson) VALUES (?, ?, ?)');
  const ours = () =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        for (const name of ['first', 'second']) await db.collection(name).insertOne(row(1), { session });
      }),
    );
  const bare = () =>
    rate(1000, 1, async () => {
      sqlite.exec('BEGIN');
      for (let i = 0; i < 2; i++) insert.run(1, 'x', BSON.serialize(row(1)));
      sqlite.exec('COMMIT');
    });
  const [parallel, baseline] = await inTurns(() => rate(1000, 32, ours), bare);
  report('store: two-write transactions', parallel, 'transactions/s', baseline);
  const [alone, again] = await inTurns(() => rate(500, 1, ours), bare);
  report('store: two-write transactions, one at a time', alone, 'transactions/s', again);
}

/** 1,000 transactions that all read and change one document, from 50 clients. */
async function hotDocument({ db, client }: Bench): Promise<void> {
  const hot = db.collection<{ _id: number; n: number }>('hot');
  await hot.insertOne({ _id: 1, n: 0 });
  const start = performance.now();
  await rate(1000, 50, () =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        const { n = 0 } = (await hot.findOne({ _id: 1 }, { session })) ?? {};
        await hot.updateOne({ _id: 1 }, { $set: { n: n + 1 } }, { session });
      }),
    ),
  );
  report('store: 1,000 transactions on one document', (performance.now() - start) / 1000, 's');
  report(
    'store: 1,000 transactions on one document: counted',
    (await hot.findOne({ _id: 1 }))?.n ?? 0,
    '',
    1000,
  );
}

async function grouping({ db, sqlite }: Bench): Promise<void> {
  const rows = db.collection('finds');
  sqlite.exec('CREATE TABLE g (event INTEGER, mode TEXT, number INTEGER)');
  const insert = sqlite.prepare('INSERT INTO g VALUES (?, ?, ?)');
  sqlite.exec('BEGIN');
  for (let n = 0; n < 50_000; n++) insert.run(row(n).event, row(n).mode, n);
  sqlite.exec('COMMIT');
  const select = sqlite.prepare('SELECT event, mode, count(*), sum(number) FROM g GROUP BY event, mode');
  const _id = { event: '$event', mode: '$mode' };
  const group = [{ $group: { _id, count: { $sum: 1 }, sum: { $sum: '$number' } } }];
  const took = async (work: () => unknown) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const [ours, bare] = await inTurns(
    () => took(() => rows.aggregate(group).toArray()),
    () => took(() => select.all()),
  );
  report('store: $group over 50,000 by two fields', ours, 'ms', bare);
}

/** 200,000 documents with three indexes, opened in a process of its own. */
async function largeDatabase(): Promise<void> {
  const folder = mkdtempSync(join(process.cwd(), '.bench-'));
  const store = await openStore({ dataDir: folder });
  const client = await new MongoClient(store.uri).connect();
  const rows = client.db().collection('registrations');
  await rows.createIndexes([{ key: { event: 1 } }, { key: { email: 1 } }, { key: { number: 1 } }]);
  for (let at = 0; at < 200_000; at += 10_000)
    await rows.insertMany(Array.from({ length: 10_000 }, (_, n) => row(at + n)));
  await client.close();
  await store.close();
  const child = run('test/bench/figures/store-memory.ts', { DATA_DIR: folder });
  const [opened = 0, atRest = 0, after = 0] = (await firstLine(child)).split(' ').map(Number);
  rmSync(folder, { recursive: true });
  report('store: start with 200,000 documents', opened, 'ms');
  report('store: memory at rest with 200,000 documents', atRest, 'MB');
  report('store: memory after aggregating 200,000 documents', after, 'MB');
}
