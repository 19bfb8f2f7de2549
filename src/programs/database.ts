import { parseArgs } from 'node:util';
import { loadSettings } from '../base/settings.ts';
import { openStore } from '../store/open.ts';

/** `npm run database [-- --port N]`: the embedded database of DATA_DIR alone, for mongosh and other tools. */
try {
  const { port } = parseArgs({ options: { port: { type: 'string' } } }).values;
  const store = await openStore({
    dataDir: loadSettings().dataDir,
    onDeath,
    ...(port !== undefined && { port: Number(port) }),
  });
  process.stdout.write(`${store.uri}\n`);
  if (port !== undefined)
    process.stderr.write(
      'There is no password: everybody with an account on this machine can read and change the data at this port. Without --port only you can.\n',
    );
  let isEnding = false;
  // A signal may come twice, to the whole process group and from npm.
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    void store.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', end).on('SIGINT', end);
} catch (error) {
  process.stderr.write(`The database could not start. ${(error as Error).message}\n`);
  process.exit(1);
}

function onDeath(error: Error): void {
  process.stderr.write(`The database has stopped. ${error.message}\n`);
  process.exit(1);
}
