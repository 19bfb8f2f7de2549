import { Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { idFrom, pageOf, transaction } from '../base/database.ts';
import { EventModel } from '../events/event.ts';
import { releaseFilesOf } from '../files/keeping.ts';
import { EngagementModel } from './engagements/engagement.ts';
import { followAddress } from './engagements/follow-address.ts';
import { showAnew, spokeIn } from './entries/sessions.ts';
import {
  byName,
  derivedOf,
  foundBy,
  type SpeakerDetails,
  type SpeakerEntry,
  SpeakerModel,
} from './entries/speaker.ts';

/** Somebody saved in between: nothing was written, and `entry` is what stands now. */
export type EntryConflict = { refused: 'conflict'; entry: SpeakerEntry };

const pageSize = 100;

/** A county board's speakers by name: all, or those whom a typed text finds. @param page counted from 1 */
export async function listSpeakers(
  authority: string,
  typed: string,
  page: number,
): Promise<{ rows: SpeakerEntry[]; total: number; pages: number }> {
  const found = SpeakerModel.find({ authority, ...foundBy(typed) })
    .collation(byName)
    .sort({ name: 1, _id: 1 });
  return pageOf<SpeakerEntry>(found, page, pageSize);
}

/** So many are offered in the form of a programme; by then a name is typed faster than it is found in a list. */
const mostChoices = 1000;

/** How the form of a programme offers a county board's speakers: "Elin Sandbäck, Norra Ekeby högskola". */
export async function speakerChoices(authority: string): Promise<string[]> {
  const entries = await SpeakerModel.find({ authority }, { _id: 0, name: 1, organisation: 1 })
    .collation(byName)
    .sort({ name: 1 })
    .limit(mostChoices)
    .lean<SpeakerEntry[]>();
  return entries.map(({ name, organisation }) => [name, organisation].filter(Boolean).join(', '));
}

/** One of a county board's speakers by the id that an address brings; null for another's. */
export async function findSpeaker(authority: string, id: unknown): Promise<SpeakerEntry | null> {
  const _id = idFrom(id);
  return _id ? SpeakerModel.findOne({ _id, authority }).lean<SpeakerEntry>() : null;
}

/** An entry by its id, whatever county board's it is. */
export async function entryById(id: Types.ObjectId): Promise<SpeakerEntry | null> {
  return SpeakerModel.findById(id).lean<SpeakerEntry>();
}

/** An organiser puts somebody into the county board's register. */
export async function addSpeaker(
  context: Context,
  authority: string,
  details: SpeakerDetails,
): Promise<SpeakerEntry> {
  return transaction(async () => {
    const entry = await writeSpeaker(context, { authority, example: false }, details);
    await logAction(context, { authority, action: 'speaker.made', about: entry.name });
    return entry;
  });
}

/** Writes a new entry, in the running transaction. */
export async function writeSpeaker(
  { now }: Context,
  owner: Pick<SpeakerEntry, 'authority' | 'example'>,
  details: SpeakerDetails,
): Promise<SpeakerEntry> {
  const written = { ...details, ...derivedOf(details), changedAt: now, version: 1 };
  const entry = { _id: new Types.ObjectId(), ...owner, ...written };
  await SpeakerModel.insertMany([entry], { lean: true });
  return entry;
}

/**
 * Saves an entry on the version that was seen. Sessions to come present the person as the register now does, and
 * invitations follow a corrected address.
 */
export async function changeSpeaker(
  context: Context,
  id: Types.ObjectId,
  version: number,
  details: SpeakerDetails,
): Promise<SpeakerEntry | EntryConflict> {
  return transaction(async () => {
    const before = await SpeakerModel.findById(id).orFail().lean<SpeakerEntry>();
    if (before.version !== version) return { refused: 'conflict', entry: before };
    const fields = changedFields(before, details);
    if (fields.length === 0) return before;
    const saved = { ...details, ...derivedOf(details), changedAt: context.now, version: version + 1 };
    await SpeakerModel.updateOne({ _id: id }, { $set: saved });
    const entry = { ...before, ...saved };
    await presentAnew(context, entry, fields);
    await showAnew(id);
    if (fields.includes('email')) await followAddress(context, id, entry.email);
    const { authority } = entry;
    await logAction(context, { authority, action: 'speaker.changed', about: entry.name, fields });
    return entry;
  });
}

function changedFields(before: SpeakerEntry, details: SpeakerDetails): string[] {
  const names = Object.keys(details) as (keyof SpeakerDetails)[];
  return names.filter((name) => details[name] !== before[name]);
}

/** What a session says of its speakers; what has been stays as it was. */
const presented = ['name', 'title', 'organisation', 'email'] as const;

async function presentAnew({ now }: Context, entry: SpeakerEntry, fields: string[]): Promise<void> {
  const changed = presented.filter((name) => fields.includes(name));
  if (changed.length === 0) return;
  const $set = Object.fromEntries(
    changed.map((name) => [`sessions.$[].speakers.$[one].${name}`, entry[name]]),
  );
  await EventModel.updateMany(
    { ...spokeIn([entry._id]), end: { $gt: now } },
    { $set: { ...$set, changedAt: now }, $inc: { version: 1 } },
    { arrayFilters: [{ 'one.entry': entry._id }] },
  );
}

/** Takes somebody out of the register who speaks nowhere. @returns false if they do */
export async function removeSpeaker(context: Context, entry: SpeakerEntry): Promise<boolean> {
  return transaction(async () => {
    if (await EventModel.exists(spokeIn([entry._id]))) return false;
    await SpeakerModel.deleteOne({ _id: entry._id });
    const engagements = await EngagementModel.find({ speaker: entry._id }, { _id: 1 }).lean();
    for (const { _id } of [entry, ...engagements]) await releaseFilesOf(_id);
    await EngagementModel.deleteMany({ speaker: entry._id });
    const { authority, name } = entry;
    await logAction(context, { authority, action: 'speaker.removed', about: name });
    return true;
  });
}
