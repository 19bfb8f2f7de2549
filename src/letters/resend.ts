import type { Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import { firstState, owe } from '../outbox/outbox.ts';
import type { LetterFacts } from '../registrations/letter-facts.ts';
import { addressee } from '../registrations/owed-letter.ts';
import { changedAfter, type Registration, RegistrationModel } from '../registrations/registration.ts';
import { type Engagement, EngagementModel } from '../speakers/engagements/engagement.ts';
import { kindOf } from './kinds/all.ts';
import { asOwed, asToldSpeaker, type NotAgain } from './writing/still-true.ts';

type ResentLetter = Letter<LetterFacts>;

/** Whom a letter is about: a participant, or a speaker. */
type Recipient = Registration | Engagement;

/**
 * Owes a letter once more to the person's present address: the same calendar object, byte for byte, in another mail. Only
 * what is still true is said again.
 * @returns the registration or engagement that it is about; null if the county board has no such letter
 */
export async function resendLetter(
  context: Context,
  authority: string,
  id: Types.ObjectId,
): Promise<Recipient | { refused: NotAgain } | null> {
  return transaction(async () => {
    const found = LetterModel.findOne({ _id: id, authority, listed: true }, { raw: 0 });
    const letter = await found.lean<ResentLetter>();
    if (!letter) return null;
    const person = await personOf(letter);
    const event = await EventModel.findById(letter.event).lean<Event>();
    if (!person || !event) return { refused: 'gone' };

    const copies = await copiesOf(letter);
    const refused = hindrance(letter, copies) ?? (await untruth(letter, person, event, context.now));
    if (refused) return { refused };
    await LetterModel.updateOne({ _id: id }, { $set: { handledAt: context.now } });
    const about = {
      event: event._id,
      about: event.title,
      ...(!isSpeaker(person) && { registration: person._id }),
    };
    await logAction(context, { authority, action: 'letter.resent', ...about });
    const changedAt = await touch(context, person);
    const copy = copyOf(context, letter, person, copies.length + 1);
    await owe([{ ...copy, createdAt: changedAt }]);
    return person;
  });
}

/** True for a speaker's engagement. */
export function isSpeaker(person: Recipient): person is Engagement {
  return 'speaker' in person;
}

async function personOf({ facts, registration }: ResentLetter): Promise<Recipient | null> {
  return facts.speaker
    ? EngagementModel.findById(registration).lean<Engagement>()
    : RegistrationModel.findById(registration).lean<Registration>();
}

/**
 * The address is tried anew; should it still take no mail, the next bounce says so again. The person counts as changed, so
 * that an act which changes what the letter says comes wholly before this one or wholly after.
 * @returns the moment of the change
 */
async function touch({ now }: Context, person: Recipient): Promise<Date> {
  const { _id } = person;
  const changedAt = changedAfter(person, now);
  if (isSpeaker(person)) await EngagementModel.updateOne({ _id }, { $set: { changedAt } });
  else await RegistrationModel.updateOne({ _id }, { $set: { changedAt }, $unset: { bouncedAt: 1 } });
  return changedAt;
}

/** The letter that all copies are copies of. */
function firstOf({ _id, facts }: ResentLetter): Types.ObjectId {
  return facts.again ?? _id;
}

async function copiesOf(letter: ResentLetter): Promise<Pick<Letter, 'state'>[]> {
  const copies = { registration: letter.registration, 'facts.again': firstOf(letter) };
  return LetterModel.find(copies, { state: 1 }).lean();
}

function hindrance({ state }: ResentLetter, copies: Pick<Letter, 'state'>[]): NotAgain | undefined {
  if ([{ state }, ...copies].some((one) => one.state === 'queued' || one.state === 'sending'))
    return 'underway';
  if ([{ state }, ...copies].some((one) => one.state === 'held')) return 'held';
  if (state === 'kept') return 'kept';
  return state === 'dropped' ? 'replaced' : undefined;
}

async function untruth(letter: ResentLetter, person: Recipient, event: Event, now: Date) {
  const { untruth = asOwed, trueFor } = kindOf(letter);
  if (!isSpeaker(person)) return untruth({ letter, registration: person, event, now });
  return trueFor && asToldSpeaker({ letter, engagement: person, event, now }, trueFor);
}

function copyOf(context: Context, letter: ResentLetter, person: Recipient, number: number) {
  const { kind, registration, event, authority, from, replyTo, language, calendar, until, facts } = letter;
  const stays = letter.to.address === person.email || kindOf(letter).keepsAddress;
  return {
    ...{ kind, registration, event, authority, from, replyTo, language, calendar },
    ...(until && { until }),
    to: stays ? letter.to : addressOf(person),
    key: `${letter.key.replace(/\.igen\.\d+$/, '')}.igen.${number}`,
    facts: { ...facts, stamp: facts.stamp ?? letter.createdAt, again: firstOf(letter) },
    state: firstState(context, person),
    createdAt: context.now,
    dueAt: context.now,
    listed: true,
  };
}

function addressOf(person: Recipient) {
  return isSpeaker(person) ? { name: person.name, address: person.email } : addressee(person);
}
