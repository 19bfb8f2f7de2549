import { DateTime } from 'luxon';

export type Language = 'sv' | 'en';

/** All events take place in Swedish time; instants are stored in UTC. */
export const zone = 'Europe/Stockholm';

/**
 * The instant of a wall time in Stockholm.
 * @param day YYYY-MM-DD
 * @param time HH:MM
 * @returns undefined where there is no such day or time, and for an hour that the change of the clock leaves out or
 *   gives twice: luxon would move 02.30 silently to 03.30, so the wall time is read back (R23)
 */
export function stockholmInstant(day: string, time: string): Date | undefined {
  const wall = 'yyyy-MM-dd HH:mm';
  const instant = DateTime.fromFormat(`${day} ${time}`, wall, { zone });
  const reads = (hours: number) => instant.plus({ hours }).toFormat(wall) === `${day} ${time}`;
  const once = instant.isValid && reads(0) && !reads(-1) && !reads(1);
  return once ? instant.toJSDate() : undefined;
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

/** How dates and times are written in one language (S2): "den 11 februari 2027", "klockan 9.00–12.00", in tables "09.00". */
export type DateWords = ReturnType<typeof dateWords>;

function dateWords(language: Language) {
  const swedish = language === 'sv';
  const locale = swedish ? 'sv' : 'en-GB';
  const written = remembered((instant, format) => inStockholm(instant).setLocale(locale).toFormat(format));
  const clock = (instant: Date) => written(instant, swedish ? 'H.mm' : 'H:mm');
  const words = {
    /** "torsdag 11 februari 2027" */
    long: (instant: Date) => written(instant, 'cccc d MMMM yyyy'),
    /** "den 11 februari 2027", in English "11 February 2027" */
    day: (instant: Date) => written(instant, swedish ? "'den' d MMMM yyyy" : 'd MMMM yyyy'),
    /** "11 februari 2027" */
    plainDay: (instant: Date) => written(instant, 'd MMMM yyyy'),
    /** "9.00" in running text */
    clock,
    /** "09.00" in tables */
    tableClock: (instant: Date) => written(instant, swedish ? 'HH.mm' : 'HH:mm'),
    /** "klockan 9.00–12.00", in English "9:00–12:00" */
    span: (start: Date, end: Date) => `${swedish ? 'klockan ' : ''}${clock(start)}–${clock(end)}`,
    /** "9.00–9.45" for the programme's time column */
    shortSpan: (start: Date, end: Date) => `${clock(start)}–${clock(end)}`,
    /** "torsdag 11 februari 2027, klockan 9.00–12.00" */
    when: (start: Date, end: Date) => `${words.long(start)}, ${words.span(start, end)}`,
    /** "den 11 februari 2027 klockan 9.00", in English "11 February 2027 at 9:00" */
    moment: (instant: Date) => `${words.day(instant)} ${swedish ? 'klockan' : 'at'} ${clock(instant)}`,
    /** The last minute before an instant that ends a day, so midnight reads "23.59". */
    lastMinute: (instant: Date) => clock(new Date(instant.getTime() - 60_000)),
    /** The day that ends at the instant: "den 31 januari 2027" for the midnight after it. */
    lastDay: (instant: Date) => words.day(new Date(instant.getTime() - 1)),
    /** "11/2 2027 09.00" is no Swedish style; lists of the office write "2027-02-11 09.00". */
    stamp: (instant: Date) => written(instant, swedish ? 'yyyy-MM-dd HH.mm' : 'yyyy-MM-dd HH:mm'),
    weekdayShort: (instant: Date) => written(instant, 'ccc').replace('.', ''),
    dayOfMonth: (instant: Date) => written(instant, 'd'),
    monthShort: (instant: Date) => written(instant, 'LLL').replace('.', ''),
    year: (instant: Date) => written(instant, 'yyyy'),
    /** For datetime attributes. */
    iso: (instant: Date) => written(instant, "yyyy-MM-dd'T'HH:mm:ssZZ"),
  };
  return words;
}

type Write = (instant: Date, format: string) => string;

/**
 * Keeps what was written: a programme's times come again with every reader, and luxon takes as long for them as the
 * rest of the page. Emptied when it has grown to some megabytes.
 */
function remembered(write: Write): Write {
  const known = new Map<string, string>();
  return (instant, format) => {
    const key = `${instant.getTime()} ${format}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size > 20_000) known.clear();
    const text = write(instant, format);
    known.set(key, text);
    return text;
  };
}

const words: Record<Language, DateWords> = { sv: dateWords('sv'), en: dateWords('en') };

/** The date words of a language. */
export function datesIn(language: Language): DateWords {
  return words[language];
}
