/** A wall time, in seconds since 1970 as if it were UTC: a report does not tell its time zone. */
export type WallTime = number;

/** In which order a date has its day, month and year. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy';

const clock = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([apfe])\.?m\.?)?$`;
const numbers = new RegExp(String.raw`^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})\.?,?[\sT]+${clock}`, 'i');
const monthFirst = new RegExp(String.raw`^(\p{L}{3})\p{L}*\.? (\d{1,2}),? (\d{4}),?\s+${clock}`, 'iu');
const dayFirst = new RegExp(String.raw`^(\d{1,2})\.? (\p{L}{3})\p{L}*\.?,? (\d{4}),?\s+${clock}`, 'iu');

/** By the first three letters, in English and Swedish. */
const months = ['jan', 'feb', 'mar', 'apr', 'maj may', 'jun', 'jul', 'aug', 'sep', 'okt oct', 'nov', 'dec'];

/** The wall time that a text says, if its date has this order; undefined for anything else. */
export function wallTime(text: string, order: DateOrder): WallTime | undefined {
  const [, ...parts] = numbers.exec(text) ?? [];
  if (parts.length > 0) return instantOf(inOrder(parts.slice(0, 3).map(Number), order), parts.slice(3));
  const [, month = '', day, year, ...time] = monthFirst.exec(text) ?? [];
  if (month) return instantOf([Number(year), monthOf(month), Number(day)], time);
  const [, date, named = '', ofYear, ...at] = dayFirst.exec(text) ?? [];
  return named ? instantOf([Number(ofYear), monthOf(named), Number(date)], at) : undefined;
}

function monthOf(name: string): number {
  return months.findIndex((one) => one.split(' ').includes(name.toLowerCase())) + 1;
}

/** @returns year, month and day; four digits in front are always the year */
function inOrder([first = 0, second = 0, third = 0]: number[], order: DateOrder): number[] {
  if (first > 31 || order === 'ymd') return [inFull(first), second, third];
  return order === 'mdy' ? [inFull(third), first, second] : [inFull(third), second, first];
}

function inFull(year: number): number {
  return year < 100 ? 2000 + year : year;
}

function instantOf(
  [year = 0, month = 0, day = 0]: number[],
  time: (string | undefined)[],
): WallTime | undefined {
  const [hour = '', minute = '', second = '0', half] = time;
  const hours = inDay(Number(hour), half?.toLowerCase());
  const at = new Date(Date.UTC(year, month - 1, day, hours, Number(minute), Number(second)));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hours;
  return isReal && year >= 2000 && year < 2200 ? at.getTime() / 1000 : undefined;
}

/** "12 AM" is midnight; Swedish writes "fm" and "em". */
function inDay(hour: number, half: string | undefined): number {
  if (half === 'p' || half === 'e') return (hour % 12) + 12;
  return half ? hour % 12 : hour;
}

/**
 * The order of day and month in a report: 11/02 can be either, so the one in which most dates fall on the day of the
 * event counts; if none does, the one in which most are dates at all.
 * @param day YYYY-MM-DD
 */
export function dateOrderOf(texts: string[], day: string): DateOrder {
  const isAmerican = texts.some((text) => /[ap]\.?m\.?$/i.test(text));
  const orders: DateOrder[] = isAmerican ? ['mdy', 'dmy', 'ymd'] : ['dmy', 'mdy', 'ymd'];
  const score = (order: DateOrder) => {
    const times = texts.flatMap((text) => wallTime(text, order) ?? []);
    return times.filter((time) => wallText(time).startsWith(day)).length * texts.length + times.length;
  };
  return orders.reduce((best, order) => (score(order) > score(best) ? order : best));
}

/** "2027-02-11T09:00:12" */
export function wallText(time: WallTime): string {
  return new Date(time * 1000).toISOString().slice(0, 19);
}

/**
 * The seconds of a duration: "2h 57m 53s", "2 tim 57 min 53 sek", "02:57:53", or a number alone, which is minutes.
 * @returns undefined for anything else
 */
export function secondsOf(text: string): number | undefined {
  if (/^\d+([.,]\d+)?$/.test(text)) return Math.round(Number(text.replace(',', '.')) * 60);
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (hours) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (!/^(\d+\s*\p{L}+\.?,?\s*)+$/u.test(text)) return undefined;
  const parts = [...text.toLowerCase().matchAll(/(\d+)\s*(\p{L}+)/gu)];
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * secondsIn(unit), 0);
}

/** Hours are "h", "tim", "godz", "Std" or "t", whatever the language; seconds begin with s and minutes with m. */
function secondsIn(unit: string): number {
  if (unit.startsWith('m')) return 60;
  return unit.startsWith('s') && !unit.startsWith('st') ? 1 : 3600;
}
