import type { Document } from 'bson';
import { find, type Query } from '../planning/find.ts';
import { compileFilter, type Filter } from '../query/filter.ts';
import { compileUpdate, upsertDocument } from '../query/update.ts';
import { isRegex } from '../regex/regex.ts';
import type { Collection } from '../storage/collection.ts';
import { sameKey } from '../storage/indexes.ts';
import { documentOf, type Row } from '../storage/records.ts';
import type { View } from '../transactions/view.ts';
import { checkDepth, withIdFirst, writeDocument } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import { isDocument, typeName } from '../values/types.ts';

/** What to change in the documents of a query. */
export type Update = Query & {
  update: Document | Document[];
  arrayFilters?: Document[] | undefined;
  upsert: boolean;
};

/** A document before and after a write; neither if nothing was found. */
export type Written = { before?: Row | undefined; after?: Row | undefined };

/** Inserts a document given as BSON. */
export function insert(view: View, collection: Collection, raw: Uint8Array): Promise<Row> {
  const stored = withIdFirst(raw);
  return view.attempt(() => put(view, collection, stored));
}

function put(view: View, collection: Collection, raw: Uint8Array): Row {
  const row: Row = { rid: collection.nextRid++, raw };
  checkDepth(raw, documentOf(row));
  const id: unknown = documentOf(row)._id;
  if (Array.isArray(id) || isRegex(id) || id === undefined)
    throw new StoreError(53, `The '_id' value cannot be of type ${typeName(id)}`);
  const operator = isDocument(id) && Object.keys(id).find((name) => name.startsWith('$'));
  if (operator)
    throw new StoreError(
      52,
      `_id fields may not contain '$'-prefixed fields: ${operator} is not valid for storage.`,
    );
  view.change(collection, { rid: row.rid, before: undefined, after: row });
  return row;
}

/** Changes the first document of the query. An upsert that finds none inserts one. */
export function updateOne(view: View, collection: Collection, asked: Update): Promise<Written> {
  const change = changeOf(asked);
  return view.attempt(() => {
    const before = first(find(view, collection, { ...asked, limit: 1 }));
    if (before) return { before, after: modify(view, collection, before, change) };
    return asked.upsert ? { after: put(view, collection, upserted(asked)) } : {};
  });
}

/** Changes all documents of the query; `upserted` is the document that an upsert inserted. */
export async function updateMany(
  view: View,
  collection: Collection,
  asked: Update,
): Promise<{ matched: number; modified: number; upserted?: Row }> {
  const change = changeOf(asked);
  let modified = 0;
  const matched = await each(view, collection, asked, (before) => {
    if (modify(view, collection, before, change) !== before) modified++;
  });
  if (matched > 0 || !asked.upsert) return { matched, modified };
  return { matched, modified, upserted: await view.attempt(() => put(view, collection, upserted(asked))) };
}

type Changing = { filter: Filter; apply: ReturnType<typeof compileUpdate> };

function changeOf({ filter, update, arrayFilters, collation, variables, now }: Update): Changing {
  const options = { arrayFilters, collation, variables, now };
  return {
    filter: compileFilter(filter, { collation, variables, now }),
    apply: compileUpdate(update, options),
  };
}

function modify(view: View, collection: Collection, before: Row, { filter, apply }: Changing): Row {
  const document = documentOf(before);
  const changed = apply(document, { position: filter.position(document) });
  const raw = writeDocument(changed);
  if (sameKey(raw, before.raw)) return before;
  checkDepth(raw, changed);
  const after = { rid: before.rid, raw };
  view.change(collection, { rid: before.rid, before, after });
  return after;
}

function upserted({ filter, update, arrayFilters, collation, variables, now }: Update): Uint8Array {
  return withIdFirst(
    writeDocument(upsertDocument(filter, update, { arrayFilters, collation, variables, now })),
  );
}

/** Deletes the first document of the query. */
export function deleteOne(view: View, collection: Collection, asked: Query): Promise<Written> {
  return view.attempt(() => {
    const before = first(find(view, collection, { ...asked, limit: 1 }));
    if (before) view.change(collection, { rid: before.rid, before, after: undefined });
    return { before };
  });
}

/** Deletes all documents of the query and says how many. */
export function deleteMany(view: View, collection: Collection, asked: Query): Promise<number> {
  return each(view, collection, asked, (before) =>
    view.change(collection, { rid: before.rid, before, after: undefined }),
  );
}

/** Calls `work` with the current state of each document of the query, and says with how many. */
async function each(
  view: View,
  collection: Collection,
  asked: Query,
  work: (row: Row) => void,
): Promise<number> {
  const { filter, collation, variables, now } = asked;
  const { matches } = compileFilter(filter, { collation, variables, now });
  // all are found before any is changed: a change may move a document ahead in the index that is being read
  const rids = Array.from(find(view, collection, asked), (row) => row.rid).values();
  let count = 0;
  let current = rids.next();
  await view.attempt(() => {
    for (; !current.done; current = rids.next()) {
      const row = view.row(collection, current.value);
      if (!row || !matches(documentOf(row))) continue;
      work(row);
      count++;
    }
  });
  return count;
}

function first(rows: Iterable<Row>): Row | undefined {
  for (const row of rows) return row;
  return undefined;
}
