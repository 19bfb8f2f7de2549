import mongoose, { type ClientSession, type Model, type Query } from 'mongoose';

export type { ClientSession } from 'mongoose';

mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', false);

/** The collection that is there from the first write of a restore until its last. */
export const unfinishedRestore = 'unfinishedRestore';

/**
 * Connects mongoose and builds the indexes of every model that has been imported.
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
  await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()));
  // Forgets ended sessions. connect-mongo would do it unawaited, and fail loudly where the house closes at once.
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
 * Runs one act as a whole: everything in it is written, or nothing. Conflicts with others are tried again,
 * so `work` may run several times and must do nothing but read and write the database.
 */
export async function transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = await mongoose.startSession();
  try {
    return await session.withTransaction(() => work(session));
  } finally {
    await session.endSession();
  }
}

/**
 * Writes whole rows whose types already say that they are right. Without mongoose's casting and checking, which take
 * more time than the rest of a sign-up together; a field that is undefined is left out.
 */
export async function insertRows<T extends object>(
  model: Model<T>,
  rows: NoInfer<T>[],
  session?: ClientSession,
): Promise<void> {
  if (rows.length > 0) await model.collection.insertMany(rows, { session, ignoreUndefined: true });
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
