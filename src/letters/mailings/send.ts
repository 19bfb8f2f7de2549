import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { type OwedLetter, owe } from '../../outbox/outbox.ts';
import type { LetterFacts, Subject } from '../../registrations/letter-facts.ts';
import { inTurns } from '../../registrations/locked.ts';
import { letterRow } from '../../registrations/owed-letter.ts';
import { speakerRow } from '../../speakers/engagements/letters.ts';
import { type Mailing, MailingModel, wordFields } from './mailing.ts';
import { countMailingReceivers, type MailingReceiver, nextMailingReceivers } from './receivers.ts';

/** Who gets a letter by hand, about which event, from which county board. */
export type MailingSubject = Omit<Subject, 'receiver'> & { receiver: MailingReceiver };

/** A letter by hand as one person gets it: in the person's language if it was written in that, else in Swedish. */
export function mailingRow(
  context: Context,
  mailing: Mailing,
  subject: MailingSubject,
): OwedLetter<LetterFacts> {
  const { email, language } = subject.receiver;
  const spoken = mailing[wordFields(language).text] ? language : 'sv';
  const fields = wordFields(spoken);
  const words = { subject: mailing[fields.subject], text: mailing[fields.text] };
  const receiver = createHash('sha256').update(email).digest('base64url').slice(0, 22);
  return {
    ...rowOf(context, subject, words),
    language: spoken,
    key: `${mailing._id}.utskick.${receiver}`,
  };
}

function rowOf(
  context: Context,
  { receiver, ...about }: MailingSubject,
  words: { subject: string; text: string },
): OwedLetter<LetterFacts> {
  if ('speaker' in receiver) {
    const written = { ...words, familyName: '' };
    return speakerRow(context, { engagement: receiver, ...about }, 'mailing', { written });
  }
  const written = { ...words, familyName: receiver.familyName };
  return letterRow(context, { receiver, ...about }, 'mailing', { written });
}

/** The id of no registration: a personal link for it opens nothing. */
export const nobody = new Types.ObjectId('0'.repeat(24));

/** Sends the letter to the organiser as the chosen person would get it, except that its personal link opens nothing. */
export async function tryMailing(
  context: Context,
  mailing: Mailing,
  subject: MailingSubject,
  to: OwedLetter['to'],
): Promise<void> {
  const { registration: _registration, mailbox: _mailbox, ...row } = mailingRow(context, mailing, subject);
  const facts = { ...row.facts, registration: nobody };
  const key = `${mailing._id}.prov.${mailing.version}.${context.now.getTime()}`;
  const exists = { _id: mailing._id, state: 'draft', version: mailing.version } as const;
  await transaction(async () => {
    const tested = { tested: mailing.version, testedAt: context.now };
    const { matchedCount } = await MailingModel.updateOne(exists, { $set: tested });
    if (matchedCount === 1) await owe([{ ...row, facts, key, to }]);
  });
}

/** What the organiser saw when the button was pressed. */
type SeenMailing = { version: number; count: number };

/**
 * Confirms a letter, once, as it was seen and tested: everybody's copy is owed from then on, whatever happens to this
 * process. A second click finds it sent.
 * @returns a conflict if the letter or the number of receivers is another than was seen
 */
export async function sendMailing(
  context: Context,
  { _id, event: id }: Mailing,
  event: Event,
  seen: SeenMailing,
): Promise<Mailing | { refused: 'conflict' }> {
  return transaction(async () => {
    const mailing = await MailingModel.findOne({ _id, event: id }).orFail().lean<Mailing>();
    if (mailing.state === 'sent') return mailing;
    const count = await countMailingReceivers(mailing);
    const isSeen =
      mailing.version === seen.version && mailing.tested === seen.version && count === seen.count;
    if (!isSeen || count === 0) return { refused: 'conflict' };
    const sent = { state: 'sent', sentAt: context.now, changedAt: context.now, count } as const;
    await MailingModel.updateOne({ _id }, { $set: { ...sent, by: context.by.organiser?.name ?? '' } });
    const about = `${event.title} (${count} mottagare)`;
    await logAction(context, { authority: event.authority, action: 'mailing.sent', event: event._id, about });
    return { ...mailing, ...sent };
  });
}

/** Puts into the outbox what is missing of the letters that have been confirmed. */
export async function finishMailings(context: Context): Promise<void> {
  const unfinished = await MailingModel.find({ state: 'sent', doneAt: null }, { event: 1 }).lean();
  for (const { _id, event } of unfinished) await finishMailing(context, _id, event);
}

/** Owes all copies of a confirmed letter; if it was interrupted it goes on. */
export async function finishMailing(
  context: Context,
  id: Types.ObjectId,
  eventId: Types.ObjectId,
): Promise<void> {
  const event = await EventModel.findById(eventId).lean<Event>();
  if (event) await inTurns(eventId, (most) => oweSome(context, id, event, most));
}

/** @returns whether there is more to do */
async function oweSome(context: Context, id: Types.ObjectId, event: Event, most: number): Promise<boolean> {
  const mailing = await MailingModel.findOne({ _id: id, state: 'sent', doneAt: null }).lean<Mailing>();
  if (!mailing) return false;
  const { people, after, more } = await nextMailingReceivers(mailing, most);
  // First: here two workers meet, and one of them begins again.
  const progress = { after, ...(!more && { doneAt: context.now }) };
  await MailingModel.updateOne({ _id: id }, { $set: progress });
  const authority = await authorityOf(event);
  await owe(people.map((receiver) => mailingRow(context, mailing, { receiver, event, authority })));
  return more;
}
