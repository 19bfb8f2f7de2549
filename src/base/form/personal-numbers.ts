import type { Meta } from 'express-validator';
import { plain } from './cleaning.ts';

/** The question about what looks like a personal number, and the words of the box that says that it is none. */
export type NumberQuestion = { question: string; answer: string };

/** What the boxes send, if they are ticked: the names of the fields that they are about. */
export const noPersonalNumber = 'noPersonalNumber';

/** The fields that were asked about, with commas, and the words of their boxes, for the page of a form that comes back. */
export type NumbersAsked = { asksAboutNumber?: string; numberAnswer?: string };

/**
 * Asks about what looks like a personal number, unless the form has answered that it is none. What was asked is noted in
 * `asked` beside the form's `body`.
 * @throws Error with the question for the field
 */
export function askAboutNumber(
  typed: string,
  { question, answer }: NumberQuestion,
  { req, path }: Meta,
): void {
  if (!holdsPersonalNumber(typed)) return;
  const asked: NumbersAsked = req.asked ?? {};
  asked.asksAboutNumber = [asked.asksAboutNumber, path].filter(Boolean).join();
  asked.numberAnswer = answer;
  const answered = [req.body[noPersonalNumber] ?? []].flat().join().split(',');
  if (!answered.includes(path)) throw new Error(question);
}

const linksInText = /\b(?:https?:\/\/|www\.)\S+/gi;
const separator = '(?: ?[-+] ?| )';
const withCentury = new RegExp(`(?<!\\d)((?:19|20)\\d{2})(\\d{2})(\\d{2})${separator}?(\\d{4})(?!\\d)`, 'g');
const separated = /(?<!\d)(\d{2})(\d{2})(\d{2}) ?[-+] ?(\d{4})(?!\d)/g;
const bare = /(?<!\d)(?!07)(\d{2})(\d{2})(\d{2}) ?(\d{4})(?!\d)/g;

/**
 * True if a text seems to hold a Swedish personal or co-ordination number (Folkbokföringslagen 18 §): a date and four
 * digits. Ten digits in a row count only if the check digit is right and they do not begin as a mobile number does.
 * Addresses of links do not count, nor a day with a time of day: one from 2020 on, or a later one than 1999 without the
 * right check digit.
 */
export function holdsPersonalNumber(text: string): boolean {
  const searched = plain(text).replace(linksInText, ' ');
  const dated = [...searched.matchAll(withCentury), ...searched.matchAll(separated)].filter(isDate);
  if (dated.some((match) => !isDayWithTime(match))) return true;
  return [...searched.matchAll(bare)].some((match) => isDate(match) && hasCheckDigit(match));
}

/** Co-ordination numbers add 60 to the day. The century may be unknown: 29 February is let through. */
function isDate([, , month = '', day = '']: RegExpMatchArray): boolean {
  const dayOfMonth = Number(day) > 60 ? Number(day) - 60 : Number(day);
  const date = new Date(Date.UTC(2000, Number(month) - 1, dayOfMonth));
  return dayOfMonth >= 1 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === dayOfMonth;
}

function isDayWithTime(match: RegExpMatchArray): boolean {
  const [, year = '', , day = '', last = ''] = match;
  const isTime = /^([01]\d|2[0-3])[0-5]\d$/.test(last) && Number(day) <= 31;
  if (/^19\d\d$/.test(year)) return false;
  return isTime && (Number(year) >= 2020 || !hasCheckDigit(match));
}

/** The Luhn sum of the last two digits of the year, the month, the day and the four digits. */
function hasCheckDigit([, year = '', month = '', day = '', last = '']: RegExpMatchArray): boolean {
  const digits = [...(year.slice(-2) + month + day + last)];
  const sum = digits.reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
}
