import { createTransport } from 'nodemailer';
import * as base64 from 'nodemailer/lib/base64';
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import * as quotedPrintable from 'nodemailer/lib/qp';
import type { Settings } from '../base/settings.ts';

/** What one attempt came to. `code` is the SMTP code, or nodemailer's if the server gave none. */
export type Outcome =
  | { outcome: 'sent'; response: string }
  /** This letter can never arrive: 5xx to RCPT or DATA. */
  | { outcome: 'refused'; code: string; text: string }
  /**
   * Try this letter again: 4xx to RCPT or DATA. `domain`: the whole domain of the receiver gets nothing for a while.
   */
  | { outcome: 'later'; code: string; text: string; domain: boolean }
  /** The connection broke or fell silent, perhaps after the server took the letter (RFC 1047). */
  | { outcome: 'lost'; code: string; text: string }
  /** The server takes nothing from us, whatever the letter: the whole queue waits. */
  | { outcome: 'wait'; code: string; text: string };

/** One letter to one receiver, as plain addresses, and its exact bytes. */
export type Posting = { envelope: { from: string; to: string }; raw: Buffer };
export type Transport = { send(posting: Posting): Promise<Outcome>; close(): void };

/** How many connections to the mail server are open, and so how many letters are on their way at once. */
export const connections = 5;

const minute = 60_000;
const safely = { disableFileAccess: true, disableUrlAccess: true };

/**
 * How long to wait for a silent server, in milliseconds: to connect, for its greeting, for each answer (RFC 5321
 * section 4.5.3.2).
 */
const patience = { connection: minute / 2, greeting: minute / 2, answer: 10 * minute };

/**
 * Opens a pool of connections to the mail server; the first letter connects.
 * TLS is required in production and whenever a password is sent; the URL may say otherwise (`?requireTLS=false`) for a
 * relay on the same machine. No more than `connections` letters may be on their way at once.
 */
export function openTransport(
  settings: Pick<Settings, 'production'> & { smtpUrl: string },
  waits = patience,
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

/**
 * The exact bytes of a mail. The same options, with `baseBoundary`, `date` and `messageId`, give the same bytes. They
 * differ from those of nodemailer's own writer only in soft line breaks; that writer needs a stream for each part and
 * takes three times as long.
 * @param mail `text`, `html` and `icalEvent.content` as plain strings
 */
export function writeMail(mail: MailComposerOptions): Buffer {
  return Buffer.from(written(new MailComposer({ ...mail, ...safely }).compile()));
}

function written(node: MimeNode): string {
  // Headers first: they settle the boundary.
  const headers = node.buildHeaders();
  return `${headers}\r\n\r\n${node.multipart ? parts(node) : body(node)}`;
}

function parts({ childNodes, boundary }: MimeNode): string {
  return `${childNodes.map((child) => `--${boundary}\r\n${written(child)}\r\n`).join('')}--${boundary}--\r\n`;
}

function body(node: MimeNode): string {
  const content = String(node.content);
  return node.getTransferEncoding() === 'base64'
    ? base64.wrap(base64.encode(content))
    : quotedPrintable.wrap(quotedPrintable.encode(content.replace(/\r?\n/g, '\r\n')));
}

type SendingError = {
  code?: string;
  responseCode?: number;
  command?: string;
  /** The system call that failed, where one did. */
  syscall?: string;
  message: string;
  response?: string;
};
type Answer = { taken: string } | { error: SendingError };

async function attempt(pool: ReturnType<typeof openPool>, posting: Posting): Promise<Answer> {
  try {
    const { response, rejectedErrors } = await pool.sendMail(posting);
    // nodemailer resolves even if the server refused the receiver.
    return rejectedErrors?.[0] ? { error: rejectedErrors[0] } : { taken: response };
  } catch (error) {
    return { error: error as SendingError };
  }
}

/** Some servers take only so many letters over one connection: what they answer then counts only on a fresh one. */
function isLineFull(answer: Answer): boolean {
  if ('taken' in answer || ![421, 452].includes(answer.error.responseCode ?? 0)) return false;
  return answer.error.command === 'MAIL FROM' || isAboutLetter(answer.error);
}

/** An answer to RCPT or DATA; with pipelining nodemailer tells a 421 to them as a connection that was closed with a code. */
function isAboutLetter({ command, code, responseCode }: SendingError): boolean {
  if (command === 'RCPT TO' || command === 'DATA') return true;
  return code === 'ECONNECTION' && command === 'CONN' && responseCode !== undefined;
}

function outcomeOf(answer: Answer): Outcome {
  if ('taken' in answer) return { outcome: 'sent', response: safe(answer.taken) };
  const { error } = answer;
  const code = String(error.responseCode ?? error.code ?? 'UNKNOWN');
  const why = { code, text: safe(error.response ?? error.message) };
  if (isBroken(error)) return { outcome: 'lost', ...why };
  // What cannot even be written never gets better.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'refused', ...why };
  if (!error.responseCode || !isAboutLetter(error)) return { outcome: 'wait', ...why };
  if (error.responseCode >= 500) return { outcome: 'refused', ...why };
  return { outcome: 'later', domain: isAboutDomain(error), ...why };
}

/** The connection stood, and ended without a word. An error in opening it has another shape: no command, no such system call. */
function isBroken({ code, responseCode, command, syscall, message }: SendingError): boolean {
  if (responseCode) return false;
  if (code === 'ESOCKET') return syscall === 'read' || syscall === 'write';
  if (code === 'ETIMEDOUT') return message === 'Timeout';
  return code === 'ECONNECTION' && command === 'CONN';
}

/** A code 4.1.x or 4.2.x is about the one address or mailbox (RFC 3463); so is a bare 450, as of greylisting (RFC 5321 4.2.3). */
function isAboutDomain({ responseCode, response }: SendingError): boolean {
  const [, subject] = /^\d{3}[ -]4\.(\d)\.\d/.exec(response ?? '') ?? [];
  return subject ? !['1', '2'].includes(subject) : responseCode !== 450;
}

/** The server knows that there is no such receiver (RFC 3463, 3.2; RFC 7505), unlike a full mailbox or a rule of its own. */
export function isDeadAddress(outcome: Outcome): boolean {
  return outcome.outcome === 'refused' && /\b5\.1\.(1|2|3|6|10)\b/.test(outcome.text);
}

/** A server's words without the addresses that it repeats, short enough for a list. */
function safe(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\S*@\S*/g, '…')
    .slice(0, 200);
}
