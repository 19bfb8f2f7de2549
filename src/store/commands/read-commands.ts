import { Long } from 'bson';
import { StoreError } from '../values/errors.ts';
import { toNumber } from '../values/numbers.ts';
import type { Reply } from '../wire/messages.ts';
import { type Call, type Command, collectionName, count, ok } from './call.ts';
import { splitOutput, writeOutput } from './output.ts';
import {
  aggregateDocuments,
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
    run: (call) => {
      return cursorReply(call, findDocuments(call), count(call.command.batchSize, firstBatchSize));
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
      return cursorReply(call, reading, count(call.command.cursor?.batchSize, firstBatchSize));
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
