import { connectDatabase, disconnectDatabase, idFrom } from '../../../src/base/database.ts';
import { finishMailing } from '../../../src/letters/mailings/send.ts';
import { monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';

// A service of its own that writes the copies of a confirmed letter, for the test that kills one.
const [, , uri = '', mailing, event] = process.argv;
const [id, eventId] = [idFrom(mailing), idFrom(event)];
if (!id || !eventId) throw new Error('No letter was named.');
await connectDatabase(uri);
await finishMailing(visitorAt(monday), id, eventId);
await disconnectDatabase();
