import type { Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import type { Event } from '../events/event.ts';
import { logActs } from '../registrations/acts/log-acts.ts';
import { markSeveral } from '../registrations/participants/attendance.ts';
import { RegistrationModel } from '../registrations/registration.ts';
import { removeHeadcounts } from '../registrations/tallies/headcount.ts';
import { type MeetingReport, MeetingReportModel, type ReportedMark, savedReports } from './report.ts';

/**
 * Takes a saved report back: each mark that it made becomes what stood there before, and people in rooms are not counted
 * any more. What somebody has marked otherwise since stays, and so does a mark that another report vouches for.
 * @returns false if it has been taken back before, or the event takes no marks
 */
export async function undoImport(context: Context, event: Event, { _id }: MeetingReport): Promise<boolean> {
  if (event.state !== 'published') return false;
  return transaction(async () => {
    const report = await MeetingReportModel.findOneAndUpdate(
      { _id, event: event._id, state: 'imported' },
      { $set: { state: 'undone', outcomes: [] } },
    ).lean<MeetingReport>();
    if (!report) return false;
    const marks = report.outcomes.filter(({ before }) => before !== undefined);
    const alone = await handOver(event, marks);
    await restore(context, event, alone);
    await removeHeadcounts(_id);
    await logActs(context, event, [{ action: 'attendance.importUndone' }]);
    return true;
  });
}

/** Marks that another report would have made pass to it, with what stood there before. @returns the others */
async function handOver(event: Event, marks: ReportedMark[]): Promise<ReportedMark[]> {
  let left = marks;
  for (const { _id, outcomes } of await savedReports(event._id)) {
    const taken = new Map(left.map((mark) => [keyOf(mark), mark]));
    const vouched = outcomes.filter((one) => taken.has(keyOf(one)));
    if (vouched.length === 0) continue;
    const changed = outcomes.map((one) => ({ ...one, ...beforeIn(taken.get(keyOf(one))) }));
    await MeetingReportModel.updateOne({ _id }, { $set: { outcomes: changed } });
    const keys = new Set(vouched.map(keyOf));
    left = left.filter((mark) => !keys.has(keyOf(mark)));
  }
  return left;
}

function keyOf({ registration, present }: ReportedMark): string {
  return `${registration} ${present}`;
}

function beforeIn(mark: ReportedMark | undefined): Pick<ReportedMark, 'before'> {
  return mark ? { before: mark.before ?? null } : {};
}

async function restore(context: Context, event: Event, marks: ReportedMark[]): Promise<void> {
  for (const present of [true, false])
    for (const before of [false, null] as const) {
      const ids = marks.filter((one) => one.present === present && one.before === before);
      const still = await stillMarked(
        ids.map(({ registration }) => registration),
        present,
      );
      await markSeveral(context, event, still, before);
    }
}

async function stillMarked(ids: Types.ObjectId[], present: boolean): Promise<Types.ObjectId[]> {
  if (ids.length === 0) return [];
  const found = await RegistrationModel.find({ _id: { $in: ids }, present }, { _id: 1 }).lean();
  return found.map(({ _id }) => _id);
}
