import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { openStore } from '../../../src/store/open.ts';
import { newSeed, seeded, temporaryDirectory } from '../temporary.ts';

/** Sends bytes over a connection of their own and waits until it is closed, or has answered, or 30 ms are over. */
export async function sendAlone(uri: string, bytes: Buffer): Promise<void> {
  const socket = dial(uri);
  const answered = once(socket, 'data').catch(() => {});
  const closed = once(socket, 'close');
  socket.on('error', () => {}).write(bytes);
  await Promise.race([answered, closed, sleep(30)]);
  socket.destroy();
}

/** Sends `count` broken versions of the messages, twenty at a time. */
export async function sendBroken(
  uri: string,
  messages: Buffer[],
  count: number,
  random: (below: number) => number,
): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await sendAlone(uri, mutated(messages, random));
  };
  await Promise.all(Array.from({ length: 20 }, lane));
}

/** A connection to the database at `uri`. */
export function dial(uri: string): Socket {
  const host = decodeURIComponent(uri.split('/')[2] ?? '');
  return host.startsWith('/') ? connect(host) : connect(Number(host.split(':')[1]), '127.0.0.1');
}

/** The messages that a real client sends while it uses most of what there is. */
export async function recordMessages(uri: string): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  const proxy = createServer((client) => {
    const server = dial(uri);
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.on('error', () => server.destroy()).pipe(server);
    server.on('error', () => client.destroy()).pipe(client);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await useMost(`mongodb://127.0.0.1:${port}/recorded?directConnection=true`);
  proxy.close();
  return chunks;
}

async function useMost(uri: string): Promise<void> {
  const client = await new MongoClient(uri).connect();
  const db = client.db();
  const c = db.collection<{ _id: number; n?: number; tags?: string[] }>('c');
  await c.createIndex({ n: 1 }, { unique: true, sparse: true });
  await c.insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: i, n: i, tags: ['å', 'b'] })));
  await c.updateOne({ _id: 1 }, { $set: { n: 100 }, $push: { tags: { $each: ['c'], $slice: 2 } } });
  await c.updateMany({ n: { $gt: 3 } }, { $inc: { n: 1000 } });
  await c.findOneAndUpdate({ _id: 2 }, { $unset: { n: 1 } }, { returnDocument: 'after' });
  await c.find({ tags: { $in: ['å'] } }, { sort: { n: -1 }, batchSize: 3 }).toArray();
  await c.aggregate([{ $group: { _id: '$tags', sum: { $sum: '$n' } } }, { $sort: { sum: 1 } }]).toArray();
  await c.distinct('tags', { n: { $exists: true } });
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await c.insertOne({ _id: 50 }, { session });
      await c.deleteOne({ _id: 3 }, { session });
    }),
  );
  await c.deleteMany({ n: { $lt: 5 } });
  await db.listCollections().toArray();
  await client.close();
}

/** One of the messages with some bytes changed, cut out, put in or doubled, or its end missing. */
function mutated(messages: Buffer[], random: (below: number) => number): Buffer {
  let bytes = Buffer.from(messages[random(messages.length)] ?? []);
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(bytes.length);
    const kind = random(6);
    if (kind < 2) bytes[at] = random(256);
    // lengths and types stand near the beginning
    else if (kind === 2)
      bytes.writeInt32LE(
        [0, -1, 4, 5, 2 ** 31 - 1, random(2 ** 31)][random(6)] ?? 0,
        random(Math.min(60, bytes.length - 4)),
      );
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(8))]);
    else if (kind === 4) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(random(bytes.length))]);
    else bytes = bytes.subarray(0, at);
    if (bytes.length < 64) break;
  }
  // half of them with the right length in front, so that they are read to the end
  if (random(2) && bytes.length >= 4) bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}

/** `node test/store/outside/mutations.ts 1000`: so many broken messages, and whether the database lives. */
if (import.meta.main) {
  const count = Number(process.argv[2] ?? 1000);
  const seed = newSeed();
  const random = seeded(seed);
  const directory = temporaryDirectory();
  const store = await openStore({ dataDir: directory });
  const messages = await recordMessages(store.uri);
  await sendBroken(store.uri, messages, count, random);
  const client = await new MongoClient(store.uri).connect();
  await client.db().collection('c').insertOne({});
  await client.close();
  await store.close();
  rmSync(directory, { recursive: true });
  const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
  process.stdout.write(`${count} broken messages, SEED=${seed}: it lives, ${megabytes} MB\n`);
}
