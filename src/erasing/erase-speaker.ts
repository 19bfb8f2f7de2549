import type { QueryFilter, Types } from 'mongoose';
import { EventModel } from '../events/event.ts';
import { releaseFilesOf } from '../files/keeping.ts';
import { type Engagement, EngagementModel, expected } from '../speakers/engagements/engagement.ts';
import { spokeIn } from '../speakers/entries/sessions.ts';
import { SpeakerModel } from '../speakers/entries/speaker.ts';
import type { DataSubject } from './holdings.ts';

/** The entries of the person in the county board's register of speakers. */
export async function entriesOf({ authority, email, record }: DataSubject): Promise<Types.ObjectId[]> {
  const $or = [{ _id: record }, ...(email ? [{ email }] : [])];
  return (await SpeakerModel.find({ authority, $or }, { _id: 1 }).lean()).map(({ _id }) => _id);
}

/** What the person has been asked to speak at. */
function engagementsOf(
  { authority, email }: DataSubject,
  entries: Types.ObjectId[],
): QueryFilter<Engagement> {
  return { authority, $or: [{ speaker: { $in: entries } }, { email }] };
}

/** The invitations to speak that count, which are taken back before the person is erased. */
export async function openInvitations(person: DataSubject): Promise<Types.ObjectId[]> {
  const all = engagementsOf(person, await entriesOf(person));
  const open = await EngagementModel.find({ ...all, status: { $in: expected } }, { _id: 1 }).lean();
  return open.map(({ _id }) => _id);
}

/** How many events the person speaks at, or has spoken at. */
export async function countSpoken(person: DataSubject): Promise<number> {
  const entries = await entriesOf(person);
  return entries.length === 0 ? 0 : EventModel.countDocuments(spokeIn(entries));
}

/**
 * Erases the person as a speaker, in the running transaction: the entry in the register, portrait and slides, what they
 * have answered, and their name in programmes, also of events that have been.
 * @returns whether the register had them
 */
export async function eraseSpeaker(person: DataSubject): Promise<boolean> {
  const entries = await entriesOf(person);
  const all = engagementsOf(person, entries);
  const engagements = await EngagementModel.find(all, { _id: 1 }).lean();
  for (const owner of [...entries, ...engagements.map(({ _id }) => _id)]) await releaseFilesOf(owner);
  await EngagementModel.deleteMany(all);
  if (entries.length === 0) return false;
  const gone = { $pull: { 'sessions.$[].speakers': { entry: { $in: entries } } }, $inc: { version: 1 } };
  await EventModel.updateMany(spokeIn(entries), gone);
  await SpeakerModel.deleteMany({ _id: { $in: entries } });
  return true;
}
