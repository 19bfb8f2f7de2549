import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Document, deserialize } from 'bson';
import { StoreError } from '../../../src/store/values/errors.ts';
import { readRequest, takeMessage, writeReply } from '../../../src/store/wire/messages.ts';
import { dial } from './mutations.ts';

/** A server in front of another that fails commands as MongoDB's fail point `failCommand` says. */
export type FailingServer = {
  uri: string;
  /** Sets or, with the mode 'off', ends the fail point. */
  configure(failPoint: Document): void;
  close(): void;
};

// https://github.com/mongodb/mongo/wiki/The-%22failCommand%22-fail-point
/** Opens a failing server in front of the database at `target`. */
export async function failInFrontOf(target: string): Promise<FailingServer> {
  let point: Document | undefined;
  /** Retryable writes that have been done, although nobody was told: sent again they do not write, and so do not fail. */
  const applied = new Set<string>();
  const server = createServer((client) => {
    serve(client, dial(target), (command) => {
      const write = `${command.lsid?.id.toString('hex')} ${command.txnNumber}`;
      const failing = applied.has(write) ? undefined : failingFor(point, command);
      if (failing && isAfterwards(failing)) applied.add(write);
      if (failing && point && point.left !== undefined && --point.left <= 0) point = undefined;
      return failing;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    uri: `mongodb://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/?directConnection=true`,
    configure({ mode, data = {} }) {
      applied.clear();
      const left: number | undefined = mode.times;
      point =
        mode === 'off' || left === 0
          ? undefined
          : { closeConnection: !data.failCommands, ...data, left, skip: mode.skip };
    },
    close: () => server.close(),
  };
}

function failingFor(point: Document | undefined, command: Document): Document | undefined {
  const name = Object.keys(command)[0] ?? '';
  // without commands it is onPrimaryTransactionalWrite, which concerns retryable writes
  const isConcerned =
    point?.failCommands?.includes(name) ?? (command.txnNumber && command.autocommit === undefined);
  if (!point || !isConcerned) return undefined;
  if (point.skip > 0) {
    point.skip--;
    return undefined;
  }
  // the application name is one of the connection, which only tests of handshakes give
  return point.appName && command.appName !== point.appName ? undefined : point;
}

/** Whether the command is carried out before its connection is closed. */
function isAfterwards({ failCommands, failBeforeCommitExceptionCode }: Document): boolean {
  return !failCommands && failBeforeCommitExceptionCode === undefined;
}

function serve(client: Socket, server: Socket, failing: (command: Document) => Document | undefined): void {
  const arrived: Buffer[] = [];
  const answers: Buffer[] = [];
  let waiting: ((answer: Buffer) => void) | undefined;
  const end = () => {
    client.destroy();
    server.destroy();
  };
  client.on('error', end).on('close', end);
  server.on('error', end).on('close', end);
  server.on('data', (chunk: Buffer) => {
    answers.push(chunk);
    const answer = takeMessage(answers);
    if (answer) waiting?.(answer);
  });
  let turn = Promise.resolve();
  client.on('data', (chunk: Buffer) => {
    arrived.push(chunk);
    for (let message = takeMessage(arrived); message; message = takeMessage(arrived)) {
      const each = message;
      turn = turn.then(() => pass(each)).catch(end);
    }
  });

  async function pass(message: Buffer): Promise<void> {
    const request = readRequest(message);
    const failure = request.legacy ? undefined : failing(request.command);
    if (failure?.blockConnection) await sleep(failure.blockTimeMS);
    const afterwards = failure && isAfterwards(failure);
    if (failure?.closeConnection && !afterwards) return end();
    if (failure?.errorCode !== undefined)
      return void client.write(writeReply(request, { document: failed(failure, request.command) }));
    server.write(message);
    if (request.silent) return;
    const answer = await new Promise<Buffer>((resolve) => {
      waiting = resolve;
    });
    if (afterwards) return end();
    if (!failure?.writeConcernError) return void client.write(answer);
    const { writeConcernError } = failure;
    const labels = failure.errorLabels ?? labelsOf(writeConcernError.code, request.command, true);
    const document = {
      ...deserialize(answer.subarray(21), { promoteValues: false }),
      writeConcernError,
      ...(labels.length > 0 && { errorLabels: labels }),
    };
    client.write(writeReply(request, { document }));
  }
}

function failed({ errorCode, errorLabels }: Document, command: Document): Document {
  const labels: string[] = errorLabels ?? labelsOf(errorCode, command, false);
  return {
    ok: 0,
    code: errorCode,
    codeName: NAMES[errorCode] ?? new StoreError(errorCode, '').codeName,
    errmsg: "Failing command via 'failCommand' failpoint",
    ...(labels.length > 0 && { errorLabels: labels }),
  };
}

const NAMES: Record<number, string> = {
  11601: 'Interrupted',
  51: 'StaleEpoch',
  8: 'UnknownError',
  91: 'ShutdownInProgress',
};

/** Errors after which a write is retried, and a transaction run again, as mongod labels them. */
const RETRYABLE = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
const TRANSIENT = new Set([24, 112, 239, 246, 250, 251, 267, 270]);

function labelsOf(code: number, command: Document, ofWriteConcern: boolean): string[] {
  const name = Object.keys(command)[0];
  const ends = name === 'commitTransaction' || name === 'abortTransaction';
  const inTransaction = command.autocommit === false;
  if (RETRYABLE.has(code) && (ends || (command.txnNumber !== undefined && !inTransaction)))
    return ['RetryableWriteError'];
  const transient = TRANSIENT.has(code) || (RETRYABLE.has(code) && !ends);
  return inTransaction && transient && !ofWriteConcern ? ['TransientTransactionError'] : [];
}
