import { domainToASCII } from 'node:url';

/**
 * An e-mail address as it is stored, compared and put into an envelope: in lower case, and with an international domain
 * as punycode, so that one person has one address however it is typed.
 * @returns undefined for anything but one plain address: a list, a name, a line break, a local part that is not ASCII
 */
export function normalisedAddress(typed: string): string | undefined {
  const parts = /^([a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@([^\s@<>,;:"()[\]\\]{1,253})$/i.exec(typed.trim());
  const [, local = '', domain = ''] = parts ?? [];
  const ascii = domainToASCII(domain);
  if (!ascii.includes('.') || !/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(ascii))
    return undefined;
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

const twelve = /(?<!\d)(?:19|20)(\d{2})(\d{2})(\d{2})[-+ ]?\d{4}(?!\d)/g;
const marked = /(?<!\d)(\d{2})(\d{2})(\d{2})[-+]\d{4}(?!\d)/g;
const bare = /(?<!\d)(\d{2})(\d{2})(\d{2})\d{4}(?!\d)/g;

/**
 * True if a text seems to hold a Swedish personal or co-ordination number: a valid date and four digits.
 * Ten digits in a row count only if the check digit is right, so that telephone numbers pass.
 */
export function holdsPersonalNumber(text: string): boolean {
  const dated = [...text.matchAll(twelve), ...text.matchAll(marked)];
  if (dated.some(isDate)) return true;
  return [...text.matchAll(bare)].some((match) => isDate(match) && hasCheckDigit(match[0]));
}

/** Co-ordination numbers add 60 to the day. The century is unknown: 29 February is let through. */
function isDate([, , month = '', day = '']: RegExpMatchArray | string[]): boolean {
  const dayOfMonth = Number(day) > 60 ? Number(day) - 60 : Number(day);
  const date = new Date(Date.UTC(2000, Number(month) - 1, dayOfMonth));
  return dayOfMonth >= 1 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === dayOfMonth;
}

/** The Luhn sum of ten digits. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
}
