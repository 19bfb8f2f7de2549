import type { Document } from 'bson';
import { compileFilter } from '../query/filter.ts';
import { compileProjection } from '../query/projection.ts';
import type { Collection } from '../storage/collection.ts';
import { documentOf, type Row } from '../storage/records.ts';
import { maxBatch } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import { toNumber } from '../values/numbers.ts';
import { hasOperators, isDocument } from '../values/types.ts';
import type { Reply } from '../wire/messages.ts';
import {
  type Call,
  type Command,
  checkTypes,
  collationFor,
  collectionOf,
  ensureCollection,
  ok,
  required,
} from './call.ts';
import { queryOf } from './readings.ts';
import { deleteMany, deleteOne, insert, type Update, updateMany, updateOne, type Written } from './writes.ts';

/** The commands that write documents. */
export const writeCommands: Record<string, Command> = {
  insert: {
    options: 'documents ordered bypassDocumentValidation',
    inTransaction: true,
    retryable: true,
    run: runInsert,
  },
  update: {
    options: 'updates ordered let bypassDocumentValidation',
    inTransaction: true,
    retryable: true,
    run: runUpdate,
  },
  delete: { options: 'deletes ordered let', inTransaction: true, retryable: true, run: runDelete },
  findAndModify: {
    options:
      'query sort update remove new fields upsert arrayFilters collation hint let bypassDocumentValidation',
    inTransaction: true,
    retryable: true,
    run: runFindAndModify,
  },
};

/** Errors that concern the whole command, not one of its writes: the disk, and transactions that conflict. */
const fatalCodes = new Set([1, 112, 14031]);

/** Runs the writes of a command one after the other; if they are ordered, the first error ends them. */
async function eachWrite<T>(
  call: Call,
  writes: T[],
  run: (write: T, i: number) => Promise<void>,
): Promise<Document> {
  const writeErrors: Document[] = [];
  for (const [index, write] of writes.entries()) {
    try {
      await run(write, index);
    } catch (error) {
      if (!(error instanceof StoreError) || fatalCodes.has(error.code)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      if (call.command.ordered !== false) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

async function runInsert(call: Call): Promise<Reply> {
  const collection = ensureCollection(call);
  let n = 0;
  const errors = await eachWrite(call, writesOf<Uint8Array>(call, 'documents'), async (raw) => {
    await insert(call.view, collection, raw);
    n++;
  });
  return ok({ n, ...errors });
}

async function runUpdate(call: Call): Promise<Reply> {
  let n = 0;
  let nModified = 0;
  const upserted: Document[] = [];
  const updates = writesOf<Document>(call, 'updates');
  for (const operation of updates) checkOptions('update', operation, updateOptions, ['q', 'u']);
  const errors = await eachWrite(call, updates, async (operation, index) => {
    const collection = operation.upsert ? ensureCollection(call) : collectionOf(call);
    const asked = updateOf(call, collection, operation);
    if (!collection) return;
    const done = operation.multi
      ? await updateMany(call.view, collection, asked)
      : counted(await updateOne(call.view, collection, asked));
    n += done.matched + (done.upserted ? 1 : 0);
    nModified += done.modified;
    if (done.upserted) upserted.push({ index, _id: documentOf(done.upserted)._id });
  });
  return ok({ n, nModified, ...(upserted.length > 0 && { upserted }), ...errors });
}

const updateOptions = new Set('q u c multi upsert arrayFilters collation hint'.split(' '));
const deleteOptions = new Set('q limit collation hint'.split(' '));

/** The writes of a command; 16 if there are none, or more than a batch may have. */
function writesOf<T>({ name, command }: Call, option: string): T[] {
  const writes = required(name, command, option) as T[];
  if (writes.length > 0 && writes.length <= maxBatch) return writes;
  const text = `Write batch sizes must be between 1 and ${maxBatch}. Got ${writes.length} operations.`;
  throw new StoreError(16, text);
}

function checkOptions(command: string, operation: Document, known: Set<string>, needed: string[]): void {
  const unknown = Object.keys(operation).find((option) => !known.has(option));
  if (unknown) throw new StoreError(40415, `BSON field '${command}.${unknown}' is an unknown field.`);
  for (const option of needed) required(`${command}.${command}s`, operation, option);
  checkTypes(`${command}.${command}s`, operation);
}

function counted({ before, after }: Written): {
  matched: number;
  modified: number;
  upserted?: Row | undefined;
} {
  if (before) return { matched: 1, modified: after === before ? 0 : 1 };
  return { matched: 0, modified: 0, upserted: after };
}

function updateOf(call: Call, collection: Collection | undefined, operation: Document): Update {
  const { q: filter, u: update } = operation;
  if (operation.c && !Array.isArray(update))
    throw new StoreError(51198, 'Constant values may only be specified for pipeline updates');
  if (!isDocument(update) && !Array.isArray(update))
    throw new StoreError(9, 'Update argument must be either an object or an array');
  if (operation.multi && !Array.isArray(update) && !hasOperators(update))
    throw new StoreError(9, 'multi update is not supported for replacement-style update');
  const query = queryOf(
    { ...call, command: { ...operation, let: operation.c ?? call.command.let } },
    collection,
    filter,
  );
  return { ...query, update, arrayFilters: operation.arrayFilters, upsert: Boolean(operation.upsert) };
}

async function runDelete(call: Call): Promise<Reply> {
  const collection = collectionOf(call);
  let n = 0;
  const deletes = writesOf<Document>(call, 'deletes');
  for (const operation of deletes) {
    checkOptions('delete', operation, deleteOptions, ['q', 'limit']);
    if (![0, 1].includes(toNumber(operation.limit)))
      throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${operation.limit}`);
  }
  const errors = await eachWrite(call, deletes, async (operation) => {
    const { limit, ...command } = operation;
    const query = queryOf(
      { ...call, command: { ...command, let: call.command.let } },
      collection,
      operation.q,
    );
    if (!collection) return;
    if (toNumber(limit) === 0) n += await deleteMany(call.view, collection, query);
    else if ((await deleteOne(call.view, collection, query)).before) n++;
  });
  return ok({ n, ...errors });
}

async function runFindAndModify(call: Call): Promise<Reply> {
  const { command, view } = call;
  const { query: filter = {}, update, remove, upsert } = command;
  if (Boolean(remove) === Boolean(update))
    throw new StoreError(9, 'Either an update or remove=true must be specified');
  if (remove) checkRemove(command);
  const collection = upsert ? ensureCollection(call) : collectionOf(call);
  if (remove) {
    const { before } = collection ? await deleteOne(view, collection, queryOf(call, collection, filter)) : {};
    return ok({ lastErrorObject: { n: before ? 1 : 0 }, value: shown(call, filter, before) });
  }
  const asked = updateOf(call, collection, { ...command, q: filter, u: update });
  const { before, after }: Written = collection ? await updateOne(view, collection, asked) : {};
  const lastErrorObject: Document = { n: after ? 1 : 0, updatedExisting: before !== undefined };
  if (after && !before) lastErrorObject.upserted = documentOf(after)._id;
  return ok({ lastErrorObject, value: shown(call, filter, command.new ? after : before) });
}

function checkRemove(command: Document): void {
  for (const option of ['upsert', 'new', 'arrayFilters'])
    if (command[option]) throw new StoreError(9, `Cannot specify both ${option} and remove=true`);
}

function shown({ command, now }: Call, filter: Document, row: Row | undefined): Document | null {
  if (!row) return null;
  const { fields } = command;
  if (!fields || Object.keys(fields).length === 0) return documentOf(row);
  const scope = { variables: command.let, now, collation: collationFor(command, undefined) };
  return compileProjection(fields, { ...scope, filter: compileFilter(filter, scope) })(documentOf(row));
}
