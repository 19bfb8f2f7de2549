import { createTransport } from 'nodemailer';
import type { Settings } from '../../base/settings.ts';
import { safely } from '../write-mail.ts';
import { isLineFull, type Outcome, outcomeOf, type SendingError, type ServerAnswer } from './outcome.ts';

/** One letter to one receiver, as plain addresses, and its exact bytes. */
export type Posting = { envelope: { from: string; to: string }; raw: Buffer };
export type Transport = { send(posting: Posting): Promise<Outcome>; close(): void };

/** Connections to the mail server, and so letters on their way at once. */
export const connections = 5;

const minute = 60_000;

/**
 * How long to wait for a server that says nothing, in milliseconds: for the connection, its greeting, and each answer.
 * RFC 5321 4.5.3.2 asks for at least 5 minutes for the greeting, MAIL and RCPT, 2 for DATA, 3 for each block and 10 after
 * the final dot. nodemailer has one time for all answers, so it is the longest: a sender that gives up earlier sends a letter
 * twice that the server has taken. The RFC has no time for the connection itself; one that nobody accepts within two
 * minutes, about as long as Linux tries, is a server that is down.
 */
export const patience = { connection: 2 * minute, greeting: 5 * minute, answer: 10 * minute };

/**
 * Opens a pool of connections to the mail server; the first letter connects.
 * TLS is required in production and wherever a password is sent; the URL may say otherwise (`?requireTLS=false`)
 * for a relay on the same machine. No more than `connections` letters may be on their way at once.
 */
export function openTransport(
  settings: Pick<Settings, 'production'> & { smtpUrl: string },
  waits: typeof patience = patience,
): Transport {
  const open = () => openPool(settings, waits);
  let pool = open();
  return {
    async send(posting) {
      const used = pool;
      const answer = await attempt(used, posting);
      if (!isLineFull(answer)) return outcomeOf(answer);
      if (pool === used) {
        used.close();
        pool = open();
      }
      return outcomeOf(await attempt(pool, posting));
    },
    close: () => pool.close(),
  };
}

function openPool({ smtpUrl, production }: Parameters<typeof openTransport>[0], waits: typeof patience) {
  const withPassword = URL.parse(smtpUrl)?.password !== '';
  return createTransport(
    {
      pool: true,
      url: smtpUrl,
      maxConnections: connections,
      requireTLS: production || withPassword,
      connectionTimeout: waits.connection,
      greetingTimeout: waits.greeting,
      socketTimeout: waits.answer,
    },
    safely,
  );
}

async function attempt(pool: ReturnType<typeof openPool>, posting: Posting): Promise<ServerAnswer> {
  try {
    const { response, rejectedErrors } = await pool.sendMail(posting);
    // nodemailer resolves although a receiver was refused.
    return rejectedErrors?.[0] ? { error: rejectedErrors[0] } : { taken: response };
  } catch (error) {
    return { error: error as SendingError };
  }
}
