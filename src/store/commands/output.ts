import type { Document } from 'bson';
import { compileExpression } from '../expressions/expression.ts';
import type { Collection } from '../storage/collection.ts';
import { duplicateKey, entriesOf } from '../storage/indexes.ts';
import { readTyped, withIdFirst, writeDocument } from '../values/documents.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import type { Call } from './call.ts';
import { insert, type Update, updateOne } from './writes.ts';

/** The last stage of a pipeline that writes its documents somewhere: `$out` or `$merge`. */
export type Output = { name: '$out' | '$merge'; operand: unknown };

/** Splits off the last stage of a pipeline if it writes. */
export function splitOutput(pipeline: Document[]): { stages: Document[]; output?: Output } {
  const [name, operand] = Object.entries(pipeline.at(-1) ?? {})[0] ?? [];
  if (name !== '$out' && name !== '$merge') return { stages: pipeline };
  return { stages: pipeline.slice(0, -1), output: { name, operand } };
}

/** Writes the documents of a pipeline to the target of its last stage. */
export async function writeOutput(
  call: Call,
  { name, operand }: Output,
  documents: Iterable<Uint8Array>,
): Promise<void> {
  if (call.command.autocommit === false)
    throw new StoreError(263, `Stage not supported inside of a multi-document transaction: ${name}`);
  const { readConcern } = call.command;
  if (readConcern?.level === 'linearizable')
    throw new StoreError(72, `${name} cannot be used with a 'linearizable' read concern level`);
  const whole = Array.from(documents, withIdFirst);
  if (name === '$out') replaceAll(call, target(call, name, operand), whole);
  else await mergeAll(call, isDocument(operand) && 'into' in operand ? operand : { into: operand }, whole);
}

function target(call: Call, name: string, operand: unknown): { database: string; collection: string } {
  if (typeof operand === 'string') return { database: call.database, collection: operand };
  const { db, coll, ...more } = isDocument(operand) ? operand : {};
  if (typeof db !== 'string' || typeof coll !== 'string' || Object.keys(more).length > 0)
    refuse(`the target of ${name}`);
  return { database: db, collection: coll };
}

/** The collection with its indexes anew, all at once. */
function replaceAll(
  { store, view }: Call,
  { database, collection }: ReturnType<typeof target>,
  documents: Uint8Array[],
): void {
  const { catalog, storage } = store;
  const old = catalog.find(database, collection);
  const fresh = catalog.prepare(database, collection, old?.options);
  for (const { spec } of old?.indexes ?? []) catalog.prepareIndex(fresh, spec);
  checkUnique(fresh, documents);
  storage.write(() => {
    if (old) catalog.drop(old);
    catalog.adopt(fresh);
    for (const raw of documents) {
      const rid = fresh.nextRid++;
      view.change(fresh, { rid, before: undefined, after: { rid, raw } });
    }
  });
}

/** Before anything is written: an error within a group of writes would take the other writes of the group with it. */
function checkUnique(collection: Collection, documents: Uint8Array[]): void {
  for (const index of collection.indexes) {
    const taken = new Set<string>();
    for (const document of documents.map(readTyped)) {
      for (const key of entriesOf(index, document).keys) {
        const name = Buffer.from(key).toString('latin1');
        if (index.unique && taken.has(name)) throw duplicateKey(collection.namespace, index, document, key);
        taken.add(name);
      }
    }
  }
}

const mergeOptions = new Set(['into', 'on', 'let', 'whenMatched', 'whenNotMatched']);

async function mergeAll(call: Call, operand: Document, documents: Uint8Array[]): Promise<void> {
  const { into, on = '_id', whenMatched = 'merge', whenNotMatched = 'insert' } = operand;
  const unknown = Object.keys(operand).find((option) => !mergeOptions.has(option));
  if (unknown) throw new StoreError(40415, `BSON field '$merge.${unknown}' is an unknown field.`);
  if (on !== '_id') refuse('the option on of $merge with other fields than _id');
  if (!Array.isArray(whenMatched) && !['merge', 'replace', 'keepExisting', 'fail'].includes(whenMatched))
    throw new StoreError(
      2,
      `Enumeration value '${whenMatched}' for field '$merge.whenMatched' is not a valid value.`,
    );
  if (!['insert', 'discard', 'fail'].includes(whenNotMatched))
    throw new StoreError(
      2,
      `Enumeration value '${whenNotMatched}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  const { database, collection: name } = target(call, '$merge', into);
  const collection = call.view.collection(database, name) ?? call.view.create(database, name);
  for (const raw of documents) {
    if (whenMatched === 'fail' && whenNotMatched === 'insert') await insert(call.view, collection, raw);
    else await mergeOne(call, collection, readTyped(raw), operand);
  }
}

async function mergeOne(
  { view, now }: Call,
  collection: Collection,
  document: Document,
  { whenMatched = 'merge', whenNotMatched = 'insert', let: bindings }: Document,
): Promise<void> {
  const asked: Update = {
    filter: { _id: { $eq: document._id } },
    update: updateFor(document, whenMatched),
    upsert: whenNotMatched === 'insert' && !Array.isArray(whenMatched),
    variables: { ...evaluated(bindings ?? {}, document, now), new: document },
    now,
  };
  const { before } = await updateOne(view, collection, asked);
  // a pipeline changes only what is there: a document that is not is inserted as it came
  if (!before && Array.isArray(whenMatched) && whenNotMatched === 'insert')
    await insert(view, collection, writeDocument(document));
  if (!before && whenNotMatched === 'fail')
    throw new StoreError(13113, '$merge could not find a matching document in the target collection');
}

function evaluated(bindings: Document, document: Document, now: Date): Document {
  return compileExpression(bindings, { now })(document) as Document;
}

function updateFor(document: Document, whenMatched: string | Document[]): Document | Document[] {
  if (Array.isArray(whenMatched)) return whenMatched;
  if (whenMatched === 'replace') return document;
  const { _id, ...fields } = document;
  if (whenMatched === 'keepExisting') return { $setOnInsert: fields };
  return [{ $replaceWith: { $mergeObjects: ['$$ROOT', { $literal: document }] } }];
}
