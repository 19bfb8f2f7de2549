import type { QueryFilter } from 'mongoose';
import type { Authority } from '../../authorities/authority.ts';
import { calendarDay, isoDay } from '../../base/dates.ts';
import { type Event, EventModel, type Kind, kindNames } from '../event.ts';
import type { Reason } from './reasons.ts';

/** An event that others plan for: its day, what it is and whose. */
export type Neighbour = Pick<Event, 'authority' | 'kind' | 'title' | 'start'>;

type Board = Pick<Authority, '_id' | 'county'>;

/**
 * What is planned in a span of time, in the order of time: a county board's own events, drafts too, and what other
 * county boards have published.
 */
export async function plannedBetween(authority: string, from: Date, to: Date): Promise<Neighbour[]> {
  const start = { $gte: from, $lt: to };
  const planned: QueryFilter<Event> = {
    $or: [
      { authority, state: 'draft', start },
      { state: 'published', start },
    ],
  };
  return EventModel.find(planned, { authority: 1, kind: 1, title: 1, start: 1 })
    .sort({ start: 1 })
    .lean<Neighbour[]>();
}

/** The events that lie on a day, those of other county boards too, and our own in the same week. */
export function clashReasons(day: string, board: Board, events: Neighbour[], boards: Board[]): Reason[] {
  const own = events.filter(({ authority }) => authority === board._id);
  const sameDay = events.filter(({ start }) => isoDay(start) === day);
  const sameWeek = own.filter(({ start }) => isoDay(start) !== day && weekOf(isoDay(start)) === weekOf(day));
  return [
    ...sameDay.map((event) => ({
      text: `krockar med ${whose(event, board, boards)} ${kindWord(event.kind)} ”${event.title}”`,
      weight: event.authority === board._id ? 45 : 25,
    })),
    ...sameWeek.map(({ kind, title }) => ({
      text: `samma vecka som er ${kindWord(kind)} ”${title}”`,
      weight: 10,
    })),
  ];
}

function weekOf(day: string): string | null {
  return calendarDay(day).startOf('week').toISODate();
}

function kindWord(kind: Kind): string {
  return kind === 'annat' ? 'dag' : kindNames[kind].toLowerCase();
}

/** "er", "Södermanlands" */
function whose({ authority }: Neighbour, board: Board, boards: Board[]): string {
  const county = boards.find(({ _id }) => _id === authority)?.county ?? 'en annan länsstyrelse';
  if (authority === board._id) return 'er';
  return county.endsWith('s') ? county : `${county}s`;
}
