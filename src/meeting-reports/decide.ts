import type { Types } from 'mongoose';
import type { Role } from '../authorities/roles.ts';
import { type MeetingReport, MeetingReportModel, type ReportRow } from './report.ts';

/** What an organiser decides about one account. `registration` is one of its candidates, or belongs to an address. */
export type AccountDecision = {
  registration: Types.ObjectId | null;
  people: number;
  municipality: string;
  role: Role;
};

/** What an organiser decides about a draft: about the accounts by their place in it. */
export type Decisions = {
  threshold: number;
  marksAbsent: boolean;
  rows: Map<number, Partial<AccountDecision>>;
};

/** Keeps the organiser's decisions in the draft. @returns the draft as it then is; null if it is none any more */
export async function decide(report: MeetingReport, decisions: Decisions): Promise<MeetingReport | null> {
  const { threshold, marksAbsent } = decisions;
  const rows = report.rows.map((row, index): ReportRow => ({ ...row, ...decisions.rows.get(index) }));
  const change = { threshold, marksAbsent, rows };
  return MeetingReportModel.findOneAndUpdate({ _id: report._id, state: 'draft' }, change, {
    returnDocument: 'after',
  }).lean<MeetingReport>();
}

/** Drops a draft; what has been saved stays. */
export async function dropDraft({ _id }: MeetingReport): Promise<void> {
  await MeetingReportModel.deleteOne({ _id, state: 'draft' });
}
