import type { Document } from 'bson';
import type { Collection } from '../storage/collection.ts';
import type { Connection } from '../storage/connection.ts';
import { countRows } from '../storage/records.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { toNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import { type Call, type Command, collectionName, collectionOf, ok } from './call.ts';

/** The commands that tell how much is stored; sizes are bytes, or as many as `scale` says. */
export const statisticsCommands: Record<string, Command> = {
  dbStats: { options: 'scale freeStorage', run: (call) => ok(databaseStatistics(call)) },
  collStats: {
    options: 'scale',
    run: (call) => ok({ ns: namespaceOf(call), ...storageOf(call, call.command.scale) }),
  },
};

/** The one document of the stage `$collStats`: `count` and `storageStats`. */
export function collectionStatistics(call: Call, operand: unknown): Document {
  const { count, storageStats, ...more } = isDocument(operand) ? operand : {};
  const [option] = Object.keys(more);
  if (option) refuse(`the option ${option} of $collStats`);
  const shown: Document = { ns: namespaceOf(call), host: call.store.address, localTime: call.now };
  if (storageStats) shown.storageStats = storageOf(call, storageStats.scale);
  if (count) shown.count = countOf(call);
  return shown;
}

function namespaceOf(call: Call): string {
  return `${call.database}.${collectionName(call)}`;
}

function countOf(call: Call): number {
  const collection = collectionOf(call);
  if (!collection) throw new StoreError(26, `Collection [${namespaceOf(call)}] not found.`);
  return countRows(call.store.storage.main, collection);
}

/** What is stored of the collections of a database. */
function databaseStatistics({ store, database, command }: Call): Document {
  const collections = [...store.catalog.all()].filter((collection) => collection.database === database);
  const sizes = collections.map((collection) => sizesOf(store.storage.main, collection));
  const sum = (part: (of: Sizes) => number) => sizes.reduce((total, each) => total + part(each), 0);
  const [objects, dataSize] = [sum(({ count }) => count), sum(({ size }) => size)];
  const [storageSize, indexSize] = [sum(({ storage }) => storage), sum(totalOfIndexes)];
  return {
    db: database,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects > 0 ? dataSize / objects : 0,
    ...scaled({ dataSize, storageSize }, command.scale),
    indexes: sum(({ indexes }) => indexes.length),
    ...scaled({ indexSize, totalSize: storageSize + indexSize }, command.scale),
    scaleFactor: scaleOf(command.scale),
  };
}

/** What is stored of the collection of a command; zeros if it does not exist, as MongoDB answers. */
function storageOf(call: Call, scale: unknown): Document {
  const collection = collectionOf(call);
  const sizes = collection ? sizesOf(call.store.storage.main, collection) : nothing;
  const { size, count, storage, indexes } = sizes;
  const indexSize = totalOfIndexes(sizes);
  return {
    ...scaled({ size }, scale),
    count,
    ...(count > 0 && { avgObjSize: Math.round(size / count) }),
    ...scaled({ storageSize: storage }, scale),
    capped: false,
    nindexes: indexes.length,
    indexSizes: scaled(Object.fromEntries(indexes), scale),
    ...scaled({ totalIndexSize: indexSize, totalSize: storage + indexSize }, scale),
    scaleFactor: scaleOf(scale),
  };
}

/** `size`: of the documents as BSON; `storage`: of the pages of the file that hold them; `indexes`: of theirs, by name. */
type Sizes = { count: number; size: number; storage: number; indexes: [name: string, bytes: number][] };

const nothing: Sizes = { count: 0, size: 0, storage: 0, indexes: [] };

function sizesOf(main: Connection, { id, indexes }: Collection): Sizes {
  const sql = `SELECT count(*), total(length(bson)) FROM d${id}`;
  const [count = 0, size = 0] = main.get<[number, number]>(sql) ?? [];
  const storage = pagesOf(main, `d${id}`);
  return { count, size, storage, indexes: indexes.map(({ id, name }) => [name, pagesOf(main, `x${id}`)]) };
}

function totalOfIndexes({ indexes }: Sizes): number {
  return indexes.reduce((sum, [, bytes]) => sum + bytes, 0);
}

/** Bytes of the pages of the file that a collection and its indexes take. */
export function storedBytes(main: Connection, collection: Collection): number {
  const tables = [`d${collection.id}`, ...collection.indexes.map(({ id }) => `x${id}`)];
  return tables.reduce((sum, table) => sum + pagesOf(main, table), 0);
}

/** https://www.sqlite.org/dbstat.html */
function pagesOf(main: Connection, table: string): number {
  return main.get<[number]>('SELECT pgsize FROM dbstat WHERE name = ? AND aggregate = TRUE', table)?.[0] ?? 0;
}

function scaled(sizes: Record<string, number>, scale: unknown): Document {
  const factor = scaleOf(scale);
  return Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [name, Math.floor(bytes / factor)]));
}

function scaleOf(scale: unknown): number {
  const factor = Math.floor(toNumber(scale ?? 1));
  if (factor >= 1) return factor;
  throw new StoreError(2, `BSON field 'scale' value must be >= 1, actual value '${factor}'`);
}
