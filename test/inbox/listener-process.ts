import { buildIndexes, connectDatabase } from '../../src/base/database.ts';
import { openListener } from '../../src/inbox/listener.ts';
import { openStore } from '../../src/store/open.ts';
import { testSettings } from '../support/settings.ts';

// A listener as a process of its own, `listener-process.ts <data directory>`, whose database goes away when it is told so.
const [, , dataDir = ''] = process.argv;
const store = await openStore({ dataDir });
await connectDatabase(store.uri);
await buildIndexes();
const where = { host: '127.0.0.1', port: 0 };
const { port } = await openListener(where, {
  settings: testSettings(),
  clock: () => new Date('2027-01-11T11:00:00Z'),
});
process.on('message', async () => {
  await store.close();
  process.send?.('closed');
});
process.send?.(port);
