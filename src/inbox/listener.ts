import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { Clock } from '../base/clock.ts';
import { normalisedAddress } from '../base/form/addresses.ts';
import { logger } from '../base/log.ts';
import type { Settings } from '../base/settings.ts';
import { letterReturnedTo } from '../outbox/return-address.ts';
import { bytesOf, keepMail, largestMail } from './mail.ts';

/** Lines that may be open at once, and how long one may be silent, in milliseconds. */
const most = { clients: 20, silence: 60_000 };

/** The mail server that takes what comes back. */
export type Listener = { port: number; close(): Promise<void> };

/**
 * Listens for mail to MAIL_FROM and to the envelope senders of our letters, and to nobody else. A mail is answered 250
 * when it is in the database; where that does not answer the sender keeps it and tries again (451). There is neither
 * password nor TLS: only the organisation's own mail server may reach it.
 * @throws Error with one sentence where it cannot listen
 */
export async function openListener(
  { host, port }: { host: string; port: number },
  { settings, clock }: { settings: Settings; clock: Clock },
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
      keep(stream, envelope, clock).then(
        () => done(null, 'Kept'),
        (error: Error) => done(error),
      );
    },
  });
  await listen(server, host, port);
  // A sender that goes away in the middle is an everyday thing; it comes again.
  server.on('error', (error: Error) => logger.info({ error: error.name }, 'A line to the inbox broke.'));
  const { port: bound } = server.server.address() as AddressInfo;
  return { port: bound, close: () => new Promise((resolve) => server.close(() => resolve())) };
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
  return normalisedAddress(address) === own || letterReturnedTo(address, settings) !== undefined;
}

async function keep(
  stream: SMTPServerDataStream,
  envelope: { from: string; to: string[] },
  clock: Clock,
): Promise<void> {
  const raw = await bytesOf(stream);
  if (!raw) throw refusal(552, 'The mail is too large');
  try {
    await keepMail(raw, envelope, clock());
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
