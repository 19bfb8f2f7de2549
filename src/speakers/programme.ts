import type { Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Event, EventModel, type Speaker } from '../events/event.ts';
import type { EditConflict } from '../events/planning/write-event.ts';
import type { ProgrammeRefusal } from '../events/programme/sessions.ts';
import { tellSpeakers } from './engagements/follow.ts';
import { derivedOf, identityOf, type SpeakerEntry, SpeakerModel } from './entries/speaker.ts';
import { writeSpeaker } from './register.ts';

/** What became of a change of a programme. */
export type Saved = Event | EditConflict | ProgrammeRefusal;

/**
 * Changes a programme, and keeps the register in step with it, in one transaction: anyone who is new in the programme
 * gets an entry, and speakers whose hours change, or who are taken out, are told.
 * @param change an act of `events/programme`
 */
export async function changeProgramme(
  context: Context,
  id: Types.ObjectId,
  change: () => Promise<Saved>,
): Promise<Saved> {
  return transaction(async () => {
    const before = await EventModel.findById(id).orFail().lean<Event>();
    const saved = await change();
    if ('refused' in saved) return saved;
    const event = await registerSpeakers(context, saved, before);
    await tellSpeakers(context, before, event);
    return event;
  });
}

/** Gives each speaker of a programme their entry in the register, a new one if there is none; in the running transaction. */
export async function registerSpeakers(context: Context, event: Event, before?: Event): Promise<Event> {
  const speakers = event.sessions.flatMap((session) => session.speakers);
  if (speakers.every(({ entry }) => entry)) return event;
  const shown = (before ?? event).sessions
    .flatMap((session) => session.speakers)
    .flatMap(({ entry, profile }) => (entry && profile ? String(entry) : []));
  const sessions = [];
  for (const session of event.sessions) {
    const known: Speaker[] = [];
    for (const one of session.speakers)
      known.push(one.entry ? one : await presented(context, event, one, shown));
    sessions.push({ ...session, speakers: known });
  }
  await EventModel.updateOne({ _id: event._id }, { $set: { sessions } });
  return { ...event, sessions };
}

/** A speaker with their entry. One who was chosen from the register is presented as there. */
async function presented(
  context: Context,
  { authority, example }: Event,
  typed: Speaker,
  shown: string[],
): Promise<Speaker> {
  const known = await entryOf(authority, typed);
  const entry = known ?? (await writeSpeaker(context, { authority, example }, detailsOf(typed)));
  await completeEntry(entry, typed);
  const profile = shown.includes(String(entry._id));
  const isChosen = !typed.organisation && entry.organisation && identityOf(typed) === entry.identity;
  const { name, title, organisation, email } = isChosen ? entry : typed;
  return { name, title, organisation, email, entry: entry._id, ...(profile && { profile }) };
}

function detailsOf({ name, title, organisation, email }: Speaker) {
  const rest = { phone: '', language: 'sv' as const, text: '', textEn: '', needs: '' };
  return { name, title, organisation, email, ...rest };
}

/**
 * The entry that is meant: the one with the same address; else the one with the same name and organisation, unless both
 * have an address, and another one. @returns null if there is none
 */
async function entryOf(authority: string, typed: Speaker): Promise<SpeakerEntry | null> {
  const { email } = typed;
  const same = email
    ? await SpeakerModel.findOne({ authority, email }).sort({ _id: 1 }).lean<SpeakerEntry>()
    : null;
  if (same) return same;
  const alike = { authority, identity: identityOf(typed), ...(email && { email: '' }) };
  return SpeakerModel.findOne(alike).sort({ _id: 1 }).lean<SpeakerEntry>();
}

/** What an entry lacks and the programme says goes into the register. */
async function completeEntry(entry: SpeakerEntry, { title, email }: Speaker): Promise<void> {
  const added = {
    ...(!entry.title && title && { title }),
    ...(!entry.email && email && { email }),
  };
  if (Object.keys(added).length === 0) return;
  const change = { ...added, ...derivedOf({ ...entry, ...added }) };
  await SpeakerModel.updateOne({ _id: entry._id }, { $set: change, $inc: { version: 1 } });
}
