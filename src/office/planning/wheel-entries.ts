import type { Authority, SchoolBreak } from '../../authorities/authority.ts';
import { isoDay, lastDayBefore } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { type Event, kindNames } from '../../events/event.ts';
import { freeDaysOf } from '../../events/proposals/holidays.ts';
import { breakPlaces } from '../../events/proposals/reasons.ts';
import { capital } from '../../texts/grammar.ts';

/** Something of the year, from one day to another (YYYY-MM-DD), both included. */
export type WheelEntry = {
  sort: 'event' | 'lastDay' | 'break' | 'holiday';
  from: string;
  to: string;
  what: string;
  /** What the table calls its kind. */
  kind: string;
  href?: string;
  isBoostDay?: boolean;
  isDraft?: boolean;
};

/** All that a year's wheel shows, in the order of the calendar. Cancelled events are left out. */
export function entriesOf(year: number, events: Event[], board: Authority): WheelEntry[] {
  const kept = events.filter(({ state }) => state !== 'cancelled');
  const all = [
    ...kept.map(eventEntry),
    ...kept.filter(({ state }) => state !== 'recorded').map(lastDayEntry),
    ...breaksOf(year, board),
    ...holidays(year),
  ];
  return all
    .filter(({ from }) => from.startsWith(String(year)))
    .toSorted((one, other) => one.from.localeCompare(other.from));
}

function eventEntry(event: Event): WheelEntry {
  const isDraft = event.state === 'draft';
  const day = isoDay(event.start);
  const kind = `${kindNames[event.kind]}${isDraft ? ', utkast' : ''}`;
  const isBoostDay = event.kind === 'boostdag';
  const href = paths.officeEvent(event._id);
  return { sort: 'event', ...{ from: day, to: day, what: event.title, kind, href, isBoostDay, isDraft } };
}

function lastDayEntry({ title, closesAt }: Event): WheelEntry {
  const day = lastDayBefore(closesAt);
  return { sort: 'lastDay', from: day, to: day, what: title, kind: 'Sista anmälningsdag' };
}

/** Breaks with the same name and days are one entry, with all their municipalities. */
function breaksOf(year: number, board: Authority): WheelEntry[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const ofYear = (board.schoolBreaks ?? [])
    .filter(({ from, to }) => from <= last && to >= first)
    .map((one) => ({ ...one, from: one.from < first ? first : one.from, to: one.to > last ? last : one.to }));
  const key = ({ name, from, to }: SchoolBreak) => [name, from, to].join(';');
  return [...Map.groupBy(ofYear, key).values()].flatMap((group) => {
    const [one] = group;
    if (!one) return [];
    const what = capital(`${one.name} i ${breakPlaces(group, board)}`);
    return [{ sort: 'break' as const, from: one.from, to: one.to, what, kind: 'Skollov' }];
  });
}

function holidays(year: number): WheelEntry[] {
  return freeDaysOf(year).map(([day, name]) => ({
    sort: 'holiday',
    ...{ from: day, to: day, what: name, kind: 'Ledig dag' },
  }));
}
