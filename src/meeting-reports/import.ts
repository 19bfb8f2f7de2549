import type { Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Event, EventModel } from '../events/event.ts';
import { logActs } from '../registrations/acts/log-acts.ts';
import { markSeveral } from '../registrations/participants/attendance.ts';
import type { Registration } from '../registrations/registration.ts';
import { noteHeadcounts } from '../registrations/tallies/headcount.ts';
import { outcomesOf } from './outcomes.ts';
import { missingIn } from './people.ts';
import { type MeetingReport, MeetingReportModel, type ReportedMark } from './report.ts';

/**
 * Saves a draft: marks who was there for long enough, notes how many sat in rooms, and keeps for each registration what
 * was marked and what stood there before. The accounts of the report are forgotten.
 * @returns false if the draft has been saved before, or the event takes no marks; nothing is changed then
 */
export async function importReport(context: Context, event: Event, draft: MeetingReport): Promise<boolean> {
  return transaction(async () => {
    const { _id } = draft;
    const { state } = await EventModel.findById(event._id, { state: 1 }).orFail().lean();
    const isDraft = state === 'published' && (await MeetingReportModel.exists({ _id, state: 'draft' }));
    if (!isDraft) return false;
    const outcomes = await markAll(context, event, draft);
    await noteHeadcounts(event, { source: _id, at: context.now }, roomsIn(draft));
    const saved = {
      state: 'imported',
      at: context.now,
      by: context.by.organiser?.name ?? '',
      outcomes,
      rows: [],
    };
    const forgotten = { packed: 1, sample: 1, columns: 1, expiresAt: 1 } as const;
    await MeetingReportModel.updateOne({ _id }, { $set: saved, $unset: forgotten });
    await logActs(context, event, [{ action: 'attendance.imported' }]);
    return true;
  });
}

async function markAll(context: Context, event: Event, draft: MeetingReport): Promise<ReportedMark[]> {
  const found = await outcomesOf(event, draft);
  const missing = draft.marksAbsent ? await missingIn(event, draft, found) : [];
  const absent = missing
    .filter(({ present }) => present === null)
    .map(({ _id }): ReportedMark => absentee(_id));
  const outcomes = found.map(({ total: _total, ...one }) => one);
  const came = outcomes.filter(({ present }) => present);
  const changed = [
    ...(await markSeveral(context, event, idsOf(came), 'digitalt')),
    ...(await markSeveral(context, event, idsOf(absent), false)),
  ];
  return withBefore([...outcomes, ...absent], changed);
}

/** Somebody who is not in the report. */
function absentee(registration: Types.ObjectId): ReportedMark {
  return { registration, present: false, from: null, to: null, seconds: null };
}

function withBefore(outcomes: ReportedMark[], changed: Registration[]): ReportedMark[] {
  const before = new Map(changed.map(({ _id, present }) => [String(_id), present]));
  return outcomes.map((one) => {
    const id = String(one.registration);
    return before.has(id) ? { ...one, before: before.get(id) ?? null } : one;
  });
}

function idsOf(outcomes: ReportedMark[]): Types.ObjectId[] {
  return outcomes.map(({ registration }) => registration);
}

function roomsIn({ rows }: MeetingReport) {
  return rows
    .filter(({ people }) => people > 0)
    .map(({ name, email, people, municipality, role }) => ({
      ...{ account: email ?? name, name: name || (email ?? '') },
      ...{ number: people, municipality, role },
    }));
}
