import type { Types } from 'mongoose';
import { AuditModel, logAction } from '../audit/log.ts';
import { AuthorityModel } from '../authorities/authority.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { EventModel } from '../events/event.ts';
import { releaseFilesOf } from '../files/keeping.ts';
import { MailModel } from '../inbox/mail.ts';
import { MailingModel } from '../letters/mailings/mailing.ts';
import { addOrganiser, nameFrom, type Organiser, OrganiserModel } from '../organisers/organiser.ts';
import { SignInLinkModel } from '../organisers/sign-in-link.ts';
import { SignInSessionModel } from '../organisers/sign-in-session.ts';
import { LetterModel } from '../outbox/letter.ts';
import { forgetReminders } from '../registrations/openings/reminder.ts';
import { HelperLinkModel } from '../registrations/participants/helper-link.ts';
import { RegistrationModel } from '../registrations/registration.ts';
import { TallyModel } from '../registrations/tallies/tally.ts';
import { EngagementModel } from '../speakers/engagements/engagement.ts';
import { SpeakerModel } from '../speakers/entries/speaker.ts';
import { contact } from './load.ts';

const marked = { example: true };

/** How much the example county holds: its events, the sign-ups to them (invented or not), and its organisers. */
export type ExampleSize = { events: number; registrations: number; organisers: number };

/** What would be removed. */
export async function sizeOfExample(): Promise<ExampleSize> {
  const events = await eventsOfExample();
  const [registrations, organisers] = await Promise.all([
    RegistrationModel.countDocuments({ event: { $in: events } }),
    OrganiserModel.countDocuments(marked),
  ]);
  return { events: events.length, registrations, organisers };
}

/**
 * Takes the example county away: what is marked as example and what hangs on it. Whatever an organiser has made beside
 * it stays.
 * @param email of the real organiser who goes on with the county board, if the one who asks is invented
 * @returns that organiser, to be signed in; null if the one who asks stays
 */
export async function removeExample(
  context: Context,
  authority: string,
  email: string | undefined,
): Promise<Organiser | null | { refused: 'known' }> {
  return transaction(async () => {
    if (email && (await OrganiserModel.exists({ authority, email, example: false })))
      return { refused: 'known' };
    await removeRows();
    const heir = email
      ? await addOrganiser({ ...context, by: {} }, authority, { name: nameFrom(email), email })
      : null;
    if (heir && 'refused' in heir) return heir;
    const by = heir ? { organiser: { id: String(heir._id), name: heir.name } } : context.by;
    await logAction({ ...context, by }, { authority, action: 'example.removed', about: '' });
    return heir;
  });
}

async function removeRows(): Promise<void> {
  const events = { $in: await eventsOfExample() };
  const organisers = { $in: (await OrganiserModel.find(marked, '_id').lean()).map(({ _id }) => _id) };
  await RegistrationModel.deleteMany({ event: events });
  await TallyModel.deleteMany({ _id: events });
  await HelperLinkModel.deleteMany({ event: events });
  await LetterModel.deleteMany({
    $or: [{ event: events }, { kind: 'sign-in', 'to.address': { $in: await addresses() } }],
  });
  await MailingModel.deleteMany({ event: events });
  const engagements = await EngagementModel.find({ event: events }, '_id').lean();
  await EngagementModel.deleteMany({ event: events });
  await MailModel.deleteMany({ event: events });
  await AuditModel.deleteMany({ $or: [{ event: events }, { organiser: organisers }] });
  await forgetReminders(...events.$in);
  await releaseFilesOf(...events.$in, ...engagements.map(({ _id }) => _id));
  await EventModel.deleteMany(marked);
  await removeSpeakers();
  await SignInLinkModel.deleteMany({ organiser: organisers });
  await SignInSessionModel.deleteMany({ organiser: organisers });
  await OrganiserModel.deleteMany(marked);
  await AuthorityModel.updateMany({ contactEmail: contact.contactEmail }, { $set: nobody });
}

/** Somebody who also speaks at an event of the organisers' own stays. */
async function removeSpeakers(): Promise<void> {
  const kept: unknown[] = await EventModel.distinct('sessions.speakers.entry');
  const gone = await SpeakerModel.distinct('_id', { ...marked, _id: { $nin: kept as Types.ObjectId[] } });
  await releaseFilesOf(...gone);
  await SpeakerModel.deleteMany({ _id: { $in: gone } });
}

const nobody = { contactEmail: '', contactPhone: '' };

async function eventsOfExample(): Promise<Types.ObjectId[]> {
  return (await EventModel.find(marked, '_id').lean()).map(({ _id }) => _id);
}

async function addresses(): Promise<string[]> {
  return (await OrganiserModel.find(marked, 'email').lean()).map(({ email }) => email);
}
