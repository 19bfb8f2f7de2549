import { arch, availableParallelism, hostname, release, totalmem, type } from 'node:os';
import type { Document } from 'bson';
import { maxBatch, maxDocument } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import { maxMessage } from '../wire/messages.ts';
import { type Command, ok } from './call.ts';

/** The version of MongoDB whose behaviour is answered, and its wire version: the last without the bulkWrite command. */
const versionArray = [7, 0, 0, 0];
const wireVersion = 21;

/** The name of the replica set. Drivers offer sessions, retryable writes and transactions only with a replica set. */
const setName = 'embedded';

const hello: Command = {
  run: ({ store, now }) =>
    ok({
      helloOk: true,
      ismaster: true,
      isWritablePrimary: true,
      secondary: false,
      setName,
      setVersion: 1,
      hosts: [store.address],
      me: store.address,
      primary: store.address,
      maxBsonObjectSize: maxDocument,
      maxMessageSizeBytes: maxMessage,
      maxWriteBatchSize: maxBatch,
      localTime: now,
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: wireVersion,
      readOnly: false,
    }),
};

const version = versionArray.slice(0, 3).join('.');

const parameters: Document = { featureCompatibilityVersion: { version: versionArray.slice(0, 2).join('.') } };

/** All with '*', else those that are named; 72 if none of them is known. */
function parametersAsked({ getParameter, ...asked }: Document): Document {
  const known = Object.entries(parameters).filter(([name]) => getParameter === '*' || name in asked);
  if (known.length === 0) throw new StoreError(72, 'no option found to get');
  return Object.fromEntries(known);
}

/** The commands by which clients get to know the server. */
export const handshakeCommands: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: { run: () => ok() },
  buildInfo: {
    run: () =>
      ok({
        version,
        versionArray: versionArray,
        gitVersion: 'embedded',
        modules: [],
        bits: 64,
        maxBsonObjectSize: maxDocument,
      }),
  },
  serverStatus: {
    run: ({ store, now }) =>
      ok({
        host: store.address,
        version,
        process: 'embedded',
        pid: process.pid,
        uptime: process.uptime(),
        localTime: now,
        mem: { bits: 64, resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
        storageEngine: { name: 'sqlite' },
      }),
  },
  hostInfo: {
    run: ({ now }) =>
      ok({
        system: {
          currentTime: now,
          hostname: hostname(),
          cpuAddrSize: 64,
          memSizeMB: Math.round(totalmem() / 2 ** 20),
          numCores: availableParallelism(),
          cpuArch: arch(),
        },
        os: { type: type(), version: release() },
      }),
  },
  getParameter: { run: ({ command }) => ok(parametersAsked(command)) },
  replSetGetStatus: {
    run: ({ store, now }) => {
      const uptime = Math.round(process.uptime());
      const self = {
        _id: 0,
        name: store.address,
        health: 1,
        state: 1,
        stateStr: 'PRIMARY',
        uptime,
        self: true,
      };
      return ok({ set: setName, date: now, myState: 1, members: [{ ...self, configVersion: 1 }] });
    },
  },
  replSetGetConfig: {
    run: ({ store }) =>
      ok({
        config: {
          _id: setName,
          version: 1,
          members: [{ _id: 0, host: store.address, priority: 1, votes: 1 }],
        },
      }),
  },
  connectionStatus: {
    run: () => ok({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  },
  getCmdLineOpts: { run: () => ok({ argv: [], parsed: {} }) },
  getLog: { run: () => ok({ totalLinesWritten: 0, log: [] }) },
};
