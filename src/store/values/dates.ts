import { StoreError } from './errors.ts';

const minuteLength = 60_000;
const hourLength = 3_600_000;
const dayLength = 86_400_000;

type OffsetAt = (utc: number) => number;

const zones = new Map<string, OffsetAt>();

/** Milliseconds that the clocks of `zone` (an Olson name or ±hh[:mm]) are ahead of UTC at the instant `utc`. */
export function offsetAt(utc: number, zone: string): number {
  let offset = zones.get(zone);
  if (!offset) {
    offset = fixedOffset(zone) ?? namedOffset(zone);
    zones.set(zone, offset);
  }
  return offset(utc);
}

function fixedOffset(zone: string): OffsetAt | undefined {
  if (/^(utc|gmt|z)$/i.test(zone)) return () => 0;
  const [, sign, hours, minutes = 0] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = Number(`${sign}1`) * (Number(hours) * hourLength + Number(minutes) * minuteLength);
  return sign ? () => offset : undefined;
}

function namedOffset(zone: string): OffsetAt {
  const format = formatFor(zone);
  const known = new Map<number, number>();
  return (utc) => {
    // clocks change on a quarter of an hour
    const quarter = Math.floor(utc / (15 * minuteLength));
    let offset = known.get(quarter);
    if (offset === undefined) {
      if (known.size > 20_000) known.clear();
      offset = readOffset(format.format(quarter * 15 * minuteLength));
      known.set(quarter, offset);
    }
    return offset;
  };
}

function formatFor(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    throw new StoreError(40485, `unrecognized time zone identifier: "${zone}"`);
  }
}

function readOffset(text: string): number {
  const [, sign, hours, minutes, seconds = 0] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  if (!sign) return 0;
  return (
    Number(`${sign}1`) *
    (Number(hours) * hourLength + Number(minutes) * minuteLength + Number(seconds) * 1000)
  );
}

/** The wall clock of `zone` at an instant, as if it were UTC: its fields are read with getUTC…. */
export function toLocal(utc: number, zone: string): number {
  return utc + offsetAt(utc, zone);
}

/** The instant of a wall clock time: the first of two in autumn, as much later as the gap in spring. */
export function fromLocal(local: number, zone: string): number {
  const before = offsetAt(local - dayLength, zone);
  const after = offsetAt(local + dayLength, zone);
  if (offsetAt(local - before, zone) === before) return local - before;
  return offsetAt(local - after, zone) === after ? local - after : local - before;
}

export type Unit =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond';

/** The length of a unit in milliseconds; units of whole months have none. */
const lengths: Partial<Record<Unit, number>> = {
  week: 7 * dayLength,
  day: dayLength,
  hour: hourLength,
  minute: minuteLength,
  second: 1000,
  millisecond: 1,
};
const monthsIn: Partial<Record<Unit, number>> = { year: 12, quarter: 3, month: 1 };
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The unit that a text names; 9 for others. */
export function unitOf(value: unknown): Unit {
  if (typeof value === 'string' && (value in lengths || value in monthsIn)) return value as Unit;
  throw new StoreError(9, `unknown time unit value: ${value}`);
}

/** Adds units: days and longer on the wall clock of the zone (31 January + 1 month = 29 February), others in real time. */
export function addUnits(utc: number, unit: Unit, amount: number, zone: string): number {
  const months = monthsIn[unit];
  const length = lengths[unit] ?? 0;
  if (!months && length < dayLength) return utc + amount * length;
  const local = toLocal(utc, zone);
  return fromLocal(months ? addMonths(local, amount * months) : local + amount * length, zone);
}

function addMonths(local: number, months: number): number {
  const date = new Date(local);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  date.setUTCDate(
    Math.min(day, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()),
  );
  return date.getTime();
}

/** How units are counted: on the wall clock of a zone, weeks from a day. */
export type Counting = { unit: Unit; zone: string; startOfWeek: string };

/** How many starts of a unit (midnights, first of months …) lie between two instants. */
export function countUnits(from: number, to: number, { unit, zone, startOfWeek }: Counting): number {
  const count = (utc: number) => unitNumber(toLocal(utc, zone), unit, startOfWeek);
  if ((lengths[unit] ?? dayLength) >= dayLength) return count(to) - count(from);
  // Hours and shorter are real time, so that an autumn night counts 25.
  const length = lengths[unit] ?? 1;
  const shift = offsetAt(from, zone) % length;
  return Math.floor((to + shift) / length) - Math.floor((from + shift) / length);
}

/** The start of the unit (or of `size` of them, counted from 2000-01-01) in which an instant lies. */
export function truncate(utc: number, size: number, { unit, zone, startOfWeek }: Counting): number {
  const length = lengths[unit];
  if (length && length < dayLength) {
    const reference = fromLocal(Date.UTC(2000, 0, 1), zone);
    return reference + Math.floor((utc - reference) / (length * size)) * length * size;
  }
  const reference = unitNumber(
    Date.UTC(2000, 0, 1) + (unit === 'week' ? 6 * dayLength : 0),
    unit,
    startOfWeek,
  );
  const number = unitNumber(toLocal(utc, zone), unit, startOfWeek);
  const start = reference + Math.floor((number - reference) / size) * size;
  const months = monthsIn[unit];
  if (months) return fromLocal(addMonths(0, start * months), zone);
  return fromLocal(start * (length ?? dayLength) + (unit === 'week' ? weekShift(startOfWeek) : 0), zone);
}

/** The number of a unit since 1970 that a wall clock time lies in. */
function unitNumber(local: number, unit: Unit, startOfWeek: string): number {
  const months = monthsIn[unit];
  if (!months)
    return Math.floor((local - (unit === 'week' ? weekShift(startOfWeek) : 0)) / (lengths[unit] ?? 1));
  const date = new Date(local);
  return Math.floor(((date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()) / months);
}

/** From 1970-01-01, a Thursday, to the first start of a week. */
function weekShift(startOfWeek: string): number {
  const day = weekdays.findIndex((name) => name === startOfWeek || name.slice(0, 3) === startOfWeek);
  if (day < 0) throw new StoreError(9, `unknown day of week value: ${startOfWeek}`);
  return ((day + 3) % 7) * dayLength;
}

/** The ISO 8601 year and week of a wall clock time, and its day of the week (1 = Monday). */
export function isoWeek(local: number): { year: number; week: number; day: number } {
  const day = new Date(local).getUTCDay() || 7;
  const thursday = new Date(local + (4 - day) * dayLength);
  return {
    year: thursday.getUTCFullYear(),
    week: Math.floor((dayOfYear(thursday.getTime()) - 1) / 7) + 1,
    day,
  };
}

/** 1 on the first of January. */
export function dayOfYear(local: number): number {
  return Math.floor((local - startOfYear(new Date(local).getUTCFullYear())) / dayLength) + 1;
}

/** Weeks from Sundays: 0 before the first Sunday of the year. */
export function weekOfYear(local: number): number {
  return Math.floor((dayOfYear(local) + 6 - new Date(local).getUTCDay()) / 7);
}

/** A time of day, 0 for what is not given. */
export type Time = { hour?: number; minute?: number; second?: number; millisecond?: number };

/** The wall clock time of parts, which may overflow (month 14 is February of the next year). */
export function localOf(year: number, month = 1, day = 1, time: Time = {}): number {
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = time;
  const start = addMonths(startOfYear(year), month - 1);
  return (
    start + (day - 1) * dayLength + hour * hourLength + minute * minuteLength + second * 1000 + millisecond
  );
}

/** The wall clock time of an ISO 8601 week and day. */
export function localOfWeek(year: number, week = 1, day = 1): number {
  const fourth = Date.UTC(2000, 0, 4) - Date.UTC(2000, 0, 1) + startOfYear(year);
  return fourth - (isoWeek(fourth).day - 1) * dayLength + ((week - 1) * 7 + day - 1) * dayLength;
}

function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}

const isoDate =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?$/i;

/** Reads an ISO 8601 text; without an offset it is the wall clock of `zone`. 241 for anything else. */
export function parseDate(text: string, zone = 'UTC'): Date {
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '0', offset] =
    isoDate.exec(text) ?? [];
  if (year === undefined) throw new StoreError(241, `Error parsing date string '${text}'`);
  const numbers = [year, month, day, hour, minute, second].map(Number);
  return instantOf(numbers, Number(fraction.padEnd(3, '0')), offset ?? zone, text);
}

/** The instant of [year, month, day, hour, minute, second], 241 if the calendar has no such time. */
export function instantOf(parts: number[], millisecond: number, zone: string, text: string): Date {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const local = localOf(year, month, day, { hour, minute, second, millisecond });
  const date = new Date(local);
  const real =
    date.getUTCMonth() + 1 === month && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!real) throw new StoreError(241, `Error parsing date string '${text}'`);
  return new Date(fromLocal(local, zone));
}
