import { getHolidays, language } from 'swedish-holidays';
import { calendarDay } from '../../base/dates.ts';

/** Eves on which nearly nobody works, although the law of public holidays (1989:253) does not name them. */
const free = [language.midsummerEve, language.christmasEve, language.newYearsEve];

/** Eves on which many work half the day, by the collective agreements of municipalities and the state. */
const half = [language.twelfthNight, language.maundyThursday, language.walpurgisNight, language.allSaintsEve];

type Holidays = { free: Map<string, string>; half: Map<string, string> };

const known = new Map<number, Holidays>();

/** What the day (YYYY-MM-DD) is called if nobody works then. */
export function freeDayName(day: string): string | undefined {
  return holidaysOf(day).free.get(day);
}

/** What the day (YYYY-MM-DD) is called if many work half of it. */
export function halfDayName(day: string): string | undefined {
  return holidaysOf(day).half.get(day);
}

/** A holiday's name inside a sentence: "påskdagen", but "Kristi himmelsfärdsdag". */
export function inSentence(name: string): string {
  return /^(Kristi|Sveriges) /.test(name) ? name : name.toLowerCase();
}

/** The free days of a year with their names, in the order of the calendar. */
export function freeDaysOf(year: number): [day: string, name: string][] {
  return [...holidaysOf(`${year}-01-01`).free];
}

/** The holiday beside a working day that lies between two days off; undefined for every other day. */
export function bridgedFrom(day: string): string | undefined {
  const beside = [-1, 1].map((days) => calendarDay(day).plus({ days }).toISODate() ?? '');
  if (isOff(day) || !beside.every(isOff)) return undefined;
  return beside.flatMap((one) => (calendarDay(one).isWeekend ? [] : (freeDayName(one) ?? [])))[0];
}

function isOff(day: string): boolean {
  return calendarDay(day).isWeekend || freeDayName(day) !== undefined;
}

function holidaysOf(day: string): Holidays {
  const year = Number(day.slice(0, 4));
  const found = known.get(year) ?? readHolidays(year);
  known.set(year, found);
  return found;
}

/**
 * The library moves dates by the machine's time zone: its year, month and day are wrong west of Greenwich, and its
 * `date` is midnight in UTC give or take an hour. Noon of that is the right day everywhere.
 */
function readHolidays(year: number): Holidays {
  const all = getHolidays(year).map(({ date, ...one }) => ({
    ...one,
    day: new Date(+date + 12 * 3600_000).toISOString().slice(0, 10),
  }));
  const named = (days: typeof all) => new Map(days.map(({ day, name }) => [day, name]));
  return {
    free: named(all.filter(({ name, isPublicHoliday }) => isPublicHoliday || free.includes(name))),
    half: named(all.filter(({ name }) => half.includes(name))),
  };
}
