import { model, type mongo, Schema, type Types } from 'mongoose';
import { type Role, roles } from '../authorities/roles.ts';
import { idFrom } from '../base/database.ts';
import type { Event } from '../events/event.ts';
import type { Recognition } from './match.ts';
import type { Columns } from './reading/columns.ts';
import type { MeetingRole } from './reading/people.ts';
import type { Stay } from './reading/stays.ts';

/** An account of a report that has not been saved yet, with what the organiser has decided about it. */
export type ReportRow = Stay & {
  name: string;
  email: string | null;
  meetingRole: MeetingRole;
  joins: number;
  by: Recognition;
  candidates: Types.ObjectId[];
  /** Who it is: by the address, or as the organiser says; null for nobody who is registered. */
  registration: Types.ObjectId | null;
  /** So many people sat behind this account and are counted without a name, as in a meeting room. */
  people: number;
  municipality: string;
  role: Role;
};

/** What a saved report says of one registration. Times are wall times in seconds. */
export type ReportedMark = Stay & {
  registration: Types.ObjectId;
  present: boolean;
  /** The mark that this report changed; missing if it changed none. */
  before?: boolean | null;
};

/**
 * A report of a meeting: a draft between the reading and the organiser's yes, for a day; afterwards only what came of it.
 */
export type MeetingReport = {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  state: 'draft' | 'imported' | 'undone';
  /** The organiser's name. */
  by: string;
  /** When the file was read, and from the yes on when it was saved. */
  at: Date;
  /** SHA-256 of the file, by which the same one is known again. */
  fingerprint: string;
  /** What the report says of its meeting; `day` is YYYY-MM-DD or empty, `people` 0 if it does not say. */
  meeting: { title: string; day: string; people: number };
  /** So many accounts the report has, and so many of them are unsure and unknown. */
  counts: { accounts: number; unsure: number; unknown: number };
  /** So many minutes make somebody present. */
  threshold: number;
  /** Notes those as absent who had signed up for taking part online and are not in the report. */
  marksAbsent: boolean;
  rows: ReportRow[];
  outcomes: ReportedMark[];
  /** Of a draft from a file: what its columns are, its first rows, and the lines from which it is read again. */
  columns?: Columns;
  sample?: string[][];
  packed?: mongo.Binary;
  expiresAt?: Date;
};

const stay = { from: Number, to: Number, seconds: Number };
const row = new Schema<ReportRow>(
  {
    ...stay,
    name: String,
    email: String,
    meetingRole: String,
    joins: Number,
    by: String,
    candidates: [Schema.Types.ObjectId],
    registration: Schema.Types.ObjectId,
    people: Number,
    municipality: String,
    role: { type: String, enum: roles },
  },
  { _id: false },
);
const outcome = new Schema<ReportedMark>(
  { ...stay, registration: Schema.Types.ObjectId, present: Boolean, before: Boolean },
  { _id: false },
);

const schema = new Schema<MeetingReport>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: { type: String, required: true },
    state: { type: String, enum: ['draft', 'imported', 'undone'], required: true },
    by: String,
    at: { type: Date, required: true },
    fingerprint: String,
    meeting: new Schema({ title: String, day: String, people: Number }, { _id: false }),
    counts: new Schema({ accounts: Number, unsure: Number, unknown: Number }, { _id: false }),
    threshold: Number,
    marksAbsent: Boolean,
    rows: [row],
    outcomes: [outcome],
    columns: { type: [String], default: undefined },
    sample: { type: [[String]], default: undefined },
    packed: Buffer,
    expiresAt: Date,
  },
  { versionKey: false },
);
schema.index({ event: 1, state: 1, at: -1 });
schema.index({ authority: 1, state: 1 });
// A draft that nobody says yes to.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const MeetingReportModel = model<MeetingReport>('MeetingReport', schema, 'meetingReports');

/** One report of an event by its id as an address brings it; null if the event has no such, or the draft is over. */
export async function findReport(event: Event, id: unknown, now: Date): Promise<MeetingReport | null> {
  const _id = idFrom(id);
  const report = _id && (await MeetingReportModel.findOne({ _id, event: event._id }).lean<MeetingReport>());
  const isOver = report?.expiresAt !== undefined && report.expiresAt <= now;
  return report && !isOver ? report : null;
}

/** The saved reports of an event, the latest first. */
export async function savedReports(event: Types.ObjectId): Promise<MeetingReport[]> {
  return MeetingReportModel.find({ event, state: 'imported' })
    .sort({ at: -1, _id: -1 })
    .lean<MeetingReport[]>();
}

/** Minutes of a stay, rounded down; undefined if nobody knows. */
export function minutesOf({ seconds }: Pick<Stay, 'seconds'>): number | undefined {
  return seconds === null ? undefined : Math.floor(seconds / 60);
}
