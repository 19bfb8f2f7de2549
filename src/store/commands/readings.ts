import type { Document } from 'bson';
import { runPipeline, splitPipeline } from '../aggregation/pipeline.ts';
import { find, planOf, type Query } from '../planning/find.ts';
import { fieldsRead } from '../query/fields-read.ts';
import { compileFilter } from '../query/filter.ts';
import { compileProjection } from '../query/projection.ts';
import type { Collection } from '../storage/collection.ts';
import { keyValues } from '../storage/keys.ts';
import { countRows, documentOf, type Examined, type Row } from '../storage/records.ts';
import { writeDocument } from '../values/documents.ts';
import { emptyArray } from '../values/encoding.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { missing } from '../values/missing.ts';
import { valueKey } from '../values/order.ts';
import { type Call, collationFor, collectionOf, count, type ReadCall, required } from './call.ts';
import { collectionStatistics } from './statistics.ts';

/** The query that a command asks for with its `filter`, which is called differently in each. */
export function queryOf(call: ReadCall, collection: Collection | undefined, filter: Document = {}): Query {
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

/** A prepared read, for the answer and for explain; `seen` counts while `documents` are taken. */
export type Reading = {
  query: Query;
  documents: Iterable<Uint8Array>;
  seen: Examined;
  stages: Document[];
  /** Whether it keeps documents in memory that have not been taken yet. */
  holds: boolean;
};

/** The documents of a find command. */
export function findDocuments(call: ReadCall): Reading {
  const collection = collectionOf(call);
  const { projection, filter } = call.command;
  const query = queryOf(call, collection, filter);
  const shown = projection && Object.keys(projection).length > 0;
  if (!shown) query.fields = fieldsRead(query.filter, query.sort);
  const seen = { keys: 0, documents: 0 };
  const rows = find(call.view, collection, query, seen);
  const documents = shown ? projected(rows, query, projection) : rawOf(rows);
  return { query, seen, stages: [], documents, holds: isSorted(call, collection, query) };
}

function* rawOf(rows: Iterable<Row>): Iterable<Uint8Array> {
  for (const row of rows) yield row.raw;
}

function* projected(rows: Iterable<Row>, query: Query, projection: Document): Iterable<Uint8Array> {
  const { collation, variables, now, until } = query;
  const scope = { collation, variables, now, until };
  const project = compileProjection(projection, { ...scope, filter: compileFilter(query.filter, scope) });
  for (const row of rows) yield writeDocument(project(documentOf(row)));
}

/** Whether the documents are sorted in memory, and not by an index. */
function isSorted(call: ReadCall, collection: Collection | undefined, query: Query): boolean {
  return Boolean(query.sort && collection && !planOf(call.view, collection, query).sorted);
}

/** Stages that need all documents before they give the first. */
const blockingStages = new Set(['$group', '$sort', '$bucket', '$sortByCount', '$facet', '$count']);

/** The pipeline of an aggregate command. */
export function pipelineOf({ name, command }: ReadCall): Document[] {
  return required(name, command, 'pipeline') as Document[];
}

/** Stages that use nothing of a document but the fields in their expressions. */
const summaries = new Set(['$group', '$bucket', '$sortByCount', '$count']);

/** The documents of an aggregate command. */
export function aggregateDocuments(call: Call, pipeline = pipelineOf(call)): Reading {
  if (typeof call.command.aggregate !== 'string') refuseWithoutCollection(pipeline);
  const [{ $collStats, ...other } = {}, ...stages] = pipeline;
  if ($collStats === undefined || Object.keys(other).length > 0) return pipedDocuments(call, pipeline);
  const query = queryOf(call, collectionOf(call));
  const documents = piped(call, query, stages, [collectionStatistics(call, $collStats)]);
  return { query, seen: { keys: 0, documents: 0 }, stages, documents, holds: false };
}

/** The documents of a pipeline over a collection. */
export function pipedDocuments(call: ReadCall, pipeline: Document[]): Reading {
  const collection = collectionOf(call);
  const seen = { keys: 0, documents: 0 };
  const { rest, ...narrowing } = splitPipeline(pipeline);
  const query: Query = { ...queryOf(call, collection), ...narrowing };
  if (summaries.has(Object.keys(rest[0] ?? {})[0] ?? ''))
    query.fields = fieldsRead(query.filter, query.sort, rest[0]);
  const rows = find(call.view, collection, query, seen);
  return {
    query,
    seen,
    stages: rest,
    documents: rest.length > 0 ? piped(call, query, rest, documentsOf(rows)) : rawOf(rows),
    holds:
      rest.some((stage) => blockingStages.has(Object.keys(stage)[0] ?? '')) ||
      isSorted(call, collection, query),
  };
}

function* piped(
  call: ReadCall,
  query: Query,
  stages: Document[],
  source: Iterable<Document>,
): Iterable<Uint8Array> {
  const { collation, variables, now, until } = query;
  const results = runPipeline(stages, source, {
    collation,
    variables,
    now,
    until,
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

/** `db.aggregate`: all stages of MongoDB that begin it are missing here. */
function refuseWithoutCollection(pipeline: Document[]): never {
  const [name = ''] = Object.keys(pipeline[0] ?? {});
  if (missing.stages.has(name)) refuse(`the stage ${name}`);
  throw new StoreError(73, `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
}

/** How many documents a count command asks about. */
export function countDocuments(call: ReadCall): number {
  const collection = collectionOf(call);
  const query = queryOf(call, collection, call.command.query);
  let n = 0;
  for (const _ of find(call.view, collection, { ...query, fields: fieldsRead(query.filter) })) n++;
  return n;
}

/** How many documents a whole collection has, if that is what a count command asks about. */
export function countAll(call: Call): number | undefined {
  const collection = collectionOf(call);
  const { filter, hint, skip = 0, limit = 0 } = queryOf(call, collection, call.command.query);
  if (!collection || hint || Object.keys(filter).length + skip + limit > 0) return undefined;
  return countRows(call.store.storage.main, collection);
}

/** The values of a distinct command, in the order of their appearance. */
export function distinctValues(call: ReadCall): unknown[] {
  const collection = collectionOf(call);
  const query = queryOf(call, collection, call.command.query);
  const path = call.command.key;
  if (typeof path !== 'string') throw new StoreError(14, 'The key of distinct must be a string');
  const values = new Map<string, unknown>();
  const fields = fieldsRead(query.filter, { [path]: 1 });
  for (const row of find(call.view, collection, { ...query, fields })) {
    for (const [value] of keyValues(documentOf(row), [[path, 1]]).tuples) {
      if (value === undefined || value === emptyArray) continue;
      const key = valueKey(value, query.collation);
      if (!values.has(key)) values.set(key, value);
    }
  }
  return [...values.values()];
}
