import { domainToASCII } from 'node:url';
import { normalisedAddress } from '../base/form/addresses.ts';
import { render } from '../base/rendering/templates.ts';
import { shortened } from '../texts/grammar.ts';
import type { Language } from '../texts/texts.ts';
import type { Letter } from './letter.ts';
import { linked } from './links.ts';
import { writeMail } from './write-mail.ts';

/**
 * What a letter says, written once and shown as text and as HTML, so that both say the same. A text may have several
 * lines.
 */
export type Content = {
  /** Whose letter it is, above everything else. */
  sender: string;
  greeting: string;
  paragraphs: string[];
  facts?: { label: string; value: string }[] | undefined;
  action?: { label: string; url: string; note?: string } | undefined;
  closing: string[];
  footer?: { label: string; url: string };
};

export type Message = {
  subject: string;
  content: Content;
  calendar?: { method: 'REQUEST' | 'CANCEL'; text: string } | undefined;
  /** The Message-ID of the letter that this one follows. */
  references?: string | undefined;
  /** The https address where the receiver says no to more letters like this (RFC 8058). */
  unsubscribe?: string;
  /** The same by mail, for programs without such a click: a mailto address (RFC 2369, 3.2). */
  unsubscribeMail?: string;
};

/** What of a letter shows in its bytes. */
export type Outside = Pick<Letter, '_id' | 'key' | 'from' | 'to' | 'replyTo' | 'language' | 'createdAt'>;

/** The words of a letter and its calendar object, as they stand in its bytes. */
export type Written = Omit<Message, 'content'> & {
  text: string;
  html: string;
};

/**
 * The bytes of a letter, as they are kept and sent. The same letter and message always give the same bytes.
 * @throws RangeError if the receiver is not one plain address
 */
export async function toBytes(letter: Outside, message: Message): Promise<Buffer> {
  const subject = shortened(message.subject, longestSubject);
  const shown = { language: letter.language, subject, content: message.content, linked };
  return writeMail({
    from: letter.from,
    to: { name: letter.to.name, address: receiver(letter) },
    replyTo: letter.replyTo,
    subject,
    date: letter.createdAt,
    messageId: messageIdOf(letter.key, letter.from.address),
    references: message.references,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      ...(message.calendar && { 'Content-Class': 'urn:content-classes:calendarmessage' }),
      ...unsubscription(message),
    },
    text: render('letters/text', undefined, shown),
    html: render('letters/html', 'letter', shown),
    icalEvent: message.calendar && {
      method: message.calendar.method,
      content: message.calendar.text,
      contentTransferEncoding: 'base64',
      filename: 'invite.ics',
    },
    encoding: 'quoted-printable',
    // A name in one encoded word: some programs join two of them wrongly (RFC 2047, 5).
    textEncoding: 'base64',
    baseBoundary: String(letter._id),
  });
}

/** A letter that somebody sends from their own mail program. */
export type Draft = Pick<Message, 'subject' | 'content'> & { language: Language };

/** The words of a draft as plain text. */
export function draftText(draft: Draft): string {
  return render('letters/text', undefined, { ...draft, linked });
}

/** The bytes of a draft without sender and receiver, which Outlook opens for writing because of `X-Unsent`. */
export function draftBytes({ subject, content, language }: Draft): Buffer {
  const shown = { subject, content, language, linked };
  return writeMail({
    subject,
    headers: { 'X-Unsent': '1' },
    text: draftText({ subject, content, language }),
    html: render('letters/html', 'letter', shown),
    encoding: 'quoted-printable',
    textEncoding: 'base64',
  });
}

/** One click in the mail program is a post to that address (RFC 8058), which programs make over https only. */
function unsubscription({ unsubscribe, unsubscribeMail }: Message): Record<string, string> {
  if (!unsubscribe?.startsWith('https:')) return {};
  return {
    'List-Unsubscribe': [unsubscribe, unsubscribeMail].flatMap((uri) => (uri ? `<${uri}>` : [])).join(', '),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/**
 * The Message-ID of the letter with this key: the same at every attempt, on our own domain (RFC 5322 section 3.6.4).
 */
export function messageIdOf(key: string, mailFrom: string): string {
  const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
  return `<${key.replace(/[^\w.-]+/g, '-')}@${domainToASCII(domain)}>`;
}

/** The receiver's plain address, as in To and in the envelope. @throws RangeError for anything else */
export function receiver(letter: Pick<Letter, 'to'>): string {
  const address = normalisedAddress(letter.to.address);
  if (!address) throw new RangeError('The receiver is not one plain address.');
  return address;
}

/**
 * A subject that is short enough: the title in it is cut at a word, and the rest stays whole.
 * @param write the subject with a given title, e.g. `(title) => t('mejl.bekraftelse.amne', { titel: title, datum })`
 */
export function subjectOf(write: (title: string) => string, title: string): string {
  return write(shortened(title, longestSubject - write('').length));
}

/** A line should be under 78 characters (RFC 5322 section 2.1.1). */
const longestSubject = 77;
