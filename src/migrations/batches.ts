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
  for await (const found of inPages(collection, filter, { _id: 1 })) {
    const these = { $and: [{ _id: { $in: found.map(({ _id }) => _id) } }, filter] };
    await batch((options) => collection.updateMany(these, update, options));
  }
}

/** As `updateInBatches`, where what is set depends on the document. @param change the fields that it gets */
export async function setInBatches(
  batch: Batch,
  collection: Collection,
  filter: Filter<Document>,
  change: (document: Document) => Document,
): Promise<void> {
  for await (const found of inPages(collection, filter)) {
    const writes = found.map((document) => ({
      updateOne: { filter: { _id: document._id }, update: { $set: change(document) } },
    }));
    await batch((options) => collection.bulkWrite(writes, options));
  }
}

async function* inPages(collection: Collection, filter: Filter<Document>, projection: Document = {}) {
  let last: ObjectId | undefined;
  do {
    const rest = last ? { $and: [{ _id: { $gt: last } }, filter] } : filter;
    const found = await collection.find(rest, { projection }).sort({ _id: 1 }).limit(size).toArray();
    last = found.length === size ? found.at(-1)?._id : undefined;
    if (found.length > 0) yield found;
  } while (last);
}

/** Takes an index away, if it is there. */
export async function dropIndex(collection: Collection, name: string): Promise<void> {
  if (await collection.indexExists(name).catch(() => false)) await collection.dropIndex(name);
}
