import { createApp } from './app.ts';
import { ensureReferenceData } from './authorities/reference.ts';
import { systemClock } from './base/clock.ts';
import type { Context } from './base/context.ts';
import { buildIndexes, connectDatabase, disconnectDatabase } from './base/database.ts';
import { logger } from './base/log.ts';
import { loadSettings, type Settings } from './base/settings.ts';
import { loadExample } from './example/load.ts';
import { openListener } from './inbox/listener.ts';
import { allMigrations } from './migrations/all.ts';
import { migrate } from './migrations/migrate.ts';
import { exampleLink, welcomeFirstOrganiser } from './organisers/welcome.ts';
import { openStore } from './store/open.ts';
import { openServer, type WebServer } from './web/server.ts';
import { startWorker } from './worker.ts';

/** What has been opened, to be closed in reverse; what is in one group is closed at the same time. */
const closing: (() => Promise<unknown> | unknown)[] = [];

/** Aborted when the process is to end: from then on it is not ready. */
const stopping = new AbortController();

/** How long closing may take, in milliseconds: a supervisor kills after ten seconds. */
const patience = 9_500;

try {
  await open(loadSettings());
} catch (error) {
  // One sentence for the operator, who can mend it; a stack would only hide it.
  process.stderr.write(`Boostdagar could not start. ${(error as Error).message}\n`);
  await close(1);
}

/** Opens everything: settings, database, what it must hold, web, worker. */
async function open(settings: Settings): Promise<void> {
  logger.level = settings.logLevel;
  // A signal may come twice, to the whole process group and from npm.
  process.on('SIGTERM', () => close(0)).on('SIGINT', () => close(0));
  const store = settings.mongodbUri ? undefined : await openStore({ dataDir: settings.dataDir, onDeath });
  if (store) closing.push(() => store.close());
  await connectDatabase(settings.mongodbUri ?? store?.uri ?? '');
  closing.push(disconnectDatabase);
  // Before the indexes: they may need what a migration puts right.
  await migrate(allMigrations, systemClock);
  await buildIndexes();
  const context: Context = { now: systemClock(), by: {}, settings };
  await ensureReferenceData();
  if (settings.exampleData) await loadExample(context);

  const serving: (() => Promise<void>)[] = [];
  closing.push(() => Promise.all(serving.map((end) => end())));
  const server = await listen(settings);
  serving.push(server.stop);
  if (settings.inboundListen) {
    const listener = await openListener(settings.inboundListen, { settings, clock: systemClock });
    serving.push(() => listener.close());
  }
  const worker = startWorker({ settings, clock: systemClock });
  serving.push(() => worker.stop());
  process.stdout.write(`Boostdagar answers at ${settings.baseUrl}\n`);
  await welcomeFirstOrganiser(context);
  const link = await exampleLink(context);
  if (link) process.stdout.write(`The office opens with this link, once and within 24 hours: ${link}\n`);
}

/** Without its database the process cannot answer, so it ends at once; its supervisor starts it again. */
function onDeath(error: Error): void {
  logger.fatal(
    { error: error.stack },
    `The embedded database has stopped, and Boostdagar ends with it: ${error.message}`,
  );
  void close(1, 1_000);
}

async function listen(settings: Settings): Promise<WebServer> {
  const { port, host } = settings;
  const app = createApp({ settings, clock: systemClock, stopping: stopping.signal });
  return openServer(app, { port, host }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new Error(
      code === 'EADDRINUSE'
        ? `PORT: another program uses port ${port}. Stop it or choose another, for example PORT=3001.`
        : `HOST and PORT: cannot listen on ${host}:${port} (${code}). Example: HOST=127.0.0.1 PORT=3000.`,
    );
  });
}

/** Closes in reverse what was opened, once, within `most` milliseconds. */
async function close(status: number, most = patience): Promise<void> {
  setTimeout(() => process.exit(1), most).unref();
  if (stopping.signal.aborted) return;
  stopping.abort();
  for (const end of closing.splice(0).reverse()) await end();
  process.exit(status);
}
