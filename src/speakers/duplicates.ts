import type { Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { EventModel } from '../events/event.ts';
import { giveFiles, releaseFilesOf } from '../files/keeping.ts';
import { EngagementModel } from './engagements/engagement.ts';
import { spokeIn } from './entries/sessions.ts';
import { derivedOf, type SpeakerDetails, type SpeakerEntry, SpeakerModel } from './entries/speaker.ts';

/** The other entries that may be the same person: they have the same name or the same address. */
export async function duplicatesOf(entry: SpeakerEntry): Promise<SpeakerEntry[]> {
  const { _id, authority, namesake, email } = entry;
  const alike = [{ namesake }, ...(email ? [{ email }] : [])];
  return SpeakerModel.find({ authority, _id: { $ne: _id }, $or: alike })
    .sort({ _id: 1 })
    .lean<SpeakerEntry[]>();
}

/** The names that several entries of a county board have, each with the first of these entries. */
export async function sharedNames(authority: string): Promise<{ name: string; first: Types.ObjectId }[]> {
  const found = await SpeakerModel.aggregate<{ name: string; first: Types.ObjectId }>([
    { $match: { authority } },
    { $sort: { _id: 1 } },
    {
      $group: { _id: '$namesake', name: { $first: '$name' }, first: { $first: '$_id' }, number: { $sum: 1 } },
    },
    { $match: { number: { $gt: 1 } } },
    { $sort: { _id: 1 } },
  ]);
  return found.map(({ name, first }) => ({ name, first }));
}

/**
 * Makes one entry of two of a county board's. The sessions of the other become sessions of the one that stays.
 * @param details what the entry says afterwards
 */
export async function mergeSpeakers(
  context: Context,
  kept: SpeakerEntry,
  other: SpeakerEntry,
  details: SpeakerDetails,
): Promise<void> {
  await transaction(async () => {
    await EventModel.updateMany(
      spokeIn([other._id]),
      { $set: { 'sessions.$[].speakers.$[one].entry': kept._id } },
      { arrayFilters: [{ 'one.entry': other._id }] },
    );
    await moveEngagements(kept._id, other._id);
    await movePortrait(kept, other);
    await SpeakerModel.deleteOne({ _id: other._id });
    const change = { ...details, ...derivedOf(details), changedAt: context.now };
    await SpeakerModel.updateOne({ _id: kept._id }, { $set: change, $inc: { version: 1 } });
    const { authority } = kept;
    await logAction(context, { authority, action: 'speaker.merged', about: details.name });
  });
}

/** Where both are invited to one event, the invitation of the one that stays counts. */
async function moveEngagements(kept: Types.ObjectId, other: Types.ObjectId): Promise<void> {
  const event = { $in: await EngagementModel.distinct('event', { speaker: kept }) };
  await EngagementModel.updateMany({ speaker: other, event }, { $set: { status: 'removed' } });
  await EngagementModel.updateMany({ speaker: other }, { $set: { speaker: kept } });
}

/** A portrait goes along to an entry that has none. */
async function movePortrait(kept: SpeakerEntry, other: SpeakerEntry): Promise<void> {
  if (!other.portrait || kept.portrait) return releaseFilesOf(other._id);
  await giveFiles(other._id, kept._id);
  const { portrait, showsPortrait } = other;
  await SpeakerModel.updateOne({ _id: kept._id }, { $set: { portrait, showsPortrait } });
}
