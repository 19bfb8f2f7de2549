import { systemClock } from '../base/clock.ts';
import { buildIndexes, connectDatabase, disconnectDatabase } from '../base/database.ts';
import { loadSettings } from '../base/settings.ts';
import { bytesOf, keepMail } from '../inbox/mail.ts';
import { reachStore } from '../store/open.ts';

/** What a mail server understands as "keep it and try again" and as "never", where a pipe ends so (sysexits.h). */
const [tryAgain, never] = [75, 65];

/** How Postfix writes the empty sender of a bounce for a program. */
const noSender = 'MAILER-DAEMON';

/**
 * `npm run inbox < message.eml`, for a mail server that hands mail to a program: `npm run inbox -- RECEIVER SENDER` where it
 * tells them. The mail is kept in the database; the application reads it, now or when it starts.
 */
try {
  const raw = await bytesOf(process.stdin);
  if (!raw || raw.length === 0) {
    process.stderr.write(`The mail is ${raw ? 'empty' : 'too large'}. It was not kept.\n`);
    process.exitCode = never;
  } else await keep(raw);
} catch (error) {
  process.stderr.write(`The mail could not be kept; try again later. ${(error as Error).message}\n`);
  process.exitCode = tryAgain;
}

async function keep(raw: Buffer): Promise<void> {
  const settings = loadSettings();
  const store = settings.mongodbUri ? undefined : await reachStore(settings.dataDir);
  try {
    await connectDatabase(settings.mongodbUri ?? store?.uri ?? '');
    await buildIndexes();
    const [receiver, sender] = process.argv.slice(2);
    const envelope = {
      to: receiver ? [receiver] : [],
      ...(sender !== undefined && { from: sender === noSender ? '' : sender }),
    };
    const isKept = await keepMail({ now: systemClock(), by: {}, settings }, raw, envelope);
    if (!isKept) throw new Error('More mail has come in a day than is taken.');
  } finally {
    await disconnectDatabase();
    await store?.close();
  }
}
