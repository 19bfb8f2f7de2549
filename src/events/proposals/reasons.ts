import { type Authority, type SchoolBreak, wholeCounty } from '../../authorities/authority.ts';
import { placeOf } from '../../authorities/school-breaks.ts';
import { calendarDay } from '../../base/dates.ts';
import { listed } from '../../texts/grammar.ts';
import { bridgedFrom, freeDayName, halfDayName, inSentence } from './holidays.ts';

/** What speaks against a day (a positive weight) or for it (a negative one), in words. 40 and more: choose another day. */
export type Reason = { text: string; weight: number };

/** What the calendar itself says against a day. @param hours how long the event is */
export function calendarReasons(day: string, hours: number): Reason[] {
  const holiday = freeDayName(day);
  if (holiday) return [{ text: `helgdag eller ledig dag: ${inSentence(holiday)}`, weight: 100 }];
  const bridged = bridgedFrom(day);
  const half = halfDayName(day);
  const { weekNumber, isWeekend, weekdayLong } = calendarDay(day).setLocale('sv');
  return [
    ...(isWeekend ? [{ text: `en ${weekdayLong}`, weight: 60 }] : []),
    ...(bridged ? [{ text: `klämdag intill ${inSentence(bridged)}`, weight: 50 }] : []),
    ...(half
      ? [{ text: `${inSentence(half)}: många slutar mitt på dagen`, weight: hours > 4 ? 45 : 30 }]
      : []),
    ...(isInHolyWeek(day) && !half ? [{ text: 'dagarna före påsk', weight: 20 }] : []),
    ...(weekNumber >= 27 && weekNumber <= 32 ? [{ text: 'semestertid, vecka 27–32', weight: 50 }] : []),
    ...(weekNumber >= 51 || weekNumber === 1 ? [{ text: 'runt jul och nyår', weight: 50 }] : []),
  ];
}

/** Wednesday and Thursday before Good Friday. */
function isInHolyWeek(day: string): boolean {
  const friday = calendarDay(day).startOf('week').plus({ days: 4 }).toISODate() ?? '';
  return calendarDay(day).weekday >= 3 && freeDayName(friday) === 'Långfredagen';
}

type Breaks = Pick<Authority, 'municipalities' | 'schoolBreaks'>;

/** The school breaks on a day, a reason for each name: "sportlov i Linköping och Motala". */
export function breakReasons(day: string, board: Breaks): Reason[] {
  const breaks = (board.schoolBreaks ?? []).filter(({ from, to }) => from <= day && day <= to);
  return [...Map.groupBy(breaks, ({ name }) => name)].map(([name, group]) => {
    const share = isEverywhere(group) ? 1 : group.length / board.municipalities.length;
    return { text: `${name} i ${breakPlaces(group, board)}`, weight: 15 + 30 * share };
  });
}

/** Where a break is that these rows tell of: "Linköping och Motala", "7 kommuner", "hela länet". */
export function breakPlaces(breaks: SchoolBreak[], board: Breaks): string {
  if (isEverywhere(breaks)) return 'hela länet';
  const names = [...new Set(breaks.map((one) => placeOf(one, board)))];
  return names.length > 4 ? `${names.length} kommuner` : listed(names);
}

function isEverywhere(breaks: SchoolBreak[]): boolean {
  return breaks.some(({ municipality }) => municipality === wholeCounty);
}
