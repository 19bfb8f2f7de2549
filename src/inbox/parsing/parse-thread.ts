import { parentPort } from 'node:worker_threads';
import PostalMime, { type Attachment, addressParser, type Email } from 'postal-mime';
import { tidy } from '../../base/form/cleaning.ts';
import { hideKeys } from '../../base/mail/hide-keys.ts';
import { withoutKeys } from '../../base/paths.ts';
import { readReply, uidsIn } from '../../calendar/reply.ts';
import type { Opened, Searched, Unread } from './parse.ts';
import { keysLeft, readingLimits } from './search-parts.ts';

/** So much of a text is shown and kept, in characters. */
const longestText = 20_000;
const longestLine = 500;

/**
 * The thread in which mails from outside are taken apart. A mail inside a mail is not opened: what somebody forwards is
 * not what somebody answers.
 */
parentPort?.on('message', async (raw: Uint8Array) => {
  parentPort?.postMessage(await open(raw));
});

/** Keys are hidden before anything is read; what the mail's reader finds then is held against it. */
async function open(raw: Uint8Array): Promise<Opened | Unread> {
  const hidden = hideKeys(raw);
  try {
    const email = await PostalMime.parse(hidden.raw, readingLimits);
    const left = await keysLeft(email);
    const keys = [...hidden.keys, ...left.keys];
    return { ...opened(email), raw: hidden.raw, keys, whole: hidden.whole && left.whole };
  } catch (error) {
    return { ...hidden, whole: false, problem: (error as Error).message };
  }
}

function opened(email: Email): Omit<Opened, keyof Searched> {
  const { headers, subject = '', text = '', messageId, attachments, ...mail } = email;
  const outer = headers.map(({ key, value }): [string, string] => [key, value]);
  const report = attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/.test(mimeType));
  return {
    headers: outer.slice(0, 500).map(([name, value]) => [name, value.slice(0, 5000)]),
    ...fromIn(outer),
    subject: withoutKeys(tidy(subject)).slice(0, longestLine),
    text: withoutKeys(text.trim()).slice(0, longestText),
    ...(messageId && { messageId: messageId.slice(0, longestLine) }),
    references: idsIn(`${mail.inReplyTo ?? ''} ${mail.references ?? ''}`),
    ...calendarsIn(attachments),
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

/** The first calendar object of the mail is read; others, such as the file beside it, should say the same. */
function calendarsIn(attachments: Attachment[]): Pick<Opened, 'calendar' | 'uids'> {
  const parts = attachments.filter(({ mimeType }) => ['text/calendar', 'application/ics'].includes(mimeType));
  const [first] = parts;
  const uids = parts.flatMap((part) => uidsIn(textOf(part))).slice(0, 50);
  return { uids, ...(first && { calendar: calendarIn(first) }) };
}

function calendarIn(part: Attachment): Opened['calendar'] {
  try {
    const reply = readReply(textOf(part));
    if (part.method && part.method !== reply.method)
      return { problem: 'The mail and its calendar object differ on the method.' };
    return { reply };
  } catch (error) {
    return { problem: error instanceof Error ? error.message.slice(0, 200) : 'Broken' };
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
