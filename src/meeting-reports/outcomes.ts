import type { Types } from 'mongoose';
import type { Event } from '../events/event.ts';
import { combined, type Stay } from './reading/stays.ts';
import { type MeetingReport, type ReportedMark, savedReports } from './report.ts';

/** An outcome before it is saved; `total` are the seconds in all reports together. */
export type ForeseenOutcome = ReportedMark & { total: number | null };

/**
 * What a draft says of each registration that it holds, as the organiser has decided. Time in reports that are saved
 * already counts as well, so that a meeting in two parts, or two reports of one meeting, make one attendance.
 */
export async function outcomesOf(event: Event, report: MeetingReport): Promise<ForeseenOutcome[]> {
  const earlier = (await savedReports(event._id)).flatMap(({ outcomes }) => outcomes);
  const staysBefore = Map.groupBy(
    earlier.filter(({ seconds }) => seconds !== null),
    ({ registration }) => String(registration),
  );
  const settled = report.rows.filter(({ registration }) => registration !== null);
  return [...Map.groupBy(settled, ({ registration }) => String(registration))].map(([id, rows]) => {
    const [first] = rows as [(typeof rows)[0]];
    const before = staysBefore.get(id) ?? [];
    const stays = [...rows, ...before];
    const present = isPresent(stays, report.threshold);
    const total = combined(stays).seconds;
    return { ...combined(rows), total, registration: first.registration as Types.ObjectId, present };
  });
}

/** True for enough minutes, and if nobody knows how many there were: pasted addresses are of people who were there. */
function isPresent(stays: Stay[], threshold: number): boolean {
  const { seconds } = combined(stays);
  return stays.some((stay) => stay.seconds === null) || (seconds ?? 0) >= threshold * 60;
}
