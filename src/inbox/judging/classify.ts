import type { Context } from '../../base/context.ts';
import { normalisedAddress } from '../../base/form/addresses.ts';
import type { CalendarAnswer, Reply } from '../../calendar/reply.ts';
import { spendLinks } from '../../organisers/sign-in-link.ts';
import { askWhetherComing, noteAnswer } from '../../registrations/changes/calendar-answer.ts';
import { type Found, findWithEvent } from '../../registrations/locked.ts';
import { setReminders } from '../../registrations/personal/reminders.ts';
import { type Registration, RegistrationModel } from '../../registrations/registration.ts';
import { type Mail, MailModel } from '../mail.ts';
import type { Opened, Unread } from '../parsing/parse.ts';
import type { Verdict } from '../save-verdict.ts';
import { isAutomatic } from './automatic.ts';
import { judgeReport } from './bounced.ts';
import {
  type Matter,
  matterFrom,
  matterOf,
  returnedLetter,
  senderOf,
  unsubscribedLetter,
} from './correlate.ts';
import { isProven } from './dmarc.ts';
import { judgeSpeakersCalendar } from './speaker-reply.ts';

/** Decides what a mail is, and does what it may do. Everything in it is a stranger's word until it is proven. */
export async function judge(context: Context, mail: Mail, opened: Opened | Unread): Promise<Verdict> {
  // Others than its receiver have had a link that comes in: it must sign nobody in. All are hidden, also beyond these.
  await spendLinks(opened.keys.slice(0, 1000), context.now);
  const letter = await returnedLetter(mail, opened, context.settings);
  const refused = await unsubscribedLetter(mail, opened, context.settings);
  const matter = await matterOf(mail, opened, letter ?? refused, context.settings);
  // Anyone who has the address has the letter, like its link that says the same: its sender need not be proven.
  if (refused?.registration) {
    await setReminders({ _id: refused.registration }, false);
    return { ...matter, outcome: 'unsubscribed' };
  }
  if ('problem' in opened) return { ...matter, outcome: 'unreadable' };
  const first = await firstCopy(mail, opened);
  if (first) return { outcome: 'duplicate', ...first };
  if (opened.deliveryStatus !== undefined)
    return { ...matter, ...(await judgeReport(context, opened, letter)) };
  if (opened.calendar) return { ...matter, ...(await judgeCalendar(context, mail, opened)) };
  if (isAutomatic(opened, senderOf(mail, opened))) return { ...matter, outcome: 'automatic' };
  return { ...matter, outcome: opened.sealed ? 'sealed' : 'letter' };
}

/**
 * A mail comes twice if the connection broke after it was taken.
 * @returns whose matter the first one was; others may not see it
 */
async function firstCopy({ _id }: Mail, { messageId }: Opened): Promise<Matter | null> {
  if (!messageId) return null;
  return MailModel.findOne(
    { messageId, _id: { $ne: _id } },
    { _id: 0, registration: 1, event: 1, authority: 1 },
  ).lean<Matter>();
}

async function judgeCalendar(context: Context, mail: Mail, opened: Opened): Promise<Verdict> {
  const { calendar } = opened;
  if (!calendar || 'problem' in calendar) return { outcome: 'unreadable' };
  const { reply } = calendar;
  const subject = await registrationOf(reply.uid);
  const about = subject ? matterFrom(subject.registration) : {};
  const speakers = subject ? null : await judgeSpeakersCalendar(context, reply);
  if (speakers) return speakers;
  if (reply.method !== 'REPLY') return { outcome: 'calendar', ...about };
  if (!subject) return { outcome: 'unknown' };
  if (isAutomatic(opened, senderOf(mail, opened))) return { outcome: 'autoanswer', ...about };
  return { ...(await judgeReply(context, { mail, opened, reply, subject })), ...about };
}

async function registrationOf(uid: string): Promise<Found | null> {
  const known = await RegistrationModel.findOne({ uid }, { _id: 1 }).lean();
  return known && findWithEvent(known._id);
}

type Given = { mail: Mail; opened: Opened; reply: Reply; subject: Found };

/**
 * An answer to one of our invitations: whose it is, to which revision, whether it is news, and whether its sender is
 * proven.
 */
async function judgeReply(context: Context, { mail, opened, reply, subject }: Given): Promise<Verdict> {
  const { registration, event } = subject;
  const given = answerIn(reply, normalisedAddress(opened.from?.address ?? ''), registration);
  if (!given) return { outcome: 'stranger' };
  const { attendee, status, alias } = given;
  if (status === 'other') return { outcome: 'calendar' };

  const answer = { uid: reply.uid, attendee, stamp: reply.stamp };
  if (await isAnswered(mail, answer)) return { outcome: 'duplicate' };
  const isOn = registration.status === 'confirmed' && event.state === 'published' && context.now < event.end;
  if (!isOn) return { outcome: 'late', answer };
  if (reply.sequence < registration.sequence) return { outcome: 'old', answer };
  if (!isProven(opened, context.settings.inboundAuthservId)) {
    if (status !== 'declined') return { outcome: 'unproved', answer };
    await askWhetherComing(context, subject);
    return { outcome: 'asked', answer };
  }
  // A clock that is ahead must not outdo all later answers.
  const stamp = reply.stamp < context.now ? reply.stamp : context.now;
  const noted = { status, at: context.now, stamp, sequence: registration.sequence, ...alias };
  if (!(await noteAnswer(context, subject, noted))) return { outcome: 'older', answer };
  return { outcome: alias && status === 'declined' ? 'alias' : status, answer };
}

type Answered = { attendee: string; status: CalendarAnswer; alias?: { alias: string } };

/**
 * What counts of a reply: the answer of the registered address; else a no from any other, which may be another address
 * of the same person (nobody else can know the UID but by the invitation), and what that one says after its no.
 * @param from who sent it
 */
function answerIn(
  { answers }: Reply,
  from: string | undefined,
  { email, answer }: Registration,
): Answered | undefined {
  const own = answers.get(email);
  if (own && from === email) return { attendee: email, status: own };
  const [attendee, status] = [...answers][0] ?? [];
  if (!attendee || !status || !from) return undefined;
  const goesOn = answer?.alias === from && status !== 'other';
  return status === 'declined' || goesOn ? { attendee, status, alias: { alias: from } } : undefined;
}

async function isAnswered(
  { _id }: Mail,
  { uid, attendee, stamp }: NonNullable<Mail['answer']>,
): Promise<boolean> {
  const same = { 'answer.uid': uid, 'answer.attendee': attendee, 'answer.stamp': stamp, _id: { $ne: _id } };
  return (await MailModel.exists(same)) !== null;
}
