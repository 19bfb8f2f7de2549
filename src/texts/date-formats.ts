/** How a language writes dates and times, as patterns of luxon. */
export type DateFormats = {
  /** BCP 47, for the names of days and months. */
  locale: string;
  /** A day in running text: "den 11 februari 2027". */
  day: string;
  /** A time in running text: "9.00". */
  clock: string;
  /** A time in a table, with two digits for the hour: "09.00". */
  tableClock: string;
  /** What stands before a span of times, its space included: "klockan 9.00–12.00". */
  beforeSpan: string;
  /** The word between a day and a time: "den 11 februari 2027 klockan 9.00". */
  beforeClock: string;
};
