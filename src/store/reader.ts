import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Document } from 'bson';
import type { ReadCall } from './commands/call.ts';
import { asStoreError } from './commands/dispatch.ts';
import type { ReadAnswer, ReadQuestion } from './commands/long-reads.ts';
import { countDocuments, distinctValues, findDocuments, pipedDocuments } from './commands/readings.ts';
import { Catalog } from './storage/catalog.ts';
import { Connection } from './storage/connection.ts';
import { isDamage, knownFormat } from './storage/file.ts';
import { scanRows } from './storage/records.ts';
import type { ReadView } from './transactions/view.ts';
import { readTyped, writeDocument } from './values/documents.ts';

// The thread of the long reads: a connection of its own to the same file, which sees what is durable.

const file = join(workerData.directory, 'database.sqlite');
const connection = new Connection(file, 'PRAGMA query_only = ON; PRAGMA busy_timeout = 5000');
let catalog = { version: '', known: catalogOfFile() };

parentPort?.on('message', (question: ReadQuestion) => {
  const answer = answerTo(question);
  parentPort?.postMessage(answer, 'found' in answer ? [answer.found.buffer as ArrayBuffer] : []);
});

function answerTo({ number, ...question }: ReadQuestion): ReadAnswer {
  connection.run('BEGIN');
  try {
    const documents = Array.from(documentsOf(callOf(question), readTyped(question.stages).stages));
    return { number, found: inOnePiece(documents) };
  } catch (error) {
    // the database's thread ends with this one, and then looks the file through
    if (isDamage(error)) throw error;
    const { code, message, extra } = asStoreError(error);
    return { number, code, message, extra: writeDocument(extra) };
  } finally {
    connection.run('COMMIT');
  }
}

function callOf({ name, database, command, now, left }: Omit<ReadQuestion, 'number'>): ReadCall {
  const until = left === undefined ? undefined : performance.now() + left;
  return { name, database, command: readTyped(command), view: viewOfFile(), now, until };
}

function documentsOf(call: ReadCall, stages: Document[]): Iterable<Uint8Array> {
  switch (call.name) {
    case 'count':
      return [writeDocument({ n: countDocuments(call) })];
    case 'distinct':
      return [writeDocument({ values: distinctValues(call) })];
    case 'aggregate':
      return pipedDocuments(call, stages).documents;
    default:
      return findDocuments(call).documents;
  }
}

function viewOfFile(): ReadView {
  const [[tables] = [0]] = connection.all<[number]>('PRAGMA schema_version');
  const traits = connection.get<[number]>('SELECT total(multikey) + total(unordered) FROM indexes');
  const version = `${tables} ${traits}`;
  if (version !== catalog.version) catalog = { version, known: catalogOfFile() };
  const { known } = catalog;
  return {
    collection: (database, name) => known.find(database, name),
    indexes: (collection) => collection.indexes,
    scan: (collection, scan, seen) => scanRows({ from: connection, collection, seen }, scan),
    inOrder: () => true,
  };
}

function catalogOfFile(): Catalog {
  const write = () => {
    throw new Error('This thread only reads.');
  };
  return new Catalog({ main: connection, format: knownFormat, write, onLoss: () => {} });
}

/** BSON says where it ends, so documents can stand one after the other. */
function inOnePiece(documents: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(documents.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const document of documents) {
    whole.set(document, at);
    at += document.length;
  }
  return whole;
}
