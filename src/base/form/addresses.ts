import { domainToASCII, domainToUnicode } from 'node:url';
import { tidy } from './cleaning.ts';

/**
 * An e-mail address as it is stored, compared and put into an envelope: in lower case, and with an international domain
 * as punycode, so that one person has one address however it is typed.
 * @returns undefined for anything but one plain address: a list, a name, a line break, a local part that is not ASCII,
 *   an IP number as domain
 */
export function normalisedAddress(typed: string): string | undefined {
  const parts = /^([a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@([^\s@<>,;:"()[\]\\]{1,253})$/i.exec(typed.trim());
  const [, local = '', domain = ''] = parts ?? [];
  const ascii = domainToASCII(domain);
  if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/.test(ascii)) return undefined;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
  return `${local.toLowerCase()}@${ascii}`;
}

/** Providers whose mailboxes have the same address with and without dots; Gmail has two domains for each. */
const dotless = ['gmail.com', 'googlemail.com'];

/**
 * The mailbox behind a normalised address, so that all addresses of one mailbox count as one: without the part from `+`
 * (RFC 5233), and without dots at providers that ignore them.
 */
export function mailboxOf(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const name = local.replace(/(?<=.)\+.*$/, '');
  return dotless.includes(domain) ? `${name.replaceAll('.', '')}@${dotless[0]}` : `${name}@${domain}`;
}

/** A stored address as people write it: an international domain in its own letters. */
export function shownAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + (domainToUnicode(address.slice(at)) || address.slice(at));
}

/**
 * Why an answer is no address: it lacks @ or a dot; there are several; letters such as å before the @ (they need
 * SMTPUTF8, RFC 6531, which few servers take); an IP number after it; something else in it.
 */
export type WrongAddress = 'format' | 'several' | 'letters' | 'number' | 'other';

/** What is wrong with an address, for the office. */
export const addressMessages: Record<WrongAddress, string> = {
  format: 'Skriv en e-postadress med @ och punkt, till exempel namn@example.se',
  several: 'Skriv en adress. Här står flera',
  letters: 'Skriv adressen utan å, ä, ö och andra sådana tecken före @, till exempel asa.oberg@example.se',
  number:
    'Skriv adressen med ett domännamn efter @ i stället för ett IP-nummer, till exempel namn@example.se',
  other: 'Kontrollera adressen. Det står ett tecken i den som inte kan vara där, eller så är den för lång',
};

/**
 * The address in an answer as it is pasted: with `mailto:`, as `Name <address>`, in quotes or with the end of the
 * sentence that it stood in.
 */
export function addressIn(typed: unknown): { address: string } | { wrong: WrongAddress } {
  const text = unwrapped(tidy(typed).normalize('NFKC'));
  const address = normalisedAddress(text);
  return address ? { address } : { wrong: whyNot(text) };
}

/** The address in an answer; an answer that holds none stays as it was typed, without what cannot be seen. */
export function storedAddress(typed: unknown): string {
  const read = addressIn(typed);
  return 'address' in read ? read.address : tidy(typed);
}

function unwrapped(text: string): string {
  const [, inBrackets = text] = /^[^<>@]*<([^<>]+)>[\s,;.]*$/.exec(text) ?? [];
  const plain = inBrackets.replace(/^[\s<]*mailto:([^?]*).*$/i, '$1').replace(/^[\s<]+|[\s>,;.]+$/g, '');
  return plain.replace(/^(["'”’‘“])(.*)["'”’‘“]$/, '$2');
}

function whyNot(text: string): WrongAddress {
  if (text.split(/[\s,;<>]+/).filter((part) => /.@./.test(part)).length > 1) return 'several';
  const [, local = '', domain = ''] = /^([^@]+)@([^@]+)$/.exec(text) ?? [];
  if (!domain.includes('.') && !domain.startsWith('[')) return 'format';
  if (/[^\p{ASCII}]/u.test(local)) return 'letters';
  return /^\[|\.\d+$/.test(domainToASCII(domain) || domain) ? 'number' : 'other';
}
