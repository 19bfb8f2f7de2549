import type { Document } from 'bson';
import { compileFilter } from '../query/filter.ts';
import type { Collection } from '../storage/collection.ts';
import type { Index } from '../storage/indexes.ts';
import { collationOf } from '../values/collation.ts';
import { writeDocument } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import { equalValues } from '../values/order.ts';
import { isDocument } from '../values/types.ts';
import type { Reply } from '../wire/messages.ts';
import { type Call, type Command, collectionOf, ensureCollection, ok, type Store } from './call.ts';
import { storedBytes } from './statistics.ts';

/** The commands about collections and indexes. */
export const catalogCommands: Record<string, Command> = {
  create: { options: 'collation', inTransaction: true, run: create },
  drop: { options: '', run: drop },
  dropDatabase: { options: '', run: dropDatabase },
  createIndexes: { options: 'indexes commitQuorum', inTransaction: true, run: createIndexes },
  dropIndexes: { options: 'index', run: dropIndexes },
  listCollections: { options: 'filter nameOnly authorizedCollections cursor', run: listCollections },
  listIndexes: { options: 'cursor', run: listIndexes },
  listDatabases: { options: 'filter nameOnly authorizedDatabases', run: listDatabases },
};

function create(call: Call): Reply {
  const known = collectionOf(call);
  const collation = collationOf(call.command.collation)?.spec;
  const options = collation ? { collation } : {};
  if (known && !equalValues(known.options, options))
    throw new StoreError(48, `Collection already exists. NS: ${known.namespace}`);
  if (!known) call.view.create(call.database, call.command.create, options);
  return ok();
}

function drop(call: Call): Reply {
  const collection = collectionOf(call);
  if (!collection) return ok();
  call.store.catalog.drop(collection);
  return ok({ nIndexesWas: collection.indexes.length, ns: collection.namespace });
}

function dropDatabase({ store, database }: Call): Reply {
  for (const collection of collectionsOf(store.catalog.all(), database)) store.catalog.drop(collection);
  return ok({ dropped: database });
}

function collectionsOf(all: Iterable<Collection>, database: string): Collection[] {
  return [...all].filter((collection) => collection.database === database);
}

function createIndexes(call: Call): Reply {
  if (call.command.indexes.length === 0) throw new StoreError(2, 'Must specify at least one index to create');
  const existed = collectionOf(call) !== undefined;
  const collection = ensureCollection(call);
  const numIndexesBefore = collection.indexes.length;
  for (const spec of call.command.indexes) call.view.createIndex(collection, spec);
  return ok({
    numIndexesBefore,
    numIndexesAfter: collection.indexes.length,
    createdCollectionAutomatically: !existed,
    ...(collection.indexes.length === numIndexesBefore && { note: 'all indexes already exist' }),
  });
}

function dropIndexes(call: Call): Reply {
  const collection = mustExist(call);
  const asked: unknown = call.command.index;
  const nIndexesWas = collection.indexes.length;
  for (const index of asked === '*' ? collection.indexes.slice(1) : indexesMeant(collection, asked)) {
    if (index.name === '_id_') throw new StoreError(72, 'cannot drop _id index');
    call.store.catalog.dropIndex(collection, index);
  }
  return ok({ nIndexesWas });
}

function indexesMeant(collection: Collection, asked: unknown): Index[] {
  return (Array.isArray(asked) ? asked : [asked]).map((one) => {
    const meant = ({ name, spec }: Index) => (isDocument(one) ? equalValues(spec.key, one) : name === one);
    const index = collection.indexes.find(meant);
    if (!index)
      throw new StoreError(27, `index not found with name [${isDocument(one) ? JSON.stringify(one) : one}]`);
    return index;
  });
}

function mustExist(call: Call): Collection {
  const collection = collectionOf(call);
  if (!collection) throw new StoreError(26, `ns does not exist: ${call.database}.${call.command[call.name]}`);
  return collection;
}

function listCollections(call: Call): Reply {
  const { store, command, database } = call;
  const entries = collectionsOf(store.catalog.all(), database).map(({ name, options, indexes }) =>
    command.nameOnly
      ? { name, type: 'collection' }
      : { name, type: 'collection', options, info: { readOnly: false }, idIndex: indexes[0]?.spec },
  );
  const filter = compileFilter(command.filter ?? {});
  const matching = entries.filter((entry) => filter.matches(entry));
  return listed(call, `${database}.$cmd.listCollections`, matching);
}

function listIndexes(call: Call): Reply {
  const collection = mustExist(call);
  const specs = collection.indexes.map((index) => index.spec);
  return listed(call, collection.namespace, specs);
}

function listed({ store, owner }: Call, namespace: string, documents: Document[]): Reply {
  const batch = store.cursors.open(namespace, owner, documents.map(writeDocument), Number.POSITIVE_INFINITY);
  return { name: 'firstBatch', batch };
}

function listDatabases({ store, command }: Call): Reply {
  const names = new Set(Array.from(store.catalog.all(), (collection) => collection.database));
  const filter = compileFilter(command.filter ?? {});
  const databases = Array.from(names, (name) =>
    command.nameOnly ? { name } : { name, sizeOnDisk: sizeOf(store, name), empty: false },
  ).filter((database) => filter.matches(database));
  if (command.nameOnly) return ok({ databases });
  return ok({ databases, totalSize: databases.reduce((sum, { sizeOnDisk = 0 }) => sum + sizeOnDisk, 0) });
}

function sizeOf({ catalog, storage }: Store, database: string): number {
  const sizes = collectionsOf(catalog.all(), database).map((one) => storedBytes(storage.main, one));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
