import type { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import mongoose, { type ClientSession, type Model, type Query } from 'mongoose';

declare module 'mongoose' {
  /** Set by mongoose, and missing in its types: what the running transaction keeps for its asynchronous calls. */
  let transactionAsyncLocalStorage: AsyncLocalStorage<{ session: ClientSession }> | undefined;
}

mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', false);
mongoose.set('transactionAsyncLocalStorage', true);

/** The collection that is there from the first write of a restore until its last. */
export const unfinishedRestore = 'unfinishedRestore';

/**
 * Connects mongoose.
 * @throws Error with one sentence if nothing answers, if a standalone server does (it has no transactions), or if a restore
 * has not come to its end
 */
export async function connectDatabase(uri: string): Promise<void> {
  await mongoose
    .connect(uri, { serverSelectionTimeoutMS: 5000, autoIndex: false, maxPoolSize: 32 })
    .catch((error: Error) => {
      throw new Error(
        `MONGODB_URI: no database answers there (${error.message}). Start it or correct the address.`,
      );
    });
  const hello = await mongoose.connection.db?.admin().command({ hello: 1 });
  if (!hello?.setName && hello?.msg !== 'isdbgrid') {
    await mongoose.disconnect();
    throw new Error(
      'MONGODB_URI: a standalone server has no transactions. Start it as a replica set (mongod --replSet rs0, then rs.initiate()).',
    );
  }
  if (await mongoose.connection.db?.listCollections({ name: unfinishedRestore }).hasNext()) {
    await mongoose.disconnect();
    throw new Error(
      'The database holds a restore that did not come to its end. Restore once more: npm run restore -- DIR --replace',
    );
  }
}

/** Builds the indexes of every model that has been imported, if they are missing. */
export async function buildIndexes(): Promise<void> {
  await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()));
  // Forgets ended sessions. connect-mongo would do it unawaited, and fail loudly if the application stops at once.
  await mongoose.connection.collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
}

/** The driver's client under mongoose and the database that it uses, for what speaks to the database without mongoose. */
export function databaseClient() {
  return { client: mongoose.connection.getClient(), dbName: mongoose.connection.name };
}

/** Closes every connection. */
export async function disconnectDatabase(): Promise<void> {
  await mongoose.disconnect();
}

/**
 * Runs `work` as one transaction: everything that mongoose and `insertRows` write in it is written, or nothing. The
 * transaction follows the asynchronous calls that `work` makes, so nobody passes it on; what runs beside it has no part
 * in it. Inside another transaction, `work` joins that one.
 *
 * Conflicts with other transactions are tried again, so `work` may run several times. It must do nothing but read and
 * write the database, one operation after the other: MongoDB allows no parallel operations in a transaction.
 */
export async function transaction<T>(work: () => Promise<T>): Promise<T> {
  if (currentSession()) return work();
  return mongoose.connection.transaction(async (session) => {
    const last: LastWork = new Map();
    lastWork.set(session, last);
    const done = await work();
    for (const write of last.values()) await write();
    return done;
  });
}

/** What is left to be done at the end of a transaction, by keys. */
type LastWork = Map<string, () => Promise<void>>;

const lastWork = new WeakMap<ClientSession, LastWork>();

/**
 * Does something as the last part of the running transaction, once for each key however often it is asked for.
 * @throws Error outside of a transaction
 */
export function beforeCommit(key: string, write: () => Promise<void>): void {
  const session = currentSession();
  const last = session && lastWork.get(session);
  if (!last) throw new Error('Only a transaction has an end to wait for.');
  last.set(key, write);
}

/** The driver's session of the transaction that this call is part of. */
function currentSession(): ClientSession | undefined {
  return mongoose.transactionAsyncLocalStorage?.getStore()?.session;
}

/**
 * Writes whole rows whose types already say that they are right. Without mongoose's casting and checking, which take
 * more time than the rest of a sign-up together; a field that is undefined is left out.
 */
export async function insertRows<T extends object>(model: Model<T>, rows: NoInfer<T>[]): Promise<void> {
  if (rows.length === 0) return;
  await model.collection.insertMany(rows, { session: currentSession(), ignoreUndefined: true });
}

/** One page of what a query finds, in its order, and how much there is in all. @param page counted from 1 */
export async function pageOf<Row>(
  found: Query<unknown, unknown>,
  page: number,
  size: number,
): Promise<{ rows: Row[]; total: number; pages: number }> {
  const total = found.model.countDocuments(found.getFilter());
  const rows = found
    .skip((page - 1) * size)
    .limit(size)
    .lean<Row[]>();
  const [there, all] = await Promise.all([rows, total]);
  return { rows: there, total: all, pages: Math.max(1, Math.ceil(all / size)) };
}

/** All that a query finds, in parts: others are served between them. */
export async function* inParts<Row>(found: Query<unknown, unknown>, size = 100): AsyncIterable<Row[]> {
  let rows: Row[] = [];
  for await (const row of found.lean().cursor({ batchSize: size })) {
    if (rows.push(row as Row) < size) continue;
    yield rows;
    rows = [];
    await setImmediate();
  }
  if (rows.length > 0) yield rows;
}

/** A document as it is stored, byte for byte: what has the same bytes is the same. */
export type Stored = Uint8Array;

/** What a pipeline finds, unread, for somebody who may know it already. */
export async function aggregateStored<T>(model: Model<T>, pipeline: object[]): Promise<Stored[]> {
  const found = await model.collection.aggregate(pipeline, { raw: true }).toArray();
  return found as unknown as Stored[];
}

/** The document of these bytes. */
export function documentIn<T extends object>(stored: Stored): T {
  return mongoose.mongo.BSON.deserialize(stored) as T;
}

/** An id that nothing has, as a form carries it: what comes twice with one id is one thing. */
export function newId(): string {
  return String(new mongoose.Types.ObjectId());
}

/** The id that a text from outside names; undefined where it cannot be one. */
export function idFrom(text: unknown): mongoose.Types.ObjectId | undefined {
  return typeof text === 'string' && /^[\da-f]{24}$/.test(text)
    ? new mongoose.Types.ObjectId(text)
    : undefined;
}

/** True if the database could not write for want of room on its disk. */
export function isOutOfSpace(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 14031;
}

/** True where a unique index refused a write. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}
