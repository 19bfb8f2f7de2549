import { dayOfYear, instantOf, isoWeek, offsetAt, toLocal, weekOfYear } from './dates.ts';
import { StoreError } from './errors.ts';
import { refuseName } from './missing.ts';

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (value: number) => String(value).padStart(2, '0');

const specifiers: Record<string, (at: Date, zone: string, utc: number) => string> = {
  '%': () => '%',
  Y: (at) => String(at.getUTCFullYear()).padStart(4, '0'),
  m: (at) => two(at.getUTCMonth() + 1),
  d: (at) => two(at.getUTCDate()),
  H: (at) => two(at.getUTCHours()),
  M: (at) => two(at.getUTCMinutes()),
  S: (at) => two(at.getUTCSeconds()),
  L: (at) => String(at.getUTCMilliseconds()).padStart(3, '0'),
  j: (at) => String(dayOfYear(at.getTime())).padStart(3, '0'),
  w: (at) => String(at.getUTCDay() + 1),
  u: (at) => String(isoWeek(at.getTime()).day),
  U: (at) => two(weekOfYear(at.getTime())),
  V: (at) => two(isoWeek(at.getTime()).week),
  G: (at) => String(isoWeek(at.getTime()).year).padStart(4, '0'),
  b: (at) => (monthNames[at.getUTCMonth()] ?? '').slice(0, 3),
  B: (at) => monthNames[at.getUTCMonth()] ?? '',
  z: (_at, zone, utc) => offsetText(offsetAt(utc, zone) / 60_000),
  Z: (_at, zone, utc) => String(offsetAt(utc, zone) / 60_000),
};

/** An instant written as `$dateToString` does, by default ISO 8601 (with Z in UTC, without offset elsewhere). */
export function formatDate(utc: number, zone: string, format?: string): string {
  const at = new Date(toLocal(utc, zone));
  const pattern = format ?? (zone === 'UTC' ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
  return pattern.replace(/%(.?)/g, (_all, letter: string) => {
    const write = specifiers[letter];
    if (!write) throw new StoreError(18536, `Invalid format character '%${letter}' in format string`);
    return write(at, zone, utc);
  });
}

const readers: Record<string, string> = {
  Y: '\\d{4}',
  m: '\\d{1,2}',
  d: '\\d{1,2}',
  H: '\\d{1,2}',
  M: '\\d{1,2}',
  S: '\\d{1,2}',
  L: '\\d{1,3}',
  z: 'Z|[+-]\\d\\d:?\\d\\d',
};

/** Reads a text in the format of `$dateFromString`: year, month, day, time and offset; 241 if it does not fit. */
export function parseFormatted(text: string, format: string, zone: string): Date {
  const pattern = format.replace(/%(.?)|[$\\^.*+?()[\]{}|]/g, (all, letter?: string) => {
    if (letter === undefined) return `\\${all}`;
    if (letter === '%') return '%';
    return readers[letter] ? `(?<${letter}>${readers[letter]})` : refuseFormat(letter);
  });
  const parts = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (!parts) throw new StoreError(241, `Error parsing date string '${text}'; format '${format}'`);
  const { Y, m = 1, d = 1, H = 0, M = 0, S = 0, L = 0, z } = parts;
  return instantOf([Y, m, d, H, M, S].map(Number), Number(L), z ?? zone, text);
}

function refuseFormat(letter: string): never {
  const text = `Invalid format character '%${letter}' in format string`;
  refuseName('date formats of `$dateFromString`', `%${letter}`, 18536, text);
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
