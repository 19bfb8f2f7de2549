import { type AbstractCursor, ClientSession, Collection, Db, type Document, MongoClient } from 'mongodb';
import { Unsupported } from './unified-match.ts';

/** Carries out an operation of a unified test on one of its entities. @throws Unsupported, and what the driver throws */
export async function operate(entity: unknown, name: string, args: Document): Promise<unknown> {
  if (entity instanceof Collection) return onCollection(entity, name, args);
  if (entity instanceof Db) return onDatabase(entity, name, args);
  if (entity instanceof ClientSession) return onSession(entity, name, args);
  if (entity instanceof MongoClient) return onClient(entity, name, args);
  throw new Unsupported(`${name} of ${(entity as object)?.constructor?.name ?? 'an unknown entity'}`);
}

function onCollection(c: Collection, name: string, args: Document): Promise<unknown> {
  const {
    filter,
    update,
    replacement,
    document,
    documents,
    requests,
    pipeline,
    fieldName,
    keys,
    ...options
  } = args;
  if (options.returnDocument) options.returnDocument = options.returnDocument.toLowerCase();
  switch (name) {
    case 'find':
      return all(c.find(filter, options));
    case 'findOne':
      return c.findOne(filter, options);
    case 'insertOne':
      return c.insertOne(document, options);
    case 'insertMany':
      return c.insertMany(documents, options);
    case 'updateOne':
      return c.updateOne(filter, update, options);
    case 'updateMany':
      return c.updateMany(filter, update, options);
    case 'replaceOne':
      return c.replaceOne(filter, replacement, options);
    case 'deleteOne':
      return c.deleteOne(filter, options);
    case 'deleteMany':
      return c.deleteMany(filter, options);
    case 'findOneAndUpdate':
      return c.findOneAndUpdate(filter, update, options);
    case 'findOneAndReplace':
      return c.findOneAndReplace(filter, replacement, options);
    case 'findOneAndDelete':
      return c.findOneAndDelete(filter, options);
    case 'bulkWrite':
      return c.bulkWrite(requests, options);
    case 'countDocuments':
      return c.countDocuments(filter, options);
    case 'estimatedDocumentCount':
      return c.estimatedDocumentCount(options);
    case 'count':
      return c.count(filter, options);
    case 'distinct':
      return c.distinct(fieldName, filter, options);
    case 'aggregate':
      return all(c.aggregate(pipeline, options));
    case 'createIndex':
      return c.createIndex(keys, options);
    case 'listIndexes':
      return all(c.listIndexes(options));
    case 'listIndexNames':
      return all(c.listIndexes(options));
    default:
      throw new Unsupported(name);
  }
}

function onDatabase(db: Db, name: string, args: Document): Promise<unknown> {
  const { pipeline, command, commandName: _, collection, filter, ...options } = args;
  switch (name) {
    case 'aggregate':
      return all(db.aggregate(pipeline, options));
    case 'runCommand':
      return db.command(command, options);
    case 'createCollection':
      return db.createCollection(collection, options);
    case 'dropCollection':
      return db.dropCollection(collection, options);
    case 'listCollections':
      return all(db.listCollections(filter, options));
    case 'listCollectionNames':
      return all(db.listCollections(filter, { ...options, nameOnly: true }));
    default:
      throw new Unsupported(name);
  }
}

function onClient(client: MongoClient, name: string, args: Document): Promise<unknown> {
  if (name === 'listDatabases') return client.db('admin').admin().listDatabases(args);
  if (name === 'listDatabaseNames')
    return client
      .db('admin')
      .admin()
      .listDatabases({ ...args, nameOnly: true });
  if (name === 'close') return client.close();
  throw new Unsupported(name);
}

async function onSession(session: ClientSession, name: string, args: Document): Promise<unknown> {
  switch (name) {
    case 'startTransaction':
      return void session.startTransaction(args);
    case 'commitTransaction':
      return session.commitTransaction(args);
    case 'abortTransaction':
      return session.abortTransaction(args);
    case 'endSession':
      return session.endSession();
    case 'getSnapshotTime':
      // the driver's types hide it
      return (session as unknown as { snapshotTime: unknown }).snapshotTime;
    default:
      throw new Unsupported(name);
  }
}

async function all(cursor: AbstractCursor): Promise<unknown[]> {
  return cursor.toArray();
}
