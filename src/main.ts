import type { Server } from 'node:http';
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
import { startWorker } from './worker.ts';

/** What has been opened, to be closed in reverse. */
const closing: (() => Promise<unknown> | unknown)[] = [];

try {
  await open(loadSettings());
} catch (error) {
  // One sentence for the operator, who can mend it; a stack would only hide it.
  process.stderr.write(`Boostdagar could not start. ${(error as Error).message}\n`);
  await close(1);
}

/** Opens the house: settings, database, what it must hold, web, worker. */
async function open(settings: Settings): Promise<void> {
  logger.level = settings.logLevel;
  process.once('SIGTERM', () => close(0)).once('SIGINT', () => close(0));
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
  await welcomeFirstOrganiser(context);

  const server = await listen(settings);
  closing.push(() => finishRequests(server));
  if (settings.inboundListen) {
    const listener = await openListener(settings.inboundListen, { settings, clock: systemClock });
    closing.push(() => listener.close());
  }
  const worker = startWorker({ settings, clock: systemClock });
  closing.push(() => worker.stop());
  process.stdout.write(`Boostdagar answers at ${settings.baseUrl}\n`);
  const link = await exampleLink(context);
  if (link) process.stdout.write(`The office opens with this link, once and within 24 hours: ${link}\n`);
}

/** Without its database the house can only close; whoever runs it starts it again. */
function onDeath(error: Error): void {
  logger.fatal(
    { error: error.stack },
    'The embedded database has stopped. Start Boostdagar again, and report this.',
  );
  void close(1);
}

function listen(settings: Settings): Promise<Server> {
  const { port, host } = settings;
  return new Promise((resolve, reject) => {
    const server = createApp({ settings, clock: systemClock }).listen(port, host, (error?: Error) => {
      const code = (error as NodeJS.ErrnoException | undefined)?.code;
      if (code === 'EADDRINUSE')
        reject(
          new Error(
            `PORT: another program uses port ${port}. Stop it or choose another, for example PORT=3001.`,
          ),
        );
      else if (error)
        reject(
          new Error(
            `HOST and PORT: cannot listen on ${host}:${port} (${code}). Example: HOST=127.0.0.1 PORT=3000.`,
          ),
        );
      else resolve(server);
    });
  });
}

/** No new requests; running ones finish. */
function finishRequests(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  });
}

/** Closes in reverse what was opened, within ten seconds. */
async function close(status: number): Promise<void> {
  setTimeout(() => process.exit(1), 9500).unref();
  for (const end of closing.splice(0).reverse()) await end();
  process.exit(status);
}
