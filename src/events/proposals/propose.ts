import type { Authority } from '../../authorities/authority.ts';
import { calendarDay, daysBetween } from '../../base/dates.ts';
import { clashReasons, type Neighbour } from './clashes.ts';
import { freeDayName } from './holidays.ts';
import { breakReasons, calendarReasons, type Reason } from './reasons.ts';

/** How many came on a day of the week before. `weekday`: 1 is Monday; `average`: those who came to each event. */
export type WeekdayTurnout = { weekday: number; events: number; average: number };

/** What days are weighed by. `hours`: how long the event is; `today`: YYYY-MM-DD in Stockholm. */
export type Circumstances = {
  board: Authority;
  boards: Authority[];
  events: Neighbour[];
  weekdays: WeekdayTurnout[];
  hours: number;
  today: string;
};

/** A day (YYYY-MM-DD) with what speaks against it and for it, the weightiest first. */
export type DateProposal = { day: string; reasons: Reason[]; weight: number };

/** Fewer days than these from today, and invitations come late. */
const shortNotice = 28;

/**
 * The working days of a span, those that fit best first and then by date. No day is left out for what speaks against
 * it, holidays neither: the organiser decides. Days that have been and weekends are left out.
 */
export function proposeDays(span: { from: string; till: string }, known: Circumstances): DateProposal[] {
  return daysBetween(span.from, span.till)
    .filter((day) => day > known.today && !calendarDay(day).isWeekend)
    .map((day) => weighDay(day, known))
    .toSorted((one, other) => one.weight - other.weight || one.day.localeCompare(other.day));
}

/** How far from a wished day others are looked at, and how many days ahead there is time to invite. */
const nearDays = 14;

/**
 * The days of a year that fit best near a wished one (YYYY-MM-DD), of those that fit alike the nearest first. If these
 * days are over, or so near that invitations would come late, it is the first days that can be planned.
 */
export function proposeNear(wished: string, known: Circumstances): DateProposal[] {
  const [year, soonest] = [wished.slice(0, 4), daysFrom(known.today, shortNotice)];
  const middle = daysFrom(wished, nearDays) > soonest ? wished : daysFrom(soonest, nearDays);
  const [first, last] = [daysFrom(middle, -nearDays), daysFrom(middle, nearDays)];
  const from = [first, `${year}-01-01`].toSorted().at(-1) ?? first;
  const till = [last, `${year}-12-31`].toSorted()[0] ?? last;
  const distance = ({ day }: DateProposal) =>
    Math.abs(calendarDay(day).diff(calendarDay(middle), 'days').days);
  return proposeDays({ from, till }, known).toSorted(
    (one, other) => one.weight - other.weight || distance(one) - distance(other),
  );
}

function daysFrom(day: string, days: number): string {
  return calendarDay(day).plus({ days }).toISODate() ?? '';
}

/** One day with what speaks against it and for it. */
export function weighDay(day: string, known: Circumstances): DateProposal {
  const { board, boards, events, weekdays, hours, today } = known;
  const reasons = [
    ...calendarReasons(day, hours),
    ...breakReasons(day, board),
    ...clashReasons(day, board, events, boards),
    ...(freeDayName(day) ? [] : weekdayReasons(day, weekdays)),
    ...noticeReasons(day, today),
  ].toSorted((one, other) => other.weight - one.weight);
  return { day, reasons, weight: reasons.reduce((sum, one) => sum + one.weight, 0) };
}

/** Only the best and the worst day of the week say something, and only where they differ. */
function weekdayReasons(day: string, weekdays: WeekdayTurnout[]): Reason[] {
  const ranked = weekdays.toSorted((one, other) => other.average - one.average);
  const [best, worst] = [ranked[0], ranked.at(-1)];
  const { weekday, weekdayLong } = calendarDay(day).setLocale('sv');
  if (!best || !worst || best.average === worst.average) return [];
  const about = (turnout: WeekdayTurnout) =>
    `${Math.round(turnout.average)} i snitt vid ${turnout.events} evenemang`;
  if (weekday === best.weekday)
    return [{ text: `${weekdayLong}ar har haft flest deltagare: ${about(best)}`, weight: -5 }];
  if (weekday === worst.weekday)
    return [{ text: `${weekdayLong}ar har haft lägst antal deltagare: ${about(worst)}`, weight: 5 }];
  return [];
}

function noticeReasons(day: string, today: string): Reason[] {
  const isSoon = calendarDay(day).diff(calendarDay(today), 'days').days < shortNotice;
  return isSoon ? [{ text: 'mindre än fyra veckor att bjuda in på', weight: 15 }] : [];
}
