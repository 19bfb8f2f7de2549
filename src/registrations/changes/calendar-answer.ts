import type { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { isoDay } from '../../base/dates.ts';
import { isCancellable } from '../../events/rules.ts';
import { LetterModel } from '../../outbox/letter.ts';
import { keyOf } from '../letter-keys.ts';
import { type Found, inTurnOf } from '../locked.ts';
import { oweLetter } from '../owed-letter.ts';
import { actionOn, type GivenAnswer, type Registration, RegistrationModel } from '../registration.ts';

/** True if somebody's calendar has said no to the event in its latest revision. The seat is still theirs. */
export function hasDeclined({ status, answer, sequence }: Registration): boolean {
  return status === 'confirmed' && answer?.status === 'declined' && answer.sequence >= sequence;
}

/**
 * Notes what a calendar has answered, which frees no seat; after a no the person is asked once.
 * @returns false if a newer answer is known
 */
export async function noteAnswer(
  context: Context,
  { registration, event }: Found,
  answer: GivenAnswer,
): Promise<boolean> {
  if (registration.answer && registration.answer.stamp >= answer.stamp) return false;
  await RegistrationModel.updateOne({ _id: registration._id }, { $set: { answer } });
  if (answer.status !== 'declined' || hasDeclined(registration)) return true;
  await logAction(context, actionOn('registration.declined', registration, event));
  await askWhetherComing(context, { registration, event });
  return true;
}

/** Asks a person whether to cancel: at most once a day, whatever comes in, and not if it is too late for it. */
export async function askWhetherComing(context: Context, { registration, event }: Found): Promise<void> {
  if (!isCancellable(event, context.now)) return;
  const revision = isoDay(context.now);
  if (await LetterModel.exists({ key: keyOf(registration, 'are-you-coming', revision) })) return;
  await oweLetter(context, event, { kind: 'are-you-coming', registration, more: { revision } });
}

/** The person comes, whatever the calendar has answered. Saying it twice is no error. */
export async function keepRegistration(context: Context, id: Types.ObjectId): Promise<void> {
  await inTurnOf(id, async ({ registration, event }) => {
    const { status, sequence } = registration;
    if (status !== 'confirmed' || registration.answer?.status === 'accepted') return;
    const answer: GivenAnswer = { status: 'accepted', at: context.now, stamp: context.now, sequence };
    await RegistrationModel.updateOne({ _id: id }, { $set: { answer } });
    await logAction(context, actionOn('registration.kept', registration, event));
  });
}
