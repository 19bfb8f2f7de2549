import type { ClientSession, Collection, Document, MongoClient } from 'mongodb';
import { newSeed, seeded, temporaryStore } from '../temporary.ts';

type Random = (below: number) => number;
type Write = (collection: Collection<Document>, session?: ClientSession) => Promise<unknown>;

/** Does the same random writes inside transactions and outside, and says where they first differ or are seen too early. */
export async function fuzzTransactions(
  client: MongoClient,
  random: Random,
  rounds: number,
): Promise<string | undefined> {
  const db = client.db();
  const [inside, outside] = [db.collection('inside'), db.collection('outside')];
  for (let round = 0; round < rounds; round++) {
    if (round % 200 === 0)
      for (const collection of [inside, outside]) {
        await collection.drop();
        await collection.createIndex({ k: 1 }, { unique: true });
      }
    const wrong = await client.withSession((session) =>
      oneTransaction(inside, outside, session, random, round),
    );
    if (wrong) return `round ${round}: ${wrong}`;
  }
  return undefined;
}

async function oneTransaction(
  inside: Collection<Document>,
  outside: Collection<Document>,
  session: ClientSession,
  random: Random,
  round: number,
): Promise<string | undefined> {
  const all = async (collection: Collection<Document>, filter: Document = {}, within?: ClientSession) =>
    JSON.stringify(await collection.find(filter, { session: within }).sort({ _id: 1 }).toArray());
  const before = await all(inside);
  session.startTransaction();
  for (let step = random(8); step >= 0; step--) {
    const write = randomWrite(random, round * 10 + step);
    const [own, other] = await Promise.all([write(inside, session), write(outside)]);
    if (JSON.stringify(own) !== JSON.stringify(other)) return `answers ${JSON.stringify([own, other])}`;
    const filter = { k: { $gte: random(20) } };
    if ((await all(inside, filter, session)) !== (await all(outside, filter)))
      return `found by ${JSON.stringify(filter)}`;
    if ((await all(inside)) !== before) return 'seen before the commit';
  }
  await session.commitTransaction();
  return (await all(inside)) === (await all(outside)) ? undefined : 'after the commit';
}

/** A random write; keys are chosen so that a unique key is never taken twice. */
function randomWrite(random: Random, fresh: number): Write {
  const k = random(20);
  switch (random(6)) {
    case 0:
    case 1:
      return (c, session) => c.insertOne({ _id: fresh as never, k: fresh + 100, n: 0 }, { session });
    case 2:
      return (c, session) => c.updateMany({ n: { $lt: 3 } }, { $inc: { n: 1 } }, { session });
    case 3:
      return (c, session) => c.updateOne({ k }, { $set: { n: k } }, { upsert: false, session });
    case 4:
      return (c, session) => c.deleteOne({ n: { $gt: 2 } }, { session });
    default:
      return (c, session) =>
        c.findOneAndUpdate(
          { n: { $lt: 5 } },
          { $inc: { n: 2, k: 1_000_000 } },
          { sort: { _id: 1 }, session },
        );
  }
}

/** `node test/store/outside/fuzz-transactions.ts 10000`, again with `SEED=…`. */
if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 10_000);
  const seed = newSeed();
  const store = await temporaryStore();
  const wrong = await fuzzTransactions(store.client, seeded(seed), rounds);
  await store.close();
  process.stdout.write(`${rounds} transactions, SEED=${seed}: ${wrong ?? 'no difference'}\n`);
  process.exitCode = wrong ? 1 : 0;
}
