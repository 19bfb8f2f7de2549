import type { Types } from 'mongoose';
import { note } from '../../audit/log.ts';
import type { Act } from '../../base/context.ts';
import { type ClientSession, transaction } from '../../base/database.ts';
import { isoDay } from '../../base/dates.ts';
import { isCancellable } from '../../events/rules.ts';
import { LetterModel } from '../../outbox/letter.ts';
import { owe } from '../../outbox/outbox.ts';
import { readPlace } from '../locked.ts';
import { letterRow, type Subject } from '../owed-letter.ts';
import { type GivenAnswer, noteOf, type Registration, RegistrationModel } from '../registration.ts';

/** True if the person's calendar has said no to the event as it is now. The person still has the seat. */
export function hasDeclined({ status, answer, sequence }: Registration): boolean {
  return status === 'confirmed' && answer?.status === 'declined' && answer.sequence >= sequence;
}

/**
 * Notes what a calendar has answered. That frees no seat; after a no the person is asked once.
 * @returns false if a newer answer is known
 */
export async function noteAnswer(
  act: Act,
  subject: Subject,
  answer: GivenAnswer,
  session: ClientSession,
): Promise<boolean> {
  const { registration, event } = subject;
  if (registration.answer && registration.answer.stamp >= answer.stamp) return false;
  await RegistrationModel.updateOne({ _id: registration._id }, { $set: { answer } }, { session });
  if (answer.status !== 'declined' || hasDeclined(registration)) return true;
  await note(act, noteOf('registration.declined', registration, event), session);
  await askWhetherComing(act, subject, session);
  return true;
}

/** Asks a person whether to cancel: at most once a day, whatever comes in, and not when it is too late to cancel. */
export async function askWhetherComing(act: Act, subject: Subject, session: ClientSession): Promise<void> {
  if (!isCancellable(subject.event, act.now)) return;
  const letter = letterRow(act, 'fraga', subject, { revision: isoDay(act.now) });
  if (await LetterModel.exists({ key: letter.key }).session(session)) return;
  await owe([letter], session);
}

/** The person comes, whatever the calendar has answered. Twice is no error. */
export async function keepPlace(act: Act, id: Types.ObjectId): Promise<void> {
  await transaction(async (session) => {
    const { registration, event } = await readPlace(id, session);
    const { status, sequence } = registration;
    if (status !== 'confirmed' || registration.answer?.status === 'accepted') return;
    const answer: GivenAnswer = { status: 'accepted', at: act.now, stamp: act.now, sequence };
    await RegistrationModel.updateOne({ _id: id }, { $set: { answer } }, { session });
    await note(act, noteOf('registration.kept', registration, event), session);
  });
}
