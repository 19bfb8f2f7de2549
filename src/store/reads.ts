import { type Document, Long } from 'bson';
import { runPipeline, splitPipeline } from './aggregate.ts';
import { type Call, type Command, collationFor, collectionName, collectionOf, count, ok } from './call.ts';
import type { Collection } from './catalog.ts';
import { writeDocument } from './documents.ts';
import { emptyArray } from './encoding.ts';
import { refuse, StoreError } from './errors.ts';
import { find, type Query } from './find.ts';
import { keyValues } from './keys.ts';
import { compileFilter } from './match.ts';
import { toNumber } from './numbers.ts';
import { valueKey } from './order.ts';
import { splitOutput, writeOutput } from './output.ts';
import { compileProjection } from './project.ts';
import { countRows, documentOf, type Examined, type Row } from './records.ts';
import type { Reply } from './wire.ts';

/** How many documents a first batch has where the client does not say. */
const FIRST_BATCH = 101;

/** The commands that read documents. */
export const readCommands: Record<string, Command> = {
  find: {
    options:
      'filter sort projection skip limit batchSize singleBatch hint collation let allowDiskUse noCursorTimeout allowPartialResults',
    inTransaction: true,
    ofMoment: true,
    run: (call) => {
      const { documents } = findDocuments(call);
      return cursorReply(call, documents, count(call.command.batchSize, FIRST_BATCH));
    },
  },
  aggregate: {
    options: 'pipeline cursor allowDiskUse collation hint let bypassDocumentValidation',
    inTransaction: true,
    ofMoment: true,
    run: async (call) => {
      const { stages, output } = splitOutput(call.command.pipeline);
      const { documents } = aggregateDocuments(call, stages);
      if (output) await writeOutput(call, output, documents);
      if (output) return cursorReply(call, [], 0);
      return cursorReply(call, documents, count(call.command.cursor?.batchSize, FIRST_BATCH));
    },
  },
  count: {
    options: 'query skip limit hint collation fields',
    run: (call) => ok({ n: countDocuments(call) }),
  },
  distinct: {
    options: 'key query collation hint',
    inTransaction: true,
    ofMoment: true,
    run: (call) => ok({ values: distinctValues(call) }),
  },
  getMore: {
    options: 'collection batchSize',
    inTransaction: true,
    run: ({ store, command, database }) => {
      const size = count(command.batchSize, 0) || Number.POSITIVE_INFINITY;
      const batch = store.cursors.more(idOf(command.getMore), `${database}.${command.collection}`, size);
      return { name: 'nextBatch', batch };
    },
  },
  killCursors: {
    options: 'cursors',
    inTransaction: true,
    run: ({ store, command }) => {
      const [killed, missing]: [Long[], Long[]] = [[], []];
      for (const id of command.cursors.map(idOf)) (store.cursors.kill(id) ? killed : missing).push(id);
      return ok({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
    },
  },
};

function idOf(value: unknown): Long {
  return value instanceof Long ? value : Long.fromNumber(toNumber(value));
}

function cursorReply(call: Call, documents: Iterable<Uint8Array>, size: number): Reply {
  const { store, database, owner, command } = call;
  const batch = store.cursors.open(`${database}.${collectionName(call)}`, owner, documents, size);
  if (command.singleBatch && store.cursors.kill(batch.id)) batch.id = Long.ZERO;
  return { name: 'firstBatch', batch };
}

/** The query that a command asks for with its `filter`, which is called differently in each. */
export function queryOf(call: Call, collection: Collection | undefined, filter: Document = {}): Query {
  const { command, now, until } = call;
  return {
    filter,
    sort: sortOf(command.sort),
    skip: count(command.skip, 0),
    limit: count(command.limit, 0),
    collation: collationFor(command, collection),
    hint: command.hint,
    variables: command.let,
    now,
    until,
  };
}

function sortOf(sort: Document | undefined): Document | undefined {
  return sort && Object.keys(sort).length > 0 ? sort : undefined;
}

/** What a read is made of, for its answer and for explain; `seen` counts while `documents` are taken. */
export type Reading = { query: Query; documents: Iterable<Uint8Array>; seen: Examined; stages: Document[] };

/** The documents of a find command. */
export function findDocuments(call: Call): Reading {
  const collection = collectionOf(call);
  const query = queryOf(call, collection, call.command.filter);
  const seen = { keys: 0, documents: 0 };
  const rows = find(call.view, collection, query, seen);
  const { projection } = call.command;
  const shown = projection && Object.keys(projection).length > 0;
  return { query, seen, stages: [], documents: shown ? projected(rows, query, projection) : rawOf(rows) };
}

function* rawOf(rows: Iterable<Row>): Iterable<Uint8Array> {
  for (const row of rows) yield row.raw;
}

function* projected(rows: Iterable<Row>, query: Query, projection: Document): Iterable<Uint8Array> {
  const scope = { collation: query.collation, variables: query.variables, now: query.now };
  const project = compileProjection(projection, { ...scope, filter: compileFilter(query.filter, scope) });
  for (const row of rows) yield writeDocument(project(documentOf(row)));
}

/** The documents of an aggregate command. */
export function aggregateDocuments(call: Call, pipeline: Document[] = call.command.pipeline): Reading {
  if (typeof call.command.aggregate !== 'string') refuse('aggregation without a collection');
  const collection = collectionOf(call);
  const { rest, ...narrowing } = splitPipeline(pipeline);
  const query = { ...queryOf(call, collection), ...narrowing };
  const seen = { keys: 0, documents: 0 };
  const rows = find(call.view, collection, query, seen);
  return {
    query,
    seen,
    stages: rest,
    documents: rest.length > 0 ? piped(call, query, rest, rows) : rawOf(rows),
  };
}

function* piped(call: Call, query: Query, stages: Document[], rows: Iterable<Row>): Iterable<Uint8Array> {
  const { collation, variables, now, until } = query;
  const results = runPipeline(stages, documentsOf(rows), {
    collation,
    variables,
    now,
    find: (name, filter, options) => {
      const collection = call.view.collection(call.database, name);
      return documentsOf(find(call.view, collection, { ...options, filter, collation, now, until }));
    },
  });
  for (const document of results) yield writeDocument(document);
}

function* documentsOf(rows: Iterable<Row>): Iterable<Document> {
  for (const row of rows) yield documentOf(row);
}

function countDocuments(call: Call): number {
  const collection = collectionOf(call);
  const query = queryOf(call, collection, call.command.query);
  const { filter, skip = 0, limit = 0 } = query;
  if (collection && Object.keys(filter).length + skip + limit === 0)
    return countRows(call.store.storage.main, collection);
  let n = 0;
  for (const _ of find(call.view, collection, query)) n++;
  return n;
}

function distinctValues(call: Call): unknown[] {
  const collection = collectionOf(call);
  const query = queryOf(call, collection, call.command.query);
  const path = call.command.key;
  if (typeof path !== 'string') throw new StoreError(14, 'The key of distinct must be a string');
  const values = new Map<string, unknown>();
  for (const row of find(call.view, collection, query)) {
    for (const [value] of keyValues(documentOf(row), [[path, 1]]).tuples) {
      if (value === undefined || value === emptyArray) continue;
      const key = valueKey(value, query.collation);
      if (!values.has(key)) values.set(key, value);
    }
  }
  return [...values.values()];
}
