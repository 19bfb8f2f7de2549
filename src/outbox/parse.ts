import PostalMime, { type Email } from 'postal-mime';
import type { Letter } from './letter.ts';
import type { Written } from './message.ts';

/** What a letter's bytes say, read back from them: also one that an older version of this program wrote. */
export async function readLetter(letter: Pick<Letter, 'calendar'>, raw: Buffer): Promise<Written> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const object = calendarIn(mail);
  return {
    subject: mail.subject ?? '',
    references: mail.references,
    ...unsubscribeIn(mail),
    text: lines(mail.text),
    html: lines(mail.html),
    calendar: letter.calendar && object ? { method: letter.calendar, text: object } : undefined,
  };
}

function unsubscribeIn({ headers }: Email): Pick<Written, 'unsubscribe' | 'unsubscribeMail'> {
  const value = headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  const uris = [...value.matchAll(/<([^>]*)>/g)].map(([, uri = '']) => uri);
  const unsubscribe = uris.find((uri) => uri.startsWith('https:'));
  const unsubscribeMail = uris.find((uri) => uri.startsWith('mailto:'));
  return { ...(unsubscribe && { unsubscribe }), ...(unsubscribeMail && { unsubscribeMail }) };
}

/** A part ends before the line break that belongs to the boundary after it. */
function lines(text = ''): string {
  return text.replace(/\r\n/g, '\n').replace(/\n$/, '');
}

/** The calendar object with the line ends that it must have (RFC 5545, 3.1). */
function calendarIn(mail: Email): string | undefined {
  const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  return part && String(part.content).replace(/\r?\n/g, '\r\n');
}
