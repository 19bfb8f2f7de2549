import { openStore } from '../../src/store/open.ts';
import { MongoClient } from 'mongodb';
import { DatabaseSync } from 'node:sqlite';
import fs from 'node:fs';
fs.rmSync('/tmp/s1/data', { recursive: true, force: true });
fs.mkdirSync('/tmp/s1/bare', { recursive: true }); fs.rmSync('/tmp/s1/bare/a.sqlite', { force: true });
const bare = new DatabaseSync('/tmp/s1/bare/a.sqlite');
bare.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS d(id INTEGER PRIMARY KEY, a TEXT, b INTEGER, doc BLOB); CREATE INDEX ia ON d(a); CREATE INDEX ib ON d(b);');
const doc = Buffer.alloc(300, 1);
const ins = bare.prepare('INSERT INTO d(a,b,doc) VALUES(?,?,?)');
function seq(n: number, per: number) { const t = performance.now(); for (let i = 0; i < n; i++) { bare.exec('BEGIN IMMEDIATE'); for (let j = 0; j < per; j++) ins.run('x' + i, i, doc); bare.exec('COMMIT'); } return n / (performance.now() - t) * 1000; }
seq(300, 1);
const store = await openStore({ dataDir: '/tmp/s1/data' });
const client = new MongoClient(store.uri, { maxPoolSize: 64 }); await client.connect();
const c = client.db().collection<any>('t');
await c.createIndex({ a: 1 }); await c.createIndex({ b: 1 });
const filler = 'x'.repeat(250);
async function par(n: number, k: number, f: (i: number) => Promise<unknown>) { let i = 0; const t = performance.now(); await Promise.all(Array.from({ length: k }, async () => { while (i < n) await f(i++); })); return n / (performance.now() - t) * 1000; }
await par(1000, 32, (i) => c.insertOne({ _id: 'w' + i, a: 'a' + i, b: i, filler }));
for (let r = 0; r < 3; r++) {
  const b = seq(1500, 1), p = await par(4000, 32, (i) => c.insertOne({ _id: `r${r}-${i}`, a: 'a' + i, b: i, filler }));
  console.log('bare seq', b | 0, 'insert 32par', p | 0, (p / b).toFixed(2), 'insert seq', await par(500, 1, (i) => c.insertOne({ _id: `s${r}-${i}`, a: 'a' + i, b: i, filler })) | 0);
}
console.log('findOne seq', await par(2000, 1, (i) => c.findOne({ _id: `r0-${i}` })) | 0);
for (let r = 0; r < 3; r++) console.log('findOne 32par', await par(10000, 32, (i) => c.findOne({ _id: `r0-${i % 4000}` })) | 0);
console.log('findOne index 32par', await par(5000, 32, (i) => c.findOne({ a: 'w' + i })) | 0);
for (let r = 0; r < 3; r++) {
  const b2 = seq(500, 2);
  const t2 = await par(500, 1, (i) => client.withSession((s) => s.withTransaction(async () => { await c.insertOne({ _id: `t${r}-${i}`, a: 'a' + i, b: i, filler }, { session: s }); await c.insertOne({ _id: `t${r}-${i}b`, a: 'a' + i, b: i, filler }, { session: s }); })));
  const t3 = await par(1500, 16, (i) => client.withSession((s) => s.withTransaction(async () => { await c.insertOne({ _id: `u${r}-${i}`, a: 'a' + i, b: i, filler }, { session: s }); await c.insertOne({ _id: `u${r}-${i}b`, a: 'a' + i, b: i, filler }, { session: s }); })));
  console.log('bare 2-tx', b2 | 0, 'tx seq', t2 | 0, (t2 / b2).toFixed(2), 'tx 16par', t3 | 0, (t3 / b2).toFixed(2));
}
const h = client.db().collection<any>('hot'); await h.insertOne({ _id: 1, n: 0 });
for (const first of [false, true]) {
  let runs = 0; const t = performance.now();
  await par(1000, 50, () => client.withSession((s) => s.withTransaction(async () => { runs++; if (first) await h.findOne({ _id: 1 }, { session: s }); await h.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: s }); })));
  console.log('hot', first ? 'read first' : 'write first', (performance.now() - t) | 0, 'ms runs', runs, (await h.findOne({ _id: 1 })).n);
}
await client.close(); await store.close();
