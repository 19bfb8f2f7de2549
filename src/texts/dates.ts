import { inStockholm } from '../base/dates.ts';
import type { DateFormats } from './date-formats.ts';
import { dateFormatsOf, type Language, languages } from './texts.ts';

/** How dates and times are written in one language: "den 11 februari 2027", "klockan 9.00–12.00", in tables "09.00". */
export type DateWords = ReturnType<typeof dateWords>;

function dateWords({ locale, ...formats }: DateFormats) {
  const written = remembered((instant, format) => inStockholm(instant).setLocale(locale).toFormat(format));
  const clock = (instant: Date) => written(instant, formats.clock);
  const words = {
    /** "torsdag 11 februari 2027" */
    long: (instant: Date) => written(instant, 'cccc d MMMM yyyy'),
    /** "den 11 februari 2027", in English "11 February 2027" */
    day: (instant: Date) => written(instant, formats.day),
    /** "11 februari 2027" */
    plainDay: (instant: Date) => written(instant, 'd MMMM yyyy'),
    /** "9.00" in running text */
    clock,
    /** "09.00" in tables */
    tableClock: (instant: Date) => written(instant, formats.tableClock),
    /** "klockan 9.00–12.00", in English "9:00–12:00" */
    span: (start: Date, end: Date) => `${formats.beforeSpan}${words.shortSpan(start, end)}`,
    /** "9.00–9.45" for the programme's time column */
    shortSpan: (start: Date, end: Date) => `${clock(start)}–${clock(end)}`,
    /** "9.00–9.45" for a programme's time column, "9.00" without an end, nothing without a start */
    sessionTime: (start: Date | null, end: Date | null) =>
      start && end ? words.shortSpan(start, end) : start ? clock(start) : '',
    /** "torsdag 11 februari 2027, klockan 9.00–12.00" */
    when: (start: Date, end: Date) => `${words.long(start)}, ${words.span(start, end)}`,
    /** "den 11 februari 2027 klockan 9.00", in English "11 February 2027 at 9:00" */
    moment: (instant: Date) => `${words.day(instant)} ${formats.beforeClock} ${clock(instant)}`,
    /** The last minute before an instant that ends a day, so midnight reads "23.59". */
    lastMinute: (instant: Date) => clock(new Date(instant.getTime() - 60_000)),
    /** The last minute before an instant, with its day: "den 31 januari 2027 klockan 23.59". */
    lastMoment: (instant: Date) => words.moment(new Date(instant.getTime() - 60_000)),
    /** The day that ends at the instant: "den 31 januari 2027" for the midnight after it. */
    lastDay: (instant: Date) => words.day(new Date(instant.getTime() - 1)),
    /** "11/2 2027 09.00" is no Swedish style; lists of the office write "2027-02-11 09.00". */
    stamp: (instant: Date) => written(instant, `yyyy-MM-dd ${formats.tableClock}`),
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

const words = new Map(languages.map((language) => [language, dateWords(dateFormatsOf(language))]));

/** The date words of a language. */
export function datesIn(language: Language): DateWords {
  return words.get(language) as DateWords;
}
