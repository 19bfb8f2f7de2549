import type { Collection } from '../storage/collection.ts';
import type { Index } from '../storage/indexes.ts';
import { DirectView } from '../transactions/view.ts';
import type { Store } from './call.ts';
import { deleteMany } from './writes.ts';

/** Deletes the documents that have expired by a TTL index; never rejects. */
export async function expireDocuments(store: Store, now: Date): Promise<void> {
  for (const collection of store.catalog.all())
    for (const index of collection.indexes)
      if (index.spec.expireAfterSeconds !== undefined) await expire(store, collection, index, now);
}

async function expire(store: Store, collection: Collection, index: Index, now: Date): Promise<void> {
  const [[path] = ['_id']] = index.pattern;
  const oldest = new Date(now.getTime() - Number(index.spec.expireAfterSeconds) * 1000);
  const filter = { $and: [{ [path]: { $lt: oldest } }, index.spec.partialFilterExpression ?? {}] };
  // documents that are locked or cannot be written are tried again at the next sweep
  await deleteMany(new DirectView(store), collection, { filter, now }).catch(() => 0);
}
