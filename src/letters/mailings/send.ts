import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import { note } from '../../audit/log.ts';
import { type Authority, findAuthority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { type OwedLetter, owe } from '../../outbox/outbox.ts';
import { letterRow, type Subject } from '../../registrations/owed-letter.ts';
import { type Mailing, MailingModel, wordFields } from './mailing.ts';
import { countPeople, nextPeople } from './receivers.ts';

/** A letter by hand as one person gets it: in the person's language if it was written in that, else in Swedish. */
export function mailingRow(act: Act, mailing: Mailing, subject: Subject): OwedLetter {
  const { email, familyName, language } = subject.registration;
  const spoken = mailing[wordFields(language).text] ? language : 'sv';
  const fields = wordFields(spoken);
  const words = { subject: mailing[fields.subject], text: mailing[fields.text] };
  const receiver = createHash('sha256').update(email).digest('base64url').slice(0, 22);
  return {
    ...letterRow(act, 'utskick', subject, { written: { ...words, familyName } }),
    language: spoken,
    key: `${mailing._id}.utskick.${receiver}`,
  };
}

/** Nobody's: a link for this id opens nothing. */
export const nobody = new Types.ObjectId('0'.repeat(24));

/** Sends the letter to the organiser as the chosen person would get it, except that its personal link opens nothing. */
export async function tryMailing(
  act: Act,
  mailing: Mailing,
  subject: Subject,
  to: OwedLetter['to'],
): Promise<void> {
  const { registration: _registration, ...row } = mailingRow(act, mailing, subject);
  const facts = { ...row.facts, registration: nobody };
  const key = `${mailing._id}.prov.${mailing.version}.${act.now.getTime()}`;
  const exists = { _id: mailing._id, state: 'draft', version: mailing.version } as const;
  await transaction(async (session) => {
    const tested = { tested: mailing.version, testedAt: act.now };
    const { matchedCount } = await MailingModel.updateOne(exists, { $set: tested }, { session });
    if (matchedCount === 1) await owe([{ ...row, facts, key, to }], session);
  });
}

/** What the organiser saw when the button was pressed. */
type Seen = { version: number; count: number };

/**
 * Confirms a letter, once, as it was seen and tested: everybody's copy is owed from then on, whatever happens to this
 * process. A second click finds it sent.
 * @returns stale where the letter or the number of receivers is another than was seen
 */
export async function sendMailing(
  act: Act,
  { _id, event: id }: Mailing,
  event: Event,
  seen: Seen,
): Promise<Mailing | { refused: 'stale' }> {
  return transaction(async (session) => {
    const mailing = await MailingModel.findOne({ _id, event: id }).session(session).orFail().lean<Mailing>();
    if (mailing.state === 'sent') return mailing;
    const count = await countPeople(mailing, session);
    const isSeen =
      mailing.version === seen.version && mailing.tested === seen.version && count === seen.count;
    if (!isSeen || count === 0) return { refused: 'stale' };
    const sent = { state: 'sent', sentAt: act.now, changedAt: act.now, count } as const;
    await MailingModel.updateOne(
      { _id },
      { $set: { ...sent, by: act.by.organiser?.name ?? '' } },
      { session },
    );
    const about = `${event.title} (${count} mottagare)`;
    await note(act, { authority: event.authority, deed: 'mailing.sent', event: event._id, about }, session);
    return { ...mailing, ...sent };
  });
}

/** Puts into the outbox what is missing of the letters that have been confirmed. */
export async function finishMailings(act: Act): Promise<void> {
  const unfinished = await MailingModel.find({ state: 'sent', doneAt: null }, { event: 1 }).lean();
  for (const { _id, event } of unfinished) await finishMailing(act, _id, event);
}

/** So many people share one transaction. */
const most = 500;

/** Owes all copies of a confirmed letter; where it was interrupted it goes on. */
export async function finishMailing(act: Act, id: Types.ObjectId, eventId: Types.ObjectId): Promise<void> {
  const event = await EventModel.findById(eventId).lean<Event>();
  const authority = event && (await findAuthority(event.authority));
  if (!event || !authority) return;
  while (await oweSome(act, id, event, authority));
}

/** @returns whether there is more to do */
async function oweSome(act: Act, id: Types.ObjectId, event: Event, authority: Authority): Promise<boolean> {
  return transaction(async (session) => {
    const open = { _id: id, state: 'sent', doneAt: null } as const;
    const mailing = await MailingModel.findOne(open).session(session).lean<Mailing>();
    if (!mailing) return false;
    const { people, after, more } = await nextPeople(mailing, most, session);
    // First: here two workers meet, and one of them begins again.
    const progress = { after, ...(!more && { doneAt: act.now }) };
    await MailingModel.updateOne({ _id: id }, { $set: progress }, { session });
    await owe(
      people.map((registration) => mailingRow(act, mailing, { registration, event, authority })),
      session,
    );
    return more;
  });
}
