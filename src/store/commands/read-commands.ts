import { type Document, Long } from 'bson';
import { DirectView } from '../transactions/view.ts';
import { readTyped } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import { toNumber } from '../values/numbers.ts';
import type { Reply } from '../wire/messages.ts';
import { type Call, type Command, collectionName, count, ok } from './call.ts';
import { splitOutput, writeOutput } from './output.ts';
import {
  aggregateDocuments,
  countAll,
  countDocuments,
  distinctValues,
  findDocuments,
  pipelineOf,
  type Reading,
} from './readings.ts';

/** How many documents a first batch has by default. */
const firstBatchSize = 101;

/** The commands that read documents. */
export const readCommands: Record<string, Command> = {
  find: {
    options:
      'filter sort projection skip limit batchSize singleBatch hint collation let allowDiskUse noCursorTimeout allowPartialResults',
    inTransaction: true,
    ofMoment: true,
    run: async (call) => {
      const reading = await elsewhere(call, findDocuments(call));
      return cursorReply(call, reading, count(call.command.batchSize, firstBatchSize));
    },
  },
  aggregate: {
    options: 'pipeline cursor allowDiskUse collation hint let bypassDocumentValidation',
    inTransaction: true,
    ofMoment: true,
    run: async (call) => {
      if (!call.command.cursor)
        throw new StoreError(9, "The 'cursor' option is required, except for explain");
      const { stages, output } = splitOutput(pipelineOf(call));
      const reading = aggregateDocuments(call, stages);
      if (output) await writeOutput(call, output, reading.documents);
      if (output) return cursorReply(call, { documents: [], holds: false }, 0);
      const found = await elsewhere(call, reading, stages);
      return cursorReply(call, found, count(call.command.cursor?.batchSize, firstBatchSize));
    },
  },
  count: {
    options: 'query skip limit hint collation fields',
    run: async (call) => {
      const n = countAll(call);
      return ok(n === undefined ? await summary(call, () => ({ n: countDocuments(call) })) : { n });
    },
  },
  distinct: {
    options: 'key query collation hint',
    inTransaction: true,
    ofMoment: true,
    run: async (call) => ok(await summary(call, () => ({ values: distinctValues(call) }))),
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

type Found = Pick<Reading, 'documents' | 'holds'>;

/**
 * What holds documents in memory has to look at all of them before the first is answered. Outside transactions that is
 * done in another thread, so that nobody waits for it.
 */
async function elsewhere(call: Call, reading: Found, stages?: Document[]): Promise<Found> {
  if (!reading.holds || !(call.view instanceof DirectView)) return reading;
  return { documents: await call.store.longReads.ask(call, stages), holds: true };
}

/** The same for a read that answers one document. */
async function summary(call: Call, here: () => Document): Promise<Document> {
  if (!(call.view instanceof DirectView)) return here();
  const [found = new Uint8Array()] = await call.store.longReads.ask(call);
  return readTyped(found);
}

function idOf(value: unknown): Long {
  return value instanceof Long ? value : Long.fromNumber(toNumber(value));
}

function cursorReply(call: Call, reading: Pick<Reading, 'documents' | 'holds'>, size: number): Reply {
  const { store, database, owner, command } = call;
  const namespace = `${database}.${collectionName(call)}`;
  const batch =
    reading.holds && !command.singleBatch
      ? store.cursors.openHolding(namespace, owner, reading.documents, size)
      : store.cursors.open(namespace, owner, reading.documents, size);
  if (command.singleBatch && store.cursors.kill(batch.id)) batch.id = Long.ZERO;
  return { name: 'firstBatch', batch };
}
