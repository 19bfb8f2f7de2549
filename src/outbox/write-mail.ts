import * as base64 from 'nodemailer/lib/base64';
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import * as quotedPrintable from 'nodemailer/lib/qp';

/** nodemailer opens no file and no address that stands in a letter. */
export const safely = { disableFileAccess: true, disableUrlAccess: true };

/**
 * The exact bytes of a mail. The same options with `baseBoundary`, `date` and `messageId` give the same bytes.
 * They are what nodemailer's own writer gives but for soft line breaks; that one takes three times as long, with streams
 * for each part.
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
