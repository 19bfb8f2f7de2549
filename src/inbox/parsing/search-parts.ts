import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { keysInMarkup } from '../../base/mail/hide-keys.ts';
import type { Searched } from './parse.ts';

/** How mails from outside are read: within bounds, and attached mails as files. */
export const readingLimits = {
  forceRfc822Attachments: true,
  maxNestingDepth: 20,
  maxHeadersSize: 256 * 1024,
};

/** Mails within mails that are looked into. */
const deepest = 20;

/** What text stands in, and what can hold no address that anybody could press. Anything else may hide one. */
const readable =
  /^(text|message|multipart|image|audio|video|font)\/|^application\/(ics|json|(.+\+)?xml|(x-)?pkcs7-signature|pgp-signature)$/;

/**
 * The keys that a mail still shows, as mail programs decode it: what `hideKeys` has overlooked. Two readers that know
 * nothing of each other must agree before anybody gets to see a mail.
 */
export async function keysLeft(email: Email, depth = deepest): Promise<Omit<Searched, 'raw'>> {
  const { headers, text = '', html = '', attachments } = email;
  const own = [...headers.map(({ value }) => value), text, html, ...attachments.map(textOf)];
  const keys = own.flatMap(keysInMarkup);
  const isReadable = attachments.every(({ mimeType }) => readable.test(mimeType));
  const inner = await Promise.all(attachments.filter(isMail).map((mail) => keysLeftIn(mail, depth - 1)));
  return {
    keys: [...keys, ...inner.flatMap((one) => one.keys)],
    whole: keys.length === 0 && isReadable && inner.every(({ whole }) => whole),
  };
}

async function keysLeftIn({ content }: Attachment, depth: number): Promise<Omit<Searched, 'raw'>> {
  if (depth === 0) return { keys: [], whole: false };
  return keysLeft(await PostalMime.parse(content, readingLimits), depth);
}

function isMail({ mimeType }: Attachment): boolean {
  return /^message\/(rfc822|global)$/.test(mimeType);
}

/** One character for each byte, without the zeros between letters in UTF-16 and the breaks in a calendar object's lines. */
function textOf({ content }: Attachment): string {
  const text = typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('latin1');
  return text.replaceAll('\0', '').replace(/\r?\n[ \t]/g, '');
}
