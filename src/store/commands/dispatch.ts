import { BSONError, type Document, Timestamp, type UUID } from 'bson';
import { compileExpression } from '../expressions/expression.ts';
import type { Place } from '../transactions/sessions.ts';
import { DirectView } from '../transactions/view.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { missing, refuseName } from '../values/missing.ts';
import { toNumber } from '../values/numbers.ts';
import type { Reply } from '../wire/messages.ts';
import type { Answer, Peer } from '../wire/server.ts';
import type { Call, Command, Store } from './call.ts';
import { checkTypes, ok } from './call.ts';
import { catalogCommands } from './catalog-commands.ts';
import { explainCommand } from './explain.ts';
import { handshakeCommands } from './handshake.ts';
import { readCommands } from './read-commands.ts';
import { statisticsCommands } from './statistics.ts';
import { writeCommands } from './write-commands.ts';

const commands: Record<string, Command> = {
  ...handshakeCommands,
  ...readCommands,
  ...writeCommands,
  ...catalogCommands,
  ...statisticsCommands,
  explain: explainCommand,
  endSessions: { options: '', run: endSessions },
  killSessions: { options: '', run: endSessions },
  refreshSessions: { options: '', run: () => ok() },
  listCommands: { options: '', run: listCommands },
};

const aliases: Record<string, string> = {
  findandmodify: 'findAndModify',
  buildinfo: 'buildInfo',
  dbstats: 'dbStats',
  collstats: 'collStats',
};

/** Options that every command may have. */
const commonOptions = new Set(
  `$db lsid txnNumber autocommit startTransaction $clusterTime $readPreference readConcern writeConcern comment maxTimeMS
  apiVersion apiStrict apiDeprecationErrors`.split(/\s+/),
);

/** The options of each command besides the common ones; undefined: it takes any. */
const ownOptions = new Map(
  Object.values(commands).map((spec) => [
    spec,
    spec.options === undefined ? undefined : new Set(spec.options.split(' ')),
  ]),
);

/** Answers commands as MongoDB does, errors included. */
export function answerFrom(store: Store, clock: () => Date): Answer {
  return async ({ command }, from) => {
    const now = clock();
    try {
      return timed(await dispatch(store, command, from, now), command, now);
    } catch (error) {
      store.storage.endIfDamaged(error);
      return timed({ document: errorDocument(error) }, command, now);
    }
  };
}

/** Adds the operation time by which sessions read their own writes. With one server every read does. */
function timed(reply: Reply, { lsid }: Document, now: Date): Reply {
  if (!lsid) return reply;
  const operationTime = new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  if ('batch' in reply) return { ...reply, operationTime };
  reply.document.operationTime = operationTime;
  return reply;
}

function errorDocument(error: unknown): Document {
  const { code, codeName, message, labels, extra } = asStoreError(error);
  return {
    ok: 0,
    errmsg: message,
    code,
    codeName,
    ...extra,
    ...(labels.length > 0 && { errorLabels: labels }),
  };
}

/** What a client is told of an error. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(
    error instanceof BSONError ? 22 : 1,
    error instanceof Error ? error.message : String(error),
  );
}

async function dispatch(store: Store, command: Document, from: Peer, now: Date): Promise<Reply> {
  const asked = Object.keys(command)[0] ?? '';
  const name = aliases[asked] ?? asked;
  const place = placeOf(command, from);
  if (command.autocommit === false && place) {
    if (name === 'commitTransaction') {
      await store.sessions.commit(place);
      return ok(isAlone(command) ? {} : { writeConcernError: notEnough });
    }
    if (name === 'abortTransaction') {
      store.sessions.abort(place);
      return ok();
    }
  }
  const spec = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!spec) throw noSuchCommand(asked);
  checkOptions(asked, command, spec);
  if (command.let) command.let = compileExpression(command.let, { now })({});
  const maxTime = toNumber(command.maxTimeMS ?? 0);
  const call: Call = {
    store,
    name: asked,
    command,
    database: command.$db,
    view: new DirectView(store),
    owner: place?.session ?? '',
    now,
    until: maxTime > 0 ? performance.now() + maxTime : undefined,
  };
  if (command.autocommit === false && place) return inTransaction(call, spec, place);
  // the cursor of a getMore already has its moment
  if (command.readConcern?.level === 'snapshot' && name !== 'getMore') return atOneMoment(call, spec);
  if (spec.retryable && place && place.number >= 0)
    return store.sessions.once(place.session, place.number, () => durably(call, spec));
  return durably(call, spec);
}

/** The session that a command belongs to, and the number of its transaction or retryable write, -1 for neither. */
function placeOf({ lsid, txnNumber, startTransaction }: Document, from: Peer): Place | undefined {
  const id: UUID | undefined = lsid?.id;
  return (
    id && {
      session: id.toString('hex'),
      number: toNumber(txnNumber ?? -1),
      starts: Boolean(startTransaction),
      from,
    }
  );
}

function checkOptions(name: string, command: Document, spec: Command): void {
  const own = ownOptions.get(spec);
  const known = (option: string) => option === name || commonOptions.has(option) || !own || own.has(option);
  const unknown = Object.keys(command).find((option) => !known(option) && !isUnset(name, option, command));
  if (unknown) refuseOption(name, unknown);
  checkTypes(name, command);
  if (!isAlone(command)) throw new StoreError(notEnough.code, notEnough.errmsg);
}

/** Clients send some options that are missing here with the value that means nothing. */
function isUnset(name: string, option: string, command: Document): boolean {
  return name === 'find' && missing['options of `find`'].has(option) && command[option] === false;
}

function refuseOption(name: string, option: string): never {
  const text = `BSON field '${name}.${option}' is an unknown field.`;
  if (name === 'find') refuseName('options of `find`', option, 40415, text);
  if (name === 'create') refuseName('options of `create`', option, 40415, text);
  if (missing['options of other commands'].has(`${name}.${option}`))
    refuse(`the option ${option} of ${name}`);
  throw new StoreError(40415, text);
}

/** MongoDB's code for both: clients such as mongosh ask for commands and go on without them. */
function noSuchCommand(name: string): StoreError {
  if (/^(sasl(Start|Continue)|authenticate)$/.test(name))
    return new StoreError(
      59,
      `no such command: '${name}': the embedded database has no users. Leave user and password out of the address.`,
    );
  const known = missing.commands.has(name) ? ': the embedded database does not have it' : '';
  return new StoreError(59, `no such command: '${name}'${known}`);
}

const notEnough = {
  code: 100,
  codeName: 'UnsatisfiableWriteConcern',
  errmsg: 'Not enough data-bearing nodes',
};

/** Whether one server satisfies the write concern. */
function isAlone({ writeConcern }: Document): boolean {
  return !(toNumber(writeConcern?.w ?? 1) > 1);
}

/** Answers when everything that the answer tells of is on the disk. */
async function durably(call: Call, spec: Command): Promise<Reply> {
  const { storage } = call.store;
  const losses = storage.losses;
  const reply = await spec.run(call);
  await storage.settled();
  if (storage.losses !== losses) throw new StoreError(14031, 'a write could not be kept');
  return reply;
}

async function inTransaction(call: Call, spec: Command, place: Place): Promise<Reply> {
  const { sessions } = call.store;
  if (!spec.inTransaction)
    throw new StoreError(263, `Cannot run '${call.name}' in a multi-document transaction.`);
  const reply = await sessions.statement(place, async (transaction) =>
    spec.run({ ...call, view: transaction, owner: transaction }),
  );
  if ('document' in reply && reply.document.writeErrors) sessions.abort(place);
  return reply;
}

/** Reads the durable state at a moment. The answer names the moment, so that further commands can read it too. */
async function atOneMoment(call: Call, spec: Command): Promise<Reply> {
  const { store, command, name } = call;
  if (!spec.ofMoment)
    throw new StoreError(72, `Command ${name} does not support { readConcern: { level: "snapshot" } }`);
  const session = typeof call.owner === 'string' ? call.owner : '';
  const { view, at } = await store.snapshots.at(session, command.readConcern.atClusterTime, call.now);
  const reply = await spec.run({ ...call, view });
  if ('batch' in reply) reply.batch.at = at;
  else reply.document.atClusterTime = at;
  return reply;
}

function endSessions({ store, command, name }: Call): Reply {
  for (const { id } of command[name]) {
    store.sessions.end(id.toString('hex'));
    store.snapshots.end(id.toString('hex'));
    store.cursors.killOf(id.toString('hex'));
  }
  return ok();
}

function listCommands(): Reply {
  const names = [...Object.keys(commands), 'commitTransaction', 'abortTransaction'];
  return ok({ commands: Object.fromEntries(names.map((name) => [name, { help: '' }])) });
}
