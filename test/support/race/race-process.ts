import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/**
 * A second service on the same database, as a program of its own: `race-process.ts <MONGODB_URI> [careless] [limited]`. It says
 * `ready`, waits for a race, signs its people up through its own web application, and answers with their statuses.
 * `careless`: without the modules that guard the seats (carelessly.ts). `limited`: with RATE_LIMIT on.
 */
export type Race = { slug: string; names: string[]; wait?: boolean; leaving?: string[] };

const [uri = '', ...flags] = process.argv.slice(2);
if (flags.includes('careless')) await import('./carelessly.ts');

// Loaded only now, so that the hook sees them.
const { createApp } = await import('../../../src/app.ts');
const { connectDatabase, disconnectDatabase } = await import('../../../src/base/database.ts');
const { monday } = await import('../builders.ts');
const { testSettings } = await import('../settings.ts');
const { cancelAll, signUpAll } = await import('./sign-ups.ts');

await connectDatabase(uri);
const settings = { ...testSettings(), rateLimit: flags.includes('limited') };
const server = createApp({ settings, clock: () => monday }).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
process.send?.('ready');
const [race]: Race[] = await once(process, 'message');
if (!race) throw new Error('No race was given.');
const url = `http://127.0.0.1:${port}`;
const { slug, names, wait, leaving = [] } = race;
const [statuses] = await Promise.all([signUpAll(url, slug, names, wait), cancelAll(url, leaving)]);
process.send?.(statuses);
server.close();
server.closeAllConnections();
await disconnectDatabase();
process.disconnect();
