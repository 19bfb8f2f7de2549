import type { Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { mailboxOf } from '../base/form/addresses.ts';
import { MailModel } from '../inbox/mail.ts';
import { MailingModel } from '../letters/mailings/mailing.ts';
import { LinkRequestModel } from '../link-requests/link-request.ts';
import { eraseFromReports } from '../meeting-reports/person.ts';
import { KeptFormModel } from '../organisers/kept-form.ts';
import { OrganiserModel } from '../organisers/organiser.ts';
import { LetterModel } from '../outbox/letter.ts';
import { OriginModel } from '../registrations/bursts/origin.ts';
import { cancelMany } from '../registrations/changes/cancel-many.ts';
import { OpeningReminderModel } from '../registrations/openings/reminder.ts';
import { type Registration, RegistrationModel } from '../registrations/registration.ts';
import { takeBackInvitation } from '../speakers/engagements/invite.ts';
import { counted, listed } from '../texts/grammar.ts';
import { eraseSpeaker, openInvitations } from './erase-speaker.ts';
import { type DataSubject, holdingsOf, lettersOf, mailsOf, registrationsOf, signedUpBy } from './holdings.ts';

/**
 * Erases at their own request what a county board holds about somebody (GDPR article 17). Seats at coming events are
 * cancelled first and go to those who wait. Of a registration a row without personal data stays, so that statistics stay
 * as they were; of the erasing itself the log keeps that it happened, and by whom.
 * @param isTold whether letters say that seats have been cancelled; they are erased when they have left
 */
export async function erasePerson(context: Context, person: DataSubject, isTold: boolean): Promise<void> {
  const { registrations } = await holdingsOf(person, context.now);
  for (const { registration, event } of registrations.filter(({ isComing }) => isComing))
    await cancelMany(context, event._id, { people: [registration._id], isTold });
  for (const invitation of await openInvitations(person)) await takeBackInvitation(context, invitation);
  await transaction(() => eraseAll(context, person, isTold));
}

async function eraseAll(context: Context, person: DataSubject, isTold: boolean): Promise<void> {
  const { authority, email } = person;
  const rows = await RegistrationModel.find(registrationsOf(person)).lean<Registration[]>();
  const ids = rows.map(({ _id }) => _id);
  await eraseLetters(person, ids, isTold);
  for (const row of rows) await eraseFromList(row);
  await eraseRegistrar(person);
  const spoke = await eraseSpeaker(person);
  await MailModel.deleteMany(mailsOf(person, ids));
  await MailingModel.updateMany({ authority, after: email, doneAt: { $ne: null } }, { $unset: { after: 1 } });
  await LinkRequestModel.deleteMany({ email, kind: 'lostLink' });
  await OpeningReminderModel.deleteMany({ authority, email });
  await OriginModel.deleteMany({ _id: { $in: ids } });
  await eraseFromForms(person);
  await eraseFromReports(person, rows);
  const changes = rows.map((row) => ({ updateOne: withoutPerson(row, context.now) }));
  if (changes.length > 0) await RegistrationModel.bulkWrite(changes, { strict: false });
  const about = listed([
    ...(rows.length > 0 || !spoke ? [counted(rows.length, 'anmälan', 'anmälningar')] : []),
    ...(spoke ? ['posten i registret över medverkande'] : []),
  ]);
  await logAction(context, { authority, action: 'person.erased', about });
}

/** Those that tell of a cancelled seat leave first; a letter that somebody without a registration wanted does not. */
async function eraseLetters(person: DataSubject, ids: Types.ObjectId[], isTold: boolean): Promise<void> {
  const all = lettersOf(person, ids);
  const waiting = {
    kind: { $in: ['cancelled', 'left-waiting-list', 'speaker-removed'] },
    state: { $in: ['queued', 'sending'] as const },
  };
  await LetterModel.deleteMany({ ...all, kind: 'sign-up-open' });
  if (isTold) await LetterModel.updateMany({ $and: [all, waiting] }, { $set: { isErasedOnceSent: true } });
  await LetterModel.deleteMany({ ...all, ...(isTold && { isErasedOnceSent: { $ne: true } }) });
  // Letters to another address of the same mailbox stay, and need not say whose it is.
  const same = { authority: person.authority, mailbox: mailboxOf(person.email) };
  await LetterModel.updateMany({ ...same, isErasedOnceSent: { $ne: true } }, { $unset: { mailbox: 1 } });
}

/** The one who signed the person up has a list with their name. A letter without bytes is written from its facts when it is shown. */
async function eraseFromList({ event, registeredBy, givenName, familyName }: Registration): Promise<void> {
  if (!registeredBy) return;
  const list = { event, kind: 'colleagues-list', 'to.address': registeredBy.email };
  const change = { $pull: { 'facts.names': `${givenName} ${familyName}` }, $unset: { raw: 1 as const } };
  await LetterModel.updateMany(list, change);
}

/** What organisers typed about the person and could not send in time. */
async function eraseFromForms({ authority, email }: DataSubject): Promise<void> {
  if (!email) return;
  const organisers = await OrganiserModel.distinct('_id', { authority });
  const about = { name: 'email', value: new RegExp(`^${RegExp.escape(email)}$`, 'i') };
  await KeptFormModel.deleteMany({ organiser: { $in: organisers }, fields: { $elemMatch: about } });
}

/** Those whom the person signed up keep their own registrations and letters, which no longer say by whom. */
async function eraseRegistrar(person: DataSubject): Promise<void> {
  const colleagues = await RegistrationModel.distinct('_id', signedUpBy(person));
  await RegistrationModel.updateMany({ _id: { $in: colleagues } }, { $unset: { registeredBy: 1 } });
  const named = { registration: { $in: colleagues }, 'facts.registeredBy': { $exists: true } };
  await LetterModel.updateMany(named, { $unset: { 'facts.registeredBy': 1, raw: 1 } });
}

/** What statistics count, and nothing else that the registration held, whatever fields there are. */
function withoutPerson(registration: Registration, erasedAt: Date) {
  const { _id, event, authority, status, example, ...left } = registration;
  const { municipality, role, mode, present, attendedMode, walkIn, ...personal } = left;
  const gone = Object.fromEntries(Object.keys(personal).map((field) => [field, 1]));
  // The address must differ from all others' at the event.
  const { email: _email, waitsFor: _waitsFor, ...$unset } = gone;
  return { filter: { _id }, update: { $set: { email: String(_id), waitsFor: [], erasedAt }, $unset } };
}

/** Erases the letters to people who have been erased, once these letters are no longer on their way. */
export async function eraseSentLetters(): Promise<void> {
  const state = { $nin: ['queued', 'sending', 'held'] as const };
  await LetterModel.deleteMany({ isErasedOnceSent: true, state });
}
