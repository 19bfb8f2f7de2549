import { domainToASCII } from 'node:url';

export type CalendarMailbox = { name: string; address: string };

/** One clean line: a line break in it could begin a property of its own. */
export function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** Text with its line breaks, and no other control character. */
export function lines(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .trim();
}

/** The description with the link, at its end unless it is in it. */
export function withLink(description: string, url: string): string {
  return description.includes(url) ? description : `${description}\n\n${url}`.trim();
}

/** The library escapes a URL as text, which breaks it: no character that it would escape is left. */
export function link(url: string): string {
  return new URL(line(url)).href.replace(/[,;]/g, encodeURIComponent);
}

/** A CN without characters that Outlook shows in their escaped form; the address if there is no name. */
export function commonName({ name, address }: CalendarMailbox): string {
  return line(name).replace(/["^]/g, '') || ascii(address);
}

/** The address with its domain as the envelope has it. */
export function ascii(address: string): string {
  const [local = '', domain = ''] = line(address).split(/@(?=[^@]*$)/);
  return `${local}@${domainToASCII(domain)}`;
}
