import type { Types } from 'mongoose';
import type { Registration } from '../registrations/registration.ts';
import { eraseHeadcounts } from '../registrations/tallies/headcount.ts';
import { MeetingReportModel, minutesOf } from './report.ts';

/** How long a registration was in a meeting, as a saved report says. `minutes` is missing if nobody knows. */
export type OwnMeeting = { at: Date; present: boolean; minutes?: number };

/** What the saved reports hold about one registration, in the order of their saving. */
export async function ownMeetings({ _id, event }: Registration): Promise<OwnMeeting[]> {
  const mine = { event, state: 'imported' as const, 'outcomes.registration': _id };
  const reports = await MeetingReportModel.find(mine, {
    at: 1,
    outcomes: { $elemMatch: { registration: _id } },
  })
    .sort({ at: 1, _id: 1 })
    .lean();
  return reports.flatMap(({ at, outcomes: [outcome] }) => {
    const minutes = outcome && minutesOf(outcome);
    return outcome ? [{ at, present: outcome.present, ...(minutes !== undefined && { minutes }) }] : [];
  });
}

/**
 * Erases somebody from the reports of a county board. A draft that holds them, or may, is dropped whole: it also keeps
 * the lines of its file.
 */
export async function eraseFromReports(
  { authority, email }: Pick<Registration, 'authority' | 'email'>,
  rows: Pick<Registration, '_id' | 'event' | 'givenName' | 'familyName'>[],
): Promise<void> {
  const ids = rows.map(({ _id }) => _id);
  const names = rows.map(({ givenName, familyName }) => `${givenName} ${familyName}`);
  const events: Types.ObjectId[] = rows.map(({ event }) => event);
  const named = [...(email ? [{ 'rows.email': email }] : []), { 'rows.name': { $in: names } }];
  await MeetingReportModel.deleteMany({
    ...{ authority, state: 'draft' },
    $or: [{ event: { $in: events } }, { rows: [] }, ...named],
  });
  await MeetingReportModel.updateMany(
    { event: { $in: events }, 'outcomes.registration': { $in: ids } },
    { $pull: { outcomes: { registration: { $in: ids } } } },
  );
  await eraseHeadcounts(authority, [email, ...names].filter(Boolean));
}
