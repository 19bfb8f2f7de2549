import { parentPort, workerData } from 'node:worker_threads';
import { match } from './match.ts';
import type { ThreadAnswer, ThreadTask } from './read-apart.ts';
import { readColumns, readFile } from './reading/read.ts';

/** The thread in which a report is read and compared with the people of its event, so that the server goes on answering. */
parentPort?.postMessage(answerTo(workerData));

function answerTo({ source, day, known }: ThreadTask): ThreadAnswer {
  const read =
    'file' in source ? readFile(source.file, day) : readColumns(source.packed, source.columns, day);
  if ('refused' in read) return read;
  const { attendees, ...report } = read;
  return { ...report, accounts: attendees.length, ...match(attendees, known) };
}
