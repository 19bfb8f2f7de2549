import type { Document } from 'bson';
import { compileFilter, type Filter } from '../query/filter.ts';
import type { Collection } from '../storage/collection.ts';
import { documentOf, type Examined, type Row } from '../storage/records.ts';
import type { ReadView } from '../transactions/view.ts';
import type { Collation } from '../values/collation.ts';
import { type FieldNames, readFields } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import { compileSortKey, sortDocuments } from '../values/order.ts';
import { makePlan, type Plan } from './plan.ts';

/** Which documents, in which order. `skip` and `limit` count documents, limit 0 is none; `until` is in ms of performance.now(). */
export type Query = {
  filter: Document;
  sort?: Document | undefined;
  skip?: number;
  limit?: number;
  collation?: Collation | undefined;
  hint?: unknown;
  variables?: Document | undefined;
  /** The fields that the caller, `filter` and `sort` read, if they do not read whole documents. */
  fields?: FieldNames | undefined;
  now: Date;
  until?: number;
};

/** The most bytes of documents that one sort may hold. */
const mostSorted = 256 * 1024 * 1024;

/** How a query is carried out. */
export function planOf(view: ReadView, collection: Collection, query: Query): Plan {
  const plan = makePlan(view.indexes(collection), query);
  return { ...plan, sorted: plan.sorted && (!query.sort || view.inOrder(collection)) };
}

/** The rows that a query asks for, fetched as they are taken. */
export function* find(
  view: ReadView,
  collection: Collection | undefined,
  query: Query,
  seen: Examined = { keys: 0, documents: 0 },
): Iterable<Row> {
  const filter = filterOf(query);
  if (!collection) return;
  const plan = planOf(view, collection, query);
  const matching = (asked: Plan) => matches(rowsOf(view, collection, asked, seen), filter, query);
  const { skip = 0, limit = 0 } = query;
  const ordered = plan.sorted ? merged(partsOf(plan).map(matching), query) : sorted(matching(plan), query);
  let count = 0;
  for (const row of ordered) {
    if (count++ >= skip) yield row;
    if (limit > 0 && count >= skip + limit) return;
  }
}

function rowsOf(view: ReadView, collection: Collection, plan: Plan, seen: Examined): Iterable<Row> {
  return plan.union ? unionRows(view, collection, plan.union, seen) : view.scan(collection, plan, seen);
}

/** The rows of several plans, each once. */
function* unionRows(view: ReadView, collection: Collection, plans: Plan[], seen: Examined): Iterable<Row> {
  const met = new Set<number>();
  for (const plan of plans) {
    for (const row of rowsOf(view, collection, plan, seen)) {
      if (met.has(row.rid)) continue;
      met.add(row.rid);
      yield row;
    }
  }
}

function filterOf({ filter, collation, variables, now, until }: Query): Filter | undefined {
  return Object.keys(filter).length > 0
    ? compileFilter(filter, { collation, variables, now, until })
    : undefined;
}

function* matches(rows: Iterable<Row>, filter: Filter | undefined, { fields, until }: Query): Iterable<Row> {
  let count = 0;
  for (const found of rows) {
    if (until && ++count % 256 === 0 && performance.now() > until)
      throw new StoreError(50, 'operation exceeded time limit');
    // a copy: a row that a transaction keeps must have its whole document
    const row = fields ? { ...found, document: readFields(found.raw, fields) } : found;
    if (!filter || filter.matches(documentOf(row))) yield row;
  }
}

/** The parts of a plan that are in the order asked for. */
function partsOf(plan: Plan): Plan[] {
  return plan.merged ? plan.ranges.map((range) => ({ ...plan, ranges: [range] })) : [plan];
}

/** The rows of several sources that are sorted already, in their common order. */
function* merged(sources: Iterable<Row>[], { sort = {}, collation }: Query): Iterable<Row> {
  const [only, ...more] = sources;
  if (only && more.length === 0) return yield* only;
  const { of, compare } = compileSortKey(sort, collation);
  const next = (rows: Iterator<Row>) => {
    const { done, value: row } = rows.next();
    return done ? [] : [{ rows, row, key: of(documentOf(row)) }];
  };
  let fronts = sources.flatMap((source) => next(source[Symbol.iterator]()));
  while (fronts.length > 0) {
    const first = fronts.reduce((a, b) => (compare(b.key, a.key) < 0 ? b : a));
    yield first.row;
    fronts = fronts.flatMap((front) => (front === first ? next(front.rows) : [front]));
  }
}

function sorted(rows: Iterable<Row>, { sort = {}, skip = 0, limit = 0, collation }: Query): Iterable<Row> {
  // weak, so that the rows behind the best few can go
  const rowOf = new WeakMap<Document, Row>();
  const documents = sortDocuments(noted(rows, rowOf, limit === 0), sort, {
    collation,
    limit: limit && skip + limit,
  });
  return documents.map((document) => rowOf.get(document) as Row);
}

function* noted(rows: Iterable<Row>, rowOf: WeakMap<Document, Row>, keepsAll: boolean): Iterable<Document> {
  let size = 0;
  for (const row of rows) {
    size += row.raw.length;
    if (keepsAll && size > mostSorted)
      throw new StoreError(292, 'Sort exceeded memory limit; an index on the sort fields would do without.');
    rowOf.set(documentOf(row), row);
    yield documentOf(row);
  }
}
