import type { AddressInfo, Server, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { Clock } from '../base/clock.ts';
import type { Context } from '../base/context.ts';
import { normalisedAddress } from '../base/form/addresses.ts';
import { logger } from '../base/log.ts';
import type { Settings } from '../base/settings.ts';
import { letterReturnedTo, letterUnsubscribedAt } from '../outbox/return-address.ts';
import { bytesOf, keepMail, largestMail } from './mail.ts';

/**
 * Lines that may be open at once, in all and from one address; and how long one may be silent, in milliseconds, also
 * before it has said anything.
 */
const most = { clients: 100, ofOneAddress: 20, silence: 60_000, firstSilence: 10_000 };

/** The mail server that takes what comes back. */
export type Listener = { port: number; close(): Promise<void> };

/**
 * Listens for mail to MAIL_FROM and to the addresses that our letters have of their own, and to nobody else. A mail is answered 250
 * when it is in the database; where that does not answer the sender keeps it and tries again (451). There is neither
 * password nor TLS: only the organisation's own mail server may reach it.
 * @throws Error with one sentence where it cannot listen
 */
export async function openListener(
  { host, port }: { host: string; port: number },
  { settings, clock }: { settings: Settings; clock: Clock },
  firstSilence = most.firstSilence,
): Promise<Listener> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestMail,
    maxClients: most.clients,
    socketTimeout: most.silence,
    closeTimeout: 2000,
    onRcptTo: ({ address }, session, done) => {
      if (!isOurs(address, settings)) done(refusal(550, 'There is no such mailbox here'));
      else done(session.envelope.rcptTo.length >= 10 ? refusal(452, 'Too many receivers') : null);
    },
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = {
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
      };
      keep(stream, envelope, { now: clock(), by: {}, settings }).then(
        () => done(null, 'Kept'),
        (error: Error) => done(error),
      );
    },
  });
  letFewWait(server.server, firstSilence);
  await listen(server, host, port);
  // A sender that goes away in the middle is an everyday thing; it comes again.
  server.on('error', (error: Error) => logger.info({ error: error.name }, 'A line to the inbox broke.'));
  const { port: bound } = server.server.address() as AddressInfo;
  return { port: bound, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Ends lines that say nothing from the beginning, and those beyond what one address may have. */
function letFewWait(server: Server, firstSilence: number): void {
  const lines = new Map<string, number>();
  server.prependListener('connection', (line: Socket) => {
    const from = line.remoteAddress ?? '';
    const number = (lines.get(from) ?? 0) + 1;
    lines.set(from, number);
    const silent = setTimeout(() => line.destroy(), firstSilence).unref();
    line.once('data', () => clearTimeout(silent));
    line.once('close', () => {
      clearTimeout(silent);
      const left = (lines.get(from) ?? 1) - 1;
      if (left > 0) lines.set(from, left);
      else lines.delete(from);
    });
    if (number > most.ofOneAddress)
      line.end('421 Too many lines from your address\r\n', () => line.destroy());
  });
}

function listen(server: SMTPServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = ({ code }: NodeJS.ErrnoException) =>
      reject(
        new Error(
          `INBOUND_LISTEN: cannot listen on ${host}:${port} (${code}). Example: INBOUND_LISTEN=127.0.0.1:2525.`,
        ),
      );
    server.once('error', fail).listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function isOurs(address: string, settings: Settings): boolean {
  const own = normalisedAddress(settings.mailFrom);
  const letter = letterReturnedTo(address, settings) ?? letterUnsubscribedAt(address, settings);
  return normalisedAddress(address) === own || letter !== undefined;
}

async function keep(
  stream: SMTPServerDataStream,
  envelope: { from: string; to: string[] },
  context: Context,
): Promise<void> {
  const raw = await bytesOf(stream);
  if (!raw) throw refusal(552, 'The mail is too large');
  if (await keepOrTryLater(raw, envelope, context)) return;
  logger.warn(
    'More mail has come in a day than is taken. Its sender tries again. See Inkommet in the office.',
  );
  throw refusal(452, 'Too much mail in a day. Try again later');
}

async function keepOrTryLater(
  raw: Buffer,
  envelope: { from: string; to: string[] },
  context: Context,
): Promise<boolean> {
  try {
    return await keepMail(context, raw, envelope);
  } catch (error) {
    logger.error(
      { error: error instanceof Error ? error.name : 'Error' },
      'A mail could not be kept; its sender tries again. Does the database answer?',
    );
    throw refusal(451, 'The mail could not be kept. Try again later');
  }
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
