import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIndexes, connectDatabase } from '../../src/base/database.ts';
import { openListener } from '../../src/inbox/listener.ts';
import { openStore } from '../../src/store/open.ts';
import { testSettings } from '../support/settings.ts';

// A listener of its own, whose database goes away when it is told so.
const store = await openStore({ dataDir: mkdtempSync(join(tmpdir(), 'boostdagar-inbox-')) });
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
