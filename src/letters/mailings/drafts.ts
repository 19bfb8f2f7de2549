import { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { idFrom } from '../../base/database.ts';
import type { Event } from '../../events/event.ts';
import { type Mailing, type MailingFilter, MailingModel, type MailingWords } from './mailing.ts';

type DraftPlan = { words: MailingWords; filter: MailingFilter };

/** A letter of this event by its id as an address brings it; null if the event has no such letter. */
export async function findMailing(event: Types.ObjectId, id: unknown): Promise<Mailing | null> {
  const _id = idFrom(id);
  return _id ? MailingModel.findOne({ _id, event }).lean<Mailing>() : null;
}

/** The letters by hand of an event, the latest first. */
export async function listMailings(event: Types.ObjectId): Promise<Mailing[]> {
  return MailingModel.find({ event }).sort({ changedAt: -1 }).lean<Mailing[]>();
}

/** A new draft. */
export async function writeDraft(
  context: Context,
  event: Event,
  { words, filter }: DraftPlan,
): Promise<Mailing> {
  const draft: Mailing = {
    _id: new Types.ObjectId(),
    event: event._id,
    authority: event.authority,
    filter,
    ...words,
    by: context.by.organiser?.name ?? '',
    state: 'draft',
    changedAt: context.now,
    version: 1,
  };
  await MailingModel.insertMany([draft], { lean: true });
  return draft;
}

/** Changes a draft. Other receivers for the same words need no new test. @returns false if it has been sent since */
export async function changeDraft(
  context: Context,
  before: Mailing,
  { words, filter }: DraftPlan,
): Promise<boolean> {
  const same = (Object.keys(words) as (keyof MailingWords)[]).every((name) => words[name] === before[name]);
  const version = before.version + 1;
  const stillTested = same && before.tested === before.version;
  const change = {
    $set: {
      ...words,
      filter,
      version,
      changedAt: context.now,
      by: context.by.organiser?.name ?? '',
      ...(stillTested && { tested: version }),
    },
  };
  const { matchedCount } = await MailingModel.updateOne({ _id: before._id, state: 'draft' }, change);
  return matchedCount === 1;
}

/** Takes a draft away; what has been sent stays. */
export async function removeDraft(id: Types.ObjectId): Promise<void> {
  await MailingModel.deleteOne({ _id: id, state: 'draft' });
}
