import { createHash } from 'node:crypto';
import { mongo, Types } from 'mongoose';
import { authorityOf } from '../authorities/authority.ts';
import { otherMunicipality } from '../authorities/roles.ts';
import type { Context } from '../base/context.ts';
import { isoDay } from '../base/dates.ts';
import { addressIn } from '../base/form/addresses.ts';
import type { Event } from '../events/event.ts';
import { type Registration, RegistrationModel } from '../registrations/registration.ts';
import { type MatchedAttendee, match } from './match.ts';
import { municipalityGuess } from './municipality-guess.ts';
import { type ComparedReport, readApart, type Source } from './read-apart.ts';
import type { Columns } from './reading/columns.ts';
import type { Unreadable } from './reading/decode.ts';
import { type MeetingReport, MeetingReportModel, type ReportRow } from './report.ts';

/** How long a draft waits for its yes, in milliseconds. */
const lifetime = 24 * 3600_000;

/** More drafts of one event are not kept. */
const mostDrafts = 5;

const fields = { email: 1, givenName: 1, familyName: 1, status: 1, municipality: 1 } as const;
type KnownPerson = Pick<Registration, '_id' | 'municipality' | keyof typeof fields>;

/** Reads a report's file and keeps what it says as a draft. Nobody is marked. */
export async function draftFromFile(
  context: Context,
  event: Event,
  file: Uint8Array,
): Promise<MeetingReport | { refused: Unreadable }> {
  const fingerprint = createHash('sha256').update(file).digest('hex');
  return readDraft(context, event, { file }, fingerprint);
}

/** Reads a draft anew, with its columns as the organiser has named them. */
export async function draftWithColumns(
  context: Context,
  event: Event,
  { _id, packed, fingerprint }: MeetingReport,
  columns: Columns,
): Promise<MeetingReport | { refused: Unreadable }> {
  if (!packed) return { refused: 'unreadable' };
  const draft = await readDraft(context, event, { packed: packed.value(), columns }, fingerprint);
  await MeetingReportModel.deleteOne({ _id, state: 'draft' });
  return draft;
}

async function readDraft(context: Context, event: Event, source: Source, fingerprint: string) {
  const people = await peopleOf(event);
  const known = people.map(({ _id, ...one }) => ({ ...one, id: String(_id) }));
  const read = await readApart({ source, day: isoDay(event.start), known });
  if ('refused' in read) return read;
  const { rows, columns, sample, packed, meeting } = read;
  const draft = { columns, sample, packed: new mongo.Binary(packed), meeting, counts: countsOf(read) };
  return keep(context, event, { ...draft, fingerprint, rows: await decidedAtFirst(rows, event, people) });
}

/** Keeps addresses that were typed or pasted as a draft: those who have them were there, for an unknown time. */
export async function draftFromAddresses(
  context: Context,
  event: Event,
  text: string,
): Promise<MeetingReport> {
  const people = await peopleOf(event);
  const attendees = addressesIn(text).addresses.map((email) => ({
    ...{ name: '', email, upn: null, role: 'participant' as const },
    ...{ joins: 1, from: null, to: null, seconds: null },
  }));
  const matched = match(
    attendees,
    people.map(({ _id, ...one }) => ({ ...one, id: String(_id) })),
  );
  return keep(context, event, {
    fingerprint: createHash('sha256').update(text).digest('hex'),
    meeting: { title: '', day: '', people: 0 },
    counts: countsOf({ ...matched, accounts: attendees.length }),
    rows: await decidedAtFirst(matched.rows, event, people),
  });
}

/** The addresses in a text, each once, and what else has an @. */
export function addressesIn(text: string): { addresses: string[]; wrong: string[] } {
  const words = text.split(/[\s,;<>"'()]+/).filter((word) => word.includes('@'));
  const read = words.map((word) => ({ word, ...addressIn(word) }));
  return {
    addresses: [...new Set(read.flatMap((one) => ('address' in one ? one.address : [])))],
    wrong: read.flatMap((one) => ('wrong' in one ? one.word : [])),
  };
}

function peopleOf(event: Event): Promise<KnownPerson[]> {
  return RegistrationModel.find({ event: event._id }, fields).lean<KnownPerson[]>();
}

function countsOf({ accounts, unsure, unknown }: Pick<ComparedReport, 'accounts' | 'unsure' | 'unknown'>) {
  return { accounts, unsure, unknown };
}

/** Only an address decides who somebody is; all else waits for the organiser. */
async function decidedAtFirst(
  rows: MatchedAttendee[],
  event: Event,
  people: KnownPerson[],
): Promise<ReportRow[]> {
  const guess = municipalityGuess(await authorityOf(event), people);
  return rows.map(({ role, upn, candidates, ...row }) => {
    const ids = candidates.map((id) => new Types.ObjectId(id));
    return {
      ...row,
      email: row.email ?? upn,
      meetingRole: role,
      candidates: ids,
      registration: row.by === 'address' ? (ids[0] ?? null) : null,
      people: 0,
      municipality: row.by === 'none' ? guess(row) : otherMunicipality,
      role: 'annan' as const,
    };
  });
}

async function keep(context: Context, event: Event, read: Partial<MeetingReport>): Promise<MeetingReport> {
  const half = Math.round((+event.end - +event.start) / 120_000);
  const draft = {
    ...read,
    _id: new Types.ObjectId(),
    ...{ event: event._id, authority: event.authority, state: 'draft', at: context.now },
    by: context.by.organiser?.name ?? '',
    ...{ threshold: half, marksAbsent: false, outcomes: [] },
    expiresAt: new Date(+context.now + lifetime),
  } as unknown as MeetingReport;
  await MeetingReportModel.insertMany([draft], { lean: true });
  await forgetOldDrafts(event);
  return draft;
}

async function forgetOldDrafts(event: Event): Promise<void> {
  const drafts = { event: event._id, state: 'draft' as const };
  const old = await MeetingReportModel.find(drafts, { _id: 1 })
    .sort({ at: -1, _id: -1 })
    .skip(mostDrafts)
    .lean();
  if (old.length > 0) await MeetingReportModel.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
}
