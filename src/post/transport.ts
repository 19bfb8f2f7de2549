import { createTransport } from 'nodemailer';
import * as base64 from 'nodemailer/lib/base64';
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import * as quotedPrintable from 'nodemailer/lib/qp';
import type { Settings } from '../base/settings.ts';

/** What one attempt came to (R72). `code` is the SMTP code, or nodemailer's where the server gave none. */
export type Outcome =
  | { outcome: 'sent'; response: string }
  /** This letter can never arrive: 5xx to RCPT or DATA. */
  | { outcome: 'refused'; code: string; text: string }
  /** Try this letter again: 4xx, no network, or a line lost, perhaps after the server took the letter (R70). */
  | { outcome: 'later'; code: string; text: string }
  /** The server takes nothing from us: the whole queue waits. */
  | { outcome: 'wait'; code: string; text: string };

/** One letter to one receiver, as plain addresses, and its exact bytes. */
export type Posting = { envelope: { from: string; to: string }; raw: Buffer };
export type Transport = { send(posting: Posting): Promise<Outcome>; close(): void };

/** Connections to the mail server, and so letters on their way at once (R73). */
export const connections = 5;

const minute = 60_000;
const safely = { disableFileAccess: true, disableUrlAccess: true };

/**
 * Opens a pool of connections to the mail server; the first letter connects.
 * TLS is required in production and wherever a password is sent (R75); the URL may say otherwise (`?requireTLS=false`)
 * for a relay on the same machine.
 */
export function openTransport(settings: Pick<Settings, 'production'> & { smtpUrl: string }): Transport {
  const withPassword = URL.parse(settings.smtpUrl)?.password !== '';
  const pool = createTransport(
    {
      pool: true,
      url: settings.smtpUrl,
      maxConnections: connections,
      requireTLS: settings.production || withPassword,
      connectionTimeout: minute / 2,
      greetingTimeout: minute / 2,
      socketTimeout: 10 * minute,
    },
    safely,
  );
  return {
    send: (posting) => pool.sendMail(posting).then(outcomeOf, classify),
    close: () => pool.close(),
  };
}

/**
 * The exact bytes of a mail. The same options with `baseBoundary`, `date` and `messageId` give the same bytes (L11).
 * It is what nodemailer's own writer gives but for soft line breaks; that one takes three times as long, with streams for each part.
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
  message: string;
  response?: string;
};

/** nodemailer resolves although the receiver was refused (L12). */
function outcomeOf(info: {
  response?: string;
  rejected?: unknown[];
  rejectedErrors?: SendingError[];
}): Outcome {
  if (!info.rejected?.length) return { outcome: 'sent', response: safe(info.response ?? '') };
  return classify(
    info.rejectedErrors?.[0] ?? { code: 'EENVELOPE', command: 'API', message: 'Receiver refused' },
  );
}

/** Errors of the line to the server as a whole, whatever letter was on it. */
const ofTheLine = ['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'EDNS', 'ECONFIG'];

function classify(error: SendingError): Outcome {
  const code = String(error.responseCode ?? error.code ?? 'UNKNOWN');
  const why = { code, text: safe(error.response ?? error.message) };
  const ofTheLetter = error.command === 'RCPT TO' || error.command === 'DATA';
  if (ofTheLine.includes(error.code ?? '')) return { outcome: 'wait', ...why };
  if (code.startsWith('5')) return { outcome: ofTheLetter ? 'refused' : 'wait', ...why };
  // An envelope that cannot even be written never gets better.
  if (code === 'EENVELOPE') return { outcome: 'refused', ...why };
  return { outcome: 'later', ...why };
}

/** A server's words without the addresses that it repeats, short enough for a list. */
function safe(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\S*@\S*/g, '…')
    .slice(0, 200);
}
