import { calendarDay } from '../../base/dates.ts';
import { counted } from '../../texts/grammar.ts';
import type { WheelEntry } from './wheel-entries.ts';
import { angleOf, pieceOfRing, pointAt, side } from './wheel-geometry.ts';

/** From the outside: the months, school breaks and holidays, two circles for events that lie close, the last days to sign up. */
const radii = { month: [252, 314], break: [226, 248], events: [190, 142], lastDay: 100 } as const;

/** Events that are nearer to each other than this would overlap on one circle. */
const apart = 16;

/** What the wheel's view draws: paths and points in units of its square. */
export function drawingOf(year: number, entries: WheelEntry[]) {
  const of = (sort: WheelEntry['sort']) => entries.filter((entry) => entry.sort === sort);
  return {
    side,
    year,
    title: `Årshjul ${year}`,
    description: describe(of('event'), of('break')),
    months: monthsOf(year),
    breaks: of('break').map(({ from, to }) => piece(from, to)),
    holidays: of('holiday').map(({ from, to }) => piece(from, to)),
    events: placed(of('event')),
    lastDays: of('lastDay').map(({ from }) => pointAt(angleOf(from), radii.lastDay)),
  };
}

function monthsOf(year: number) {
  return Array.from({ length: 12 }, (_, index) => {
    const month = calendarDay(`${year}-01-01`).plus({ months: index }).setLocale('sv');
    const [from, to] = [angleOf(month.toISODate() ?? ''), angleOf(month.endOf('month').toISODate() ?? '')];
    const [inner, outer] = radii.month;
    return {
      name: month.toFormat('LLL').replace('.', '').slice(0, 3),
      path: pieceOfRing(from, to + 360 / month.daysInYear, inner, outer),
      ...pointAt((from + to) / 2, (inner + outer) / 2),
    };
  });
}

/** A piece of the ring of breaks, in two halves where it is longer than half a year. */
function piece(from: string, to: string): string {
  const [inner, outer] = radii.break;
  const [start, end] = [angleOf(from), angleOf(to) + 360 / calendarDay(to).daysInYear];
  const middle = (start + end) / 2;
  return [pieceOfRing(start, middle, inner, outer), pieceOfRing(middle, end, inner, outer)].join('');
}

/** Each event with the number of its day, on the inner circle if the one before is too near on the outer. */
function placed(events: WheelEntry[]) {
  const last = radii.events.map(() => Number.NEGATIVE_INFINITY);
  return events.map(({ from, isBoostDay, isDraft }) => {
    const angle = angleOf(from);
    const free = last.findIndex((before) => angle - before >= apart);
    const circle = Math.max(free, 0);
    last[circle] = angle;
    const line = [pointAt(angle, radii.events[circle] ?? 0), pointAt(angle, radii.break[0])];
    return {
      ...pointAt(angle, radii.events[circle] ?? 0),
      line,
      number: Number(from.slice(8)),
      isBoostDay,
      isDraft,
    };
  });
}

function describe(events: WheelEntry[], breaks: WheelEntry[]): string {
  const days = events.map(({ from }) => calendarDay(from).setLocale('sv').toFormat('d MMMM'));
  const about = days.length > 0 ? `: ${days.join(', ')}` : '';
  return `Årets tolv månader som en cirkel med ${counted(events.length, 'evenemang', 'evenemang')}${about}. ${counted(breaks.length, 'skollov', 'skollov')} är markerade. Samma uppgifter står i tabellen.`;
}
