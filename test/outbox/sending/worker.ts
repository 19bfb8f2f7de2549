import { connectDatabase, disconnectDatabase } from '../../../src/base/database.ts';
import { deliver } from '../../../src/outbox/sending/delivery.ts';
import { openTransport } from '../../../src/outbox/sending/transport.ts';
import { confirmation } from '../../support/mail/letters.ts';

// A worker of its own for the tests that kill one or read its log: one round, then it ends.
const [, , uri = '', smtpUrl = '', now = ''] = process.argv;
await connectDatabase(uri);
const transport = openTransport({ smtpUrl, production: false });
await deliver({
  clock: () => new Date(now),
  by: `process ${process.pid}`,
  compose: async () => confirmation(),
  send: transport.send,
});
transport.close();
await disconnectDatabase();
