import { findAuthority } from '../authorities/authority.ts';
import { normalisedAddress } from '../base/addresses.ts';
import type { Act } from '../base/context.ts';
import type { ClientSession } from '../base/database.ts';
import type { Reply } from '../calendar/reply.ts';
import { type Event, EventModel } from '../events/event.ts';
import { spendLinks } from '../organisers/sign-in-link.ts';
import { askWhetherComing, noteAnswer } from '../registrations/changes/calendar-answer.ts';
import type { Subject } from '../registrations/owed-letter.ts';
import { type Registration, RegistrationModel } from '../registrations/registration.ts';
import { isAutomatic } from './automatic.ts';
import { judgeReport } from './bounced.ts';
import { type Matter, matterFrom, matterOf, senderOf, tokensIn } from './correlate.ts';
import { isProven } from './dmarc.ts';
import { type Mail, MailModel } from './mail.ts';
import type { Opened } from './parse.ts';
import type { Verdict } from './save-verdict.ts';

/** Decides what a mail is, and does what it may do. Everything in it is a stranger's word until it is proven. */
export async function judge(
  act: Act,
  mail: Mail,
  opened: Opened | { problem: string },
  session: ClientSession,
): Promise<Verdict> {
  // Organisers read what comes in: no link in it may sign anybody in.
  await spendLinks(tokensIn(mail, 'problem' in opened ? {} : opened), act.now, session);
  if ('problem' in opened) return { outcome: 'unreadable' };
  const first = await firstCopy(mail, opened, session);
  if (first) return { outcome: 'duplicate', ...first };
  if (opened.deliveryStatus !== undefined) return judgeReport(act, mail, opened, session);
  if (opened.calendar) return judgeCalendar(act, mail, opened, session);
  const matter = await matterOf(mail, opened, act.settings, session);
  if (isAutomatic(opened, senderOf(mail, opened))) return { outcome: 'automatic', ...matter };
  return { outcome: opened.sealed ? 'sealed' : 'letter', ...matter };
}

/**
 * A mail comes twice if the connection broke after it was taken.
 * @returns whose matter the first one was; others may not see it
 */
async function firstCopy(
  { _id }: Mail,
  { messageId }: Opened,
  session: ClientSession,
): Promise<Matter | null> {
  if (!messageId) return null;
  return MailModel.findOne(
    { messageId, _id: { $ne: _id } },
    { _id: 0, registration: 1, event: 1, authority: 1 },
  )
    .session(session)
    .lean<Matter>();
}

async function judgeCalendar(act: Act, mail: Mail, opened: Opened, session: ClientSession): Promise<Verdict> {
  const { calendar } = opened;
  const matter = await matterOf(mail, opened, act.settings, session);
  if (!calendar || 'problem' in calendar) return { outcome: 'unreadable', ...matter };
  const { reply } = calendar;
  const subject = await subjectOf(reply.uid, session);
  const about = subject ? matterFrom(subject.registration) : matter;
  if (reply.method !== 'REPLY') return { outcome: 'calendar', ...about };
  if (!subject) return { outcome: 'unknown', ...matter };
  if (isAutomatic(opened, senderOf(mail, opened))) return { outcome: 'autoanswer', ...about };
  return { ...(await judgeReply(act, { mail, opened, reply, subject }, session)), ...about };
}

async function subjectOf(uid: string, session: ClientSession): Promise<Subject | null> {
  const registration = await RegistrationModel.findOne({ uid }).session(session).lean<Registration>();
  if (!registration) return null;
  const event = await EventModel.findById(registration.event).session(session).lean<Event>();
  const authority = await findAuthority(registration.authority);
  return event && authority && { registration, event, authority };
}

type Given = { mail: Mail; opened: Opened; reply: Reply; subject: Subject };

/**
 * An answer to one of our invitations: whose it is, to which revision, whether it is news, and whether its sender is
 * proven.
 */
async function judgeReply(
  act: Act,
  { mail, opened, reply, subject }: Given,
  session: ClientSession,
): Promise<Verdict> {
  const { registration, event } = subject;
  const attendee = registration.email;
  const status = reply.answers.get(attendee);
  if (!status || normalisedAddress(opened.from?.address ?? '') !== attendee) return { outcome: 'stranger' };
  if (status === 'other') return { outcome: 'calendar' };

  const answer = { uid: reply.uid, attendee, stamp: reply.stamp };
  if (await isAnswered(mail, answer, session)) return { outcome: 'duplicate' };
  const isOn = registration.status === 'confirmed' && event.state === 'published' && act.now < event.end;
  if (!isOn) return { outcome: 'late', answer };
  if (reply.sequence < registration.sequence) return { outcome: 'old', answer };
  if (!isProven(opened, act.settings.inboundAuthservId)) {
    if (status !== 'declined') return { outcome: 'unproved', answer };
    await askWhetherComing(act, subject, session);
    return { outcome: 'asked', answer };
  }
  // A clock that is ahead must not outdo all later answers.
  const stamp = reply.stamp < act.now ? reply.stamp : act.now;
  const given = { status, at: act.now, stamp, sequence: registration.sequence };
  return { outcome: (await noteAnswer(act, subject, given, session)) ? status : 'older', answer };
}

async function isAnswered(
  { _id }: Mail,
  { uid, attendee, stamp }: NonNullable<Mail['answer']>,
  session: ClientSession,
): Promise<boolean> {
  const same = { 'answer.uid': uid, 'answer.attendee': attendee, 'answer.stamp': stamp, _id: { $ne: _id } };
  return (await MailModel.exists(same).session(session)) !== null;
}
