import { once } from 'node:events';
import { registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';

/**
 * A second house on the same database, as a program of its own: `race-process.ts <MONGODB_URI> [careless]`. It says
 * `ready`, waits for a race, signs its people up through its own web application, and answers with their statuses.
 * `careless` puts careless.ts in the place of the modules that guard the seats.
 */
export type Race = { slug: string; names: string[] };

const [uri = '', careless] = process.argv.slice(2);
if (careless)
  registerHooks({
    resolve(specifier, context, next) {
      const guards = /\/(seats|queue)\.ts$/.test(specifier) && context.parentURL?.includes('/src/');
      return guards
        ? { url: import.meta.resolve('./careless.ts'), shortCircuit: true }
        : next(specifier, context);
    },
  });

// Loaded only now, so that the hook sees them.
const { createApp } = await import('../../src/app.ts');
const { connectDatabase, disconnectDatabase } = await import('../../src/base/database.ts');
const { monday } = await import('./builders.ts');
const { testSettings } = await import('./settings.ts');
const { signUpAll } = await import('./sign-ups.ts');

await connectDatabase(uri);
const server = createApp({ settings: testSettings(), clock: () => monday }).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
process.send?.('ready');
const [race]: Race[] = await once(process, 'message');
if (!race) throw new Error('No race was given.');
process.send?.(await signUpAll(`http://127.0.0.1:${port}`, race.slug, race.names));
server.close();
server.closeAllConnections();
await disconnectDatabase();
process.disconnect();
