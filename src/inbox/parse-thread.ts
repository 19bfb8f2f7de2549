import { parentPort } from 'node:worker_threads';
import PostalMime, { type Attachment, addressParser, type Email } from 'postal-mime';
import { readReply } from '../calendar/reply.ts';
import type { Opened } from './parse.ts';

/** So much of a text is shown and kept, in characters. */
const longestText = 20_000;
const longestLine = 500;

/**
 * The thread in which mails from outside are taken apart. A mail inside a mail is not opened: what somebody forwards is
 * not what somebody answers.
 */
parentPort?.on('message', async (raw: Uint8Array) => {
  parentPort?.postMessage(await open(raw).catch(({ message }: Error) => ({ problem: message })));
});

async function open(raw: Uint8Array): Promise<Opened> {
  const limits = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 };
  return opened(await PostalMime.parse(raw, { forceRfc822Attachments: true, ...limits }));
}

function opened({ headers, subject = '', text = '', messageId, attachments, ...mail }: Email): Opened {
  const outer = headers.map(({ key, value }): [string, string] => [key, value]);
  const report = attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/.test(mimeType));
  return {
    headers: outer.slice(0, 500).map(([name, value]) => [name, value.slice(0, 5000)]),
    ...fromIn(outer),
    subject: subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, longestLine),
    text: text.trim().slice(0, longestText),
    ...(messageId && { messageId: messageId.slice(0, longestLine) }),
    references: idsIn(`${mail.inReplyTo ?? ''} ${mail.references ?? ''}`),
    ...calendarIn(attachments),
    ...(report && { deliveryStatus: textOf(report).slice(0, longestText) }),
    sealed: attachments.some(isSealed) || outer.some(isSealedHeader),
  };
}

/** Programs differ on which of several senders counts, so a mail with several counts as having none. */
function fromIn(headers: Opened['headers']): Pick<Opened, 'from'> {
  const [line, ...more] = headers.filter(([name]) => name === 'from');
  if (!line || more.length > 0) return {};
  const [from, ...others] = addressParser(line[1], { flatten: true });
  if (!from?.address || others.length > 0) return {};
  return { from: { name: from.name.slice(0, longestLine), address: from.address.slice(0, longestLine) } };
}

function idsIn(text: string): string[] {
  return (text.match(/<[^<>\s]{1,300}>/g) ?? []).slice(0, 50);
}

/** The first calendar object of the mail; others, such as the file beside it, should say the same. */
function calendarIn(attachments: Attachment[]): Pick<Opened, 'calendar'> {
  const part = attachments.find(({ mimeType }) => ['text/calendar', 'application/ics'].includes(mimeType));
  if (!part) return {};
  try {
    const reply = readReply(textOf(part));
    if (part.method && part.method !== reply.method)
      return { calendar: { problem: 'The mail and its calendar object differ on the method.' } };
    return { calendar: { reply } };
  } catch (error) {
    return { calendar: { problem: error instanceof Error ? error.message.slice(0, 200) : 'Broken' } };
  }
}

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

function isSealed({ mimeType, filename }: Attachment): boolean {
  return (
    /^application\/(ms-tnef|vnd\.ms-tnef|(x-)?pkcs7-mime|pgp-encrypted)$/.test(mimeType) ||
    filename?.toLowerCase() === 'winmail.dat'
  );
}

function isSealedHeader([name, value]: [string, string]): boolean {
  return name === 'content-type' && /^\s*multipart\/encrypted/i.test(value);
}
