import { setTimeout } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { openStore } from '../../../src/store/open.ts';

/** A database of its own process on a folder of 200,000 documents: prints the ms until it answers, then MB at rest and after a whole aggregation. */
const folder = process.env.DATA_DIR ?? '';
const start = performance.now();
const store = await openStore({ dataDir: folder });
const client = await new MongoClient(store.uri).connect();
const rows = client.db().collection('registrations');
await rows.findOne({ number: 100_000 });
const opened = performance.now() - start;
await setTimeout(2000);
const atRest = process.memoryUsage.rss() / 2 ** 20;
await rows.aggregate([{ $group: { _id: '$event', seats: { $sum: 1 } } }]).toArray();
await rows
  .aggregate([{ $group: { _id: { event: '$event', mode: '$mode' }, sum: { $sum: '$number' } } }])
  .toArray();
const after = process.memoryUsage.rss() / 2 ** 20;
process.stdout.write(`${[opened, atRest, after].join(' ')}\n`);
await client.close();
await store.close();
