import { type Command, ok } from './call.ts';
import { MAX_DOCUMENT } from './documents.ts';
import { MAX_MESSAGE } from './wire.ts';

/** The version of MongoDB whose behaviour is answered, and its wire version: the last without the bulkWrite command. */
const VERSION = [7, 0, 0, 0];
const WIRE_VERSION = 21;

const hello: Command = {
  run: ({ store, now }) =>
    // a replica set of one, which is what gives sessions, retryable writes and transactions
    ok({
      helloOk: true,
      ismaster: true,
      isWritablePrimary: true,
      secondary: false,
      setName: 'embedded',
      setVersion: 1,
      hosts: [store.address],
      me: store.address,
      primary: store.address,
      maxBsonObjectSize: MAX_DOCUMENT,
      maxMessageSizeBytes: MAX_MESSAGE,
      maxWriteBatchSize: 100_000,
      localTime: now,
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: WIRE_VERSION,
      readOnly: false,
    }),
};

const version = VERSION.slice(0, 3).join('.');

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
        versionArray: VERSION,
        gitVersion: 'embedded',
        modules: [],
        bits: 64,
        maxBsonObjectSize: MAX_DOCUMENT,
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
      }),
  },
  getParameter: {
    run: () => ok({ featureCompatibilityVersion: { version: '7.0' } }),
  },
  connectionStatus: {
    run: () => ok({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  },
  getCmdLineOpts: { run: () => ok({ argv: [], parsed: {} }) },
  getLog: { run: () => ok({ totalLinesWritten: 0, log: [] }) },
};
