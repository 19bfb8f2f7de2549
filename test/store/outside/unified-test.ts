import { BSON, ClientSession, type Db, type Document, MongoClient, MongoServerError } from 'mongodb';
import type { FailingServer } from './fail-points.ts';
import { mismatch, type Referred, Unsupported } from './unified-match.ts';
import { operate } from './unified-operations.ts';

type Seen = { kind: string; event: Document };
/** What a test works with, by id, and the events that each client has seen. */
type Entities = { made: Map<string, unknown>; lsids: Map<string, Document>; seen: Map<string, Seen[]> };

/** Commands that are never observed. */
const UNOBSERVED = new Set(['configureFailPoint', 'killAllSessions']);

/** Runs one unified test. @throws Error with what is not as expected, a line for each event; Unsupported */
export async function runTest(
  content: Document,
  test: Document,
  server: FailingServer,
  setUp: MongoClient,
): Promise<void> {
  const entities: Entities = { made: new Map(), lsids: new Map(), seen: new Map() };
  try {
    await fill(setUp, content.initialData ?? []);
    await create(entities, content.createEntities ?? [], server);
    for (const operation of test.operations) await perform(entities, operation, server, setUp);
    const wrong = wrongEvents(entities, test.expectEvents ?? []);
    await endSessions(entities);
    for (const { collectionName, databaseName, documents } of test.outcome ?? []) {
      const found = await setUp.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray();
      must(mismatch({ documents }, { documents: found }, referTo(entities), false, 'outcome'));
    }
    must(wrong.join('\n'));
  } finally {
    await endSessions(entities);
    for (const entity of entities.made.values()) if (entity instanceof MongoClient) await entity.close();
  }
}

function must(wrong: string | undefined): void {
  if (wrong) throw new Error(wrong);
}

async function fill(setUp: MongoClient, initialData: Document[]): Promise<void> {
  for (const { databaseName, collectionName, documents } of initialData) {
    const db = setUp.db(databaseName);
    await db.dropCollection(collectionName);
    if (documents.length > 0) await db.collection(collectionName).insertMany(documents);
    else await db.createCollection(collectionName);
  }
}

async function create(entities: Entities, described: Document[], server: FailingServer): Promise<void> {
  const { made } = entities;
  for (const { client, database, collection, session, ...others } of described) {
    const [other] = Object.keys(others);
    if (other) throw new Unsupported(other);
    if (client) made.set(client.id, await newClient(entities, client, server.uri));
    if (database)
      made.set(
        database.id,
        (made.get(database.client) as MongoClient).db(database.databaseName, database.databaseOptions),
      );
    if (collection) {
      const { id, collectionName, collectionOptions } = collection;
      made.set(id, (made.get(collection.database) as Db).collection(collectionName, collectionOptions));
    }
    if (session?.sessionOptions?.snapshotTime)
      throw new Unsupported('the session option snapshotTime, nor does the driver');
    if (session) {
      const started = (made.get(session.client) as MongoClient).startSession(session.sessionOptions);
      made.set(session.id, started);
      entities.lsids.set(session.id, started.id ?? {});
    }
  }
}

async function newClient(entities: Entities, described: Document, uri: string): Promise<MongoClient> {
  const { id, uriOptions = {}, observeEvents = [], ignoreCommandMonitoringEvents = [] } = described;
  const { readConcernLevel, w, ...rest } = uriOptions;
  const options = {
    ...rest,
    ...(readConcernLevel && { readConcern: { level: readConcernLevel } }),
    ...(w !== undefined && { w }),
  };
  const client = new MongoClient(uri, {
    monitorCommands: true,
    heartbeatFrequencyMS: 500,
    serverSelectionTimeoutMS: 5000,
    ...options,
  });
  const seen: Seen[] = [];
  entities.seen.set(id, seen);
  const ignored = new Set([...ignoreCommandMonitoringEvents, ...UNOBSERVED]);
  for (const kind of [
    'commandStarted',
    'commandSucceeded',
    'commandFailed',
    'connectionCheckOutStarted',
  ] as const)
    client.on(kind, (event: Document) => {
      if (!observeEvents.includes(`${kind}Event`) || ignored.has(event.commandName)) return;
      // as it is on the wire at this moment
      const command = event.command && BSON.deserialize(BSON.serialize(event.command));
      seen.push({
        kind: `${kind}Event`,
        event: { ...pick(event, 'commandName', 'databaseName', 'reply'), ...(command && { command }) },
      });
    });
  return client.connect();
}

function pick(from: Document, ...names: string[]): Document {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  );
}

async function perform(
  entities: Entities,
  operation: Document,
  server: FailingServer,
  setUp: MongoClient,
): Promise<void> {
  const { name, object, expectError, expectResult, ignoreResultAndError, saveResultAsEntity } = operation;
  const args = { ...operation.arguments };
  if (object === 'testRunner') return onRunner(entities, name, args, server, setUp);
  const entity = entities.made.get(object);
  if (args.session) args.session = entities.made.get(args.session);
  let result: unknown;
  try {
    result =
      name === 'withTransaction'
        ? await withTransaction(entities, entity as ClientSession, args, server, setUp)
        : await operate(entity, name, args);
  } catch (error) {
    if (error instanceof Unsupported) throw error;
    if (ignoreResultAndError) return;
    if (!expectError) throw error;
    return checkError(entities, expectError, error as Error);
  }
  if (expectError) throw new Error(`${name}: an error is expected`);
  if (saveResultAsEntity) entities.made.set(saveResultAsEntity, result);
  if (expectResult !== undefined) must(mismatch(expectResult, resultOf(result), referTo(entities), true, ''));
}

function withTransaction(
  entities: Entities,
  session: ClientSession,
  args: Document,
  server: FailingServer,
  setUp: MongoClient,
): Promise<unknown> {
  const { callback, ...options } = args;
  return session.withTransaction(async () => {
    for (const operation of callback) {
      // an error ends the callback, whether it is expected, ignored or neither
      const { expectError, ignoreResultAndError: _, ...bare } = operation;
      const failure: unknown = await perform(entities, bare, server, setUp).then(
        () => expectError && new Error('an error is expected'),
        (reason) => reason,
      );
      if (expectError) checkError(entities, expectError, failure as Error);
      if (failure) throw failure;
    }
  }, options);
}

/** Results as the specification names them. */
function resultOf(result: unknown): unknown {
  if (result === null || typeof result !== 'object' || Array.isArray(result) || '_bsontype' in result)
    return result;
  if (!('insertedIds' in result) || !('upsertedIds' in result)) return result;
  const names = [
    'insertedCount',
    'insertedIds',
    'matchedCount',
    'modifiedCount',
    'deletedCount',
    'upsertedCount',
    'upsertedIds',
  ];
  return pick(result as Document, ...names);
}

function checkError(entities: Entities, expected: Document, error: Error): void {
  const {
    isClientError,
    errorContains,
    errorCode,
    errorCodeName,
    errorLabelsContain = [],
    errorLabelsOmit = [],
    expectResult,
    errorResponse,
  } = expected;
  const { code, codeName, errorLabels = [], result, errorResponse: response } = error as Error & Document;
  const say = (what: string) =>
    new Error(`error: ${what}, found ${error.message} (${code} ${codeName} ${errorLabels})`);
  if (isClientError !== undefined && isClientError === error instanceof MongoServerError)
    throw say(`of the client: ${isClientError}`);
  if (errorContains && !error.message.toLowerCase().includes(errorContains.toLowerCase()))
    throw say(errorContains);
  if (errorCode !== undefined && code !== errorCode) throw say(errorCode);
  if (errorCodeName && (codeName ?? response?.codeName) !== errorCodeName) throw say(errorCodeName);
  const missing = errorLabelsContain.find((label: string) => !errorLabels.includes(label));
  if (missing) throw say(missing);
  const present = errorLabelsOmit.find((label: string) => errorLabels.includes(label));
  if (present) throw say(`not ${present}`);
  if (expectResult) must(mismatch(expectResult, resultOf(result), referTo(entities)));
  if (errorResponse)
    must(mismatch(errorResponse, response ?? { code, codeName }, referTo(entities), true, 'errorResponse'));
}

async function onRunner(
  entities: Entities,
  name: string,
  args: Document,
  server: FailingServer,
  setUp: MongoClient,
): Promise<void> {
  const session = entities.made.get(args.session);
  const started = () =>
    (entities.seen.get(args.client) ?? []).filter(({ kind }) => kind === 'commandStartedEvent');
  const lastTwo = () =>
    started()
      .slice(-2)
      .map(({ event }) => BSON.EJSON.stringify(event.command.lsid));
  const ensure = (ok: boolean) => must(ok ? undefined : `${name} ${JSON.stringify(args)}`);
  const collections = () =>
    setUp.db(args.databaseName).listCollections({ name: args.collectionName }).toArray();
  const indexes = () =>
    setUp
      .db(args.databaseName)
      .collection(args.collectionName)
      .listIndexes()
      .toArray()
      .catch(() => []);
  switch (name) {
    case 'failPoint':
    case 'targetedFailPoint':
      return server.configure(args.failPoint);
    case 'createEntities':
      return create(entities, args.entities, server);
    case 'assertSessionTransactionState':
      return must(mismatch(args.state, stateOf(session), referTo(entities), true, name));
    case 'assertSessionUnpinned':
      return ensure(session instanceof ClientSession && !session.isPinned);
    case 'assertSessionPinned':
      return ensure(session instanceof ClientSession && session.isPinned);
    case 'assertSessionDirty':
      return ensure(session instanceof ClientSession && session.serverSession.isDirty);
    case 'assertSessionNotDirty':
      return ensure(session instanceof ClientSession && !session.serverSession.isDirty);
    case 'assertSameLsidOnLastTwoCommands':
      return ensure(new Set(lastTwo()).size === 1);
    case 'assertDifferentLsidOnLastTwoCommands':
      return ensure(new Set(lastTwo()).size === 2);
    case 'assertCollectionExists':
      return ensure((await collections()).length === 1);
    case 'assertCollectionNotExists':
      return ensure((await collections()).length === 0);
    case 'assertIndexExists':
      return ensure((await indexes()).some((index) => index.name === args.indexName));
    case 'assertIndexNotExists':
      return ensure(!(await indexes()).some((index) => index.name === args.indexName));
    default:
      throw new Unsupported(name);
  }
}

function stateOf(session: unknown): string {
  const { state } = (session as { transaction: { state: string } }).transaction;
  return (
    (
      {
        NO_TRANSACTION: 'none',
        STARTING_TRANSACTION: 'starting',
        TRANSACTION_IN_PROGRESS: 'in_progress',
      } as Record<string, string>
    )[state] ?? state
  );
}

function referTo({ made, lsids }: Entities): Referred {
  return { lsidOf: (id) => lsids.get(id), entity: (id) => made.get(id) };
}

async function endSessions({ made }: Entities): Promise<void> {
  for (const entity of made.values()) if (entity instanceof ClientSession) await entity.endSession();
}

function wrongEvents(entities: Entities, expectations: Document[]): string[] {
  const wrong: (string | undefined)[] = [];
  for (const { client, events, eventType = 'command', ignoreExtraEvents } of expectations) {
    const ofType = ({ kind }: Seen) => kind.startsWith('command') === (eventType === 'command');
    const seen = (entities.seen.get(client) ?? []).filter(ofType);
    for (const [i, expected] of events.entries()) {
      const [[kind = '', event = {}] = []] = Object.entries<Document>(expected);
      if (seen[i]?.kind !== kind)
        wrong.push(
          `event ${i}: ${kind} expected, found ${seen[i]?.kind} ${seen[i]?.event.commandName ?? ''}`,
        );
      const { hasServiceId: _s, hasServerConnectionId: _c, ...compared } = event;
      for (const [name, value] of Object.entries(compared))
        wrong.push(mismatch(value, seen[i]?.event[name], referTo(entities), true, `event ${i} ${name}`));
    }
    if (!ignoreExtraEvents && seen.length > events.length)
      wrong.push(
        `${seen.length} events instead of ${events.length}, the next ${seen[events.length]?.event.commandName}`,
      );
  }
  return wrong.filter((one) => one !== undefined);
}
