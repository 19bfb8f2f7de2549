import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { wordsOf } from '../requests/words.ts';
import type { Mail } from './smtp.ts';

/** A calendar object as its receiver's calendar reads it; instants by the object's own timezone. */
type Entry = {
  method: string;
  uid: string;
  sequence: number;
  summary: string;
  location: string;
  start: string;
  end: string;
};

/** A letter as independent programs read it. `spoken` is what its HTML says, links with their addresses, as one line. */
export type Received = {
  from: string;
  to: string[];
  subject: string;
  text: string;
  spoken: string;
  entry: Entry | undefined;
};

/** Reads a mail by two parsers: one for what a person reads, the other for the calendar object. */
export async function readMail({ to, raw }: Mail): Promise<Received> {
  const mail = await simpleParser(raw);
  const { attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const object = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  const html = String(mail.html).replace(/<head>[\s\S]*<\/head>/, '');
  return {
    from: mail.from?.text ?? '',
    to,
    subject: mail.subject ?? '',
    text: oneLine(mail.text ?? ''),
    spoken: oneLine(wordsOf(html.replace(/<a href="([^"]*)">([^<]*)<\/a>/g, withAddress))),
    entry: object && entryOf(String(object.content)),
  };
}

/** The personal link in a letter, as a path of the application under test. */
export function personalLink({ text }: Received): string {
  return /https:\/\/boostdagar\.example\.se((?:\/\w\w)?\/anmalan\/[\w-]{40})/.exec(text)?.[1] ?? '';
}

/** A link as text says it; one whose words are its address, or lead to a mail or a call, stands there once. */
function withAddress(_all: string, address: string, said: string): string {
  return said === address || /^(mailto|tel):/.test(address) ? said : `${said}: ${address}`;
}

function entryOf(text: string): Entry {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const timezone = calendar.getFirstSubcomponent('vtimezone');
  if (timezone) ICAL.TimezoneService.register(timezone);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    location: event.location,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
