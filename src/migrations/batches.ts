import type { Collection, Document, Filter, ObjectId, UpdateFilter } from 'mongodb';
import type { Batch } from './migration.ts';

/** So many documents are looked for and written in one transaction. */
const size = 1000;

/**
 * Updates everything that the filter finds, along `_id` (which must be ObjectIds), so that the collection is read once
 * however many batches there are. The filter must not find what has been updated: then it may begin anew.
 */
export async function updateInBatches(
  batch: Batch,
  collection: Collection,
  filter: Filter<Document>,
  update: UpdateFilter<Document> | Document[],
): Promise<void> {
  let last: ObjectId | undefined;
  do {
    const rest = last ? { $and: [{ _id: { $gt: last } }, filter] } : filter;
    const found = await collection
      .find(rest, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(size)
      .toArray();
    const ids = found.map(({ _id }) => _id);
    last = ids.length === size ? ids.at(-1) : undefined;
    const these = { $and: [{ _id: { $in: ids } }, filter] };
    if (ids.length > 0) await batch((options) => collection.updateMany(these, update, options));
  } while (last);
}

/** Takes an index away, if it is there. */
export async function dropIndex(collection: Collection, name: string): Promise<void> {
  if (await collection.indexExists(name).catch(() => false)) await collection.dropIndex(name);
}
