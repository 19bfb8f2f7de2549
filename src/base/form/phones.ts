import { plain } from './cleaning.ts';

/** Digits as people group them, then perhaps words: "(010) 223 50 00", "010-223 50 00 (vx)", "… ankn 12". */
const written = /^(\+?[\d ()./-]*\d)((?:[ ,]*\(?\p{L}[\p{L}. :]*\d*\)?)?)$/u;

/** A telephone number as it is shown; undefined for anything but one. */
export function phoneIn(typed: unknown): string | undefined {
  const text = plain(typed).replace(/^tel: ?/i, '');
  const [, number = ''] = written.exec(text) ?? [];
  const { length } = number.replace(/\D/g, '');
  return length >= 5 && length <= 15 ? text : undefined;
}

/**
 * The number that a link dials (E.164, RFC 3966): a Swedish one with its country code, without the (0) that some write
 * after it and without the words behind the number. A short number stays as it is; undefined if there is no number.
 */
export function dialled(phone: string): string | undefined {
  const [, number = ''] = written.exec(phoneIn(phone) ?? '') ?? [];
  const digits = number.replace(/^(\+|00)(\d+[ -]?)\(0\)/, '$1$2').replace(/[^+\d]/g, '');
  if (digits === '') return undefined;
  return digits.replace(/^00/, '+').replace(/^0/, '+46');
}
