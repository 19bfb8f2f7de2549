import { parseArgs } from 'node:util';
import { loadSettings } from '../base/settings.ts';
import { openStore } from '../store/open.ts';

/** `npm run database [-- --port N]`: the embedded database of DATA_DIR alone, for mongosh and other tools. */
try {
  const { port } = parseArgs({ options: { port: { type: 'string' } } }).values;
  const store = await openStore({
    dataDir: loadSettings().dataDir,
    ...(port !== undefined && { port: Number(port) }),
  });
  process.stdout.write(`${store.uri}\n`);
  const end = () => void store.close().then(() => process.exit(0));
  process.once('SIGTERM', end).once('SIGINT', end);
} catch (error) {
  process.stderr.write(`The database could not start. ${(error as Error).message}\n`);
  process.exit(1);
}
