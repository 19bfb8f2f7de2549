import { writeSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { openStore } from '../../../src/store/open.ts';

// Writes in many ways at once until it is killed, and tells on stdout what has been acknowledged (see crash.ts).
const [directory = '', round] = process.argv.slice(2);
const { uri } = await openStore({ dataDir: directory });
const client = await new MongoClient(uri).connect();
const db = client.db();
await db.collection('inserted').createIndex({ key: 1 }, { unique: true });
await db.collection('inserted').createIndex({ group: 1, n: -1 });
await db.collection('passing').createIndex({ until: 1 }, { expireAfterSeconds: 0 });
await db.collection('counter').updateOne({ _id: 1 as never }, { $setOnInsert: { n: 0 } }, { upsert: true });

async function again(
  kind: string,
  writer: number,
  write: (key: string, n: number) => Promise<unknown>,
): Promise<never> {
  for (let n = 0; ; n++) {
    const key = `${round}-${writer}-${n}`;
    await write(key, n);
    writeSync(1, `${kind} ${key}\n`);
  }
}

const NEVER = new Date('2999-01-01');

for (let writer = 0; writer < 5; writer++) {
  again('insert', writer, (key, n) => db.collection('inserted').insertOne({ key, group: writer, n }));
  again('increment', writer, () => db.collection('counter').updateOne({}, { $inc: { n: 1 } }));
  again('pair', writer, (key) =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        await db.collection('left').insertOne({ key }, { session });
        await db.collection('right').insertOne({ key }, { session });
      }),
    ),
  );
}
again('stay', 0, (key, n) =>
  db.collection('passing').insertMany([
    { key, until: NEVER },
    { key: `${key} goes`, until: new Date(n) },
  ]),
);
again('index', 0, async () => {
  const name = await db.collection('inserted').createIndex({ n: 1, key: 1, built: 1 });
  await db.collection('inserted').dropIndex(name);
});
