import type { Response } from 'express';
import { listAuthorities } from '../../authorities/authority.ts';
import { isoDay, midnightAfter, stockholmInstant } from '../../base/dates.ts';
import { plannedBetween } from '../../events/proposals/clashes.ts';
import type { Circumstances } from '../../events/proposals/propose.ts';
import { turnoutByWeekday } from '../../statistics/weekdays.ts';
import { ownBoard } from '../parts/guard.ts';

/** Days from one to another (YYYY-MM-DD), both included. */
export type Span = { from: string; till: string };

const week = 7 * 24 * 3600_000;

/** What the days of a span are weighed by, but for how long the event is: what is planned in it and in the weeks beside it. */
export async function circumstancesOf(
  res: Response,
  { from, till }: Span,
): Promise<Omit<Circumstances, 'hours'>> {
  const board = ownBoard(res);
  const { now } = res.locals;
  const [start, end] = [stockholmInstant(from, '00:00') ?? now, midnightAfter(till) ?? now];
  const [boards, events, weekdays] = await Promise.all([
    listAuthorities(),
    plannedBetween(board._id, new Date(+start - week), new Date(+end + week)),
    turnoutByWeekday(board._id, now),
  ]);
  return { board, boards, events, weekdays, today: isoDay(now) };
}
