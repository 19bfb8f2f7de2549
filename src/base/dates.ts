import { DateTime } from 'luxon';

/** All events take place in Swedish time; instants are stored in UTC. */
export const zone = 'Europe/Stockholm';

/**
 * The instant of a wall time in Stockholm.
 * @param day YYYY-MM-DD
 * @param time HH:MM
 * @returns undefined if there is no such day or time, and for an hour that the change of the clock skips or repeats:
 *   luxon would silently move 02.30 to 03.30, so the wall time is read back
 */
export function stockholmInstant(day: string, time: string): Date | undefined {
  const wall = 'yyyy-MM-dd HH:mm';
  const instant = DateTime.fromFormat(`${day} ${time}`, wall, { zone });
  const reads = (hours: number) => instant.plus({ hours }).toFormat(wall) === `${day} ${time}`;
  const once = instant.isValid && reads(0) && !reads(-1) && !reads(1);
  return once ? instant.toJSDate() : undefined;
}

/** The instant of a wall time ("2027-02-11T09:00:00") in any timezone; undefined if there is no such time or timezone. */
export function instantIn(wall: string, zone: string): Date | undefined {
  const instant = DateTime.fromISO(wall, { zone });
  return instant.isValid ? instant.toJSDate() : undefined;
}

/** The midnight in Stockholm that begins the day after `day` (YYYY-MM-DD); undefined where there is no such day. */
export function midnightAfter(day: string): Date | undefined {
  const start = stockholmInstant(day, '00:00');
  return start && inStockholm(start).plus({ days: 1 }).toJSDate();
}

/** The day before the midnight `instant`, as YYYY-MM-DD: the last day of something that ends then. */
export function lastDayBefore(instant: Date): string {
  return isoDay(new Date(instant.getTime() - 1));
}

/** YYYY-MM-DD in Stockholm. */
export function isoDay(instant: Date): string {
  return inStockholm(instant).toFormat('yyyy-MM-dd');
}

/** HH:MM in Stockholm, as a time field takes it. */
export function isoTime(instant: Date): string {
  return inStockholm(instant).toFormat('HH:mm');
}

/** The calendar year in Stockholm. */
export function yearOf(instant: Date): number {
  return inStockholm(instant).year;
}

/** First instant of a year in Stockholm, and of the next. */
export function yearSpan(year: number): { from: Date; to: Date } {
  const from = DateTime.fromObject({ year }, { zone });
  return { from: from.toJSDate(), to: from.plus({ years: 1 }).toJSDate() };
}

/** The instant as luxon's DateTime in Stockholm. */
export function inStockholm(instant: Date): DateTime {
  return DateTime.fromJSDate(instant, { zone });
}

/** A day of the calendar (YYYY-MM-DD) as luxon's DateTime, to count and name days with: it is in no time zone of ours. */
export function calendarDay(day: string): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' });
}

/** Every day from one to another, both included (YYYY-MM-DD). */
export function daysBetween(from: string, till: string): string[] {
  const first = calendarDay(from);
  const count = Math.round(calendarDay(till).diff(first, 'days').days) + 1;
  return Array.from(
    { length: Math.max(0, count) },
    (_, index) => first.plus({ days: index }).toISODate() ?? '',
  );
}
