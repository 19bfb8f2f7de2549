import { connectDatabase } from '../../../src/base/database.ts';
import { logger } from '../../../src/base/log.ts';
import { startWorker } from '../../../src/worker.ts';
import { testSettings } from '../../support/settings.ts';

// The service's worker as a process of its own: `worker-process.ts <MONGODB_URI> <SMTP_URL> <now>`. A message sets its clock.
const [, , uri = '', smtpUrl = '', first = ''] = process.argv;
let now = new Date(first);
process.on('message', (moment: string) => {
  now = new Date(moment);
});
logger.level = 'silent';
await connectDatabase(uri);
startWorker({ settings: { ...testSettings(), smtpUrl }, clock: () => now });
process.send?.('ready');
