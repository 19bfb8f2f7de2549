import type { Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import { firstState, owe } from '../outbox/outbox.ts';
import type { LetterFacts } from '../registrations/letter-facts.ts';
import { addressee } from '../registrations/owed-letter.ts';
import {
  actionOn,
  changedAfter,
  type Registration,
  RegistrationModel,
} from '../registrations/registration.ts';
import { kindOf } from './kinds/all.ts';
import { asOwed, type NotAgain, type Resent } from './writing/still-true.ts';

type ResentLetter = Letter<LetterFacts>;

/**
 * Owes a letter once more to the person's present address: the same calendar object, byte for byte, in another mail. Only
 * what is still true is said again.
 * @returns the registration that it is about; null if the county board has no such letter
 */
export async function resendLetter(
  context: Context,
  authority: string,
  id: Types.ObjectId,
): Promise<Registration | { refused: NotAgain } | null> {
  return transaction(async () => {
    const found = LetterModel.findOne({ _id: id, authority, listed: true }, { raw: 0 });
    const letter = await found.lean<ResentLetter>();
    if (!letter) return null;
    const registration = await RegistrationModel.findById(letter.registration).lean<Registration>();
    const event = await EventModel.findById(letter.event).lean<Event>();
    if (!registration || !event) return { refused: 'gone' };

    const copies = await copiesOf(letter);
    const resent = { letter, registration, event, now: context.now };
    const refused = hindrance(letter, copies) ?? (await untruth(resent));
    if (refused) return { refused };
    await LetterModel.updateOne({ _id: id }, { $set: { handledAt: context.now } });
    await logAction(context, actionOn('letter.resent', registration, event));
    // The address is tried anew; should it still take no mail, the next bounce says so again. The registration counts as
    // changed, so that an act which changes what the letter says comes wholly before this one or wholly after.
    const changedAt = changedAfter(registration, context.now);
    const change = { $set: { changedAt }, $unset: { bouncedAt: 1 as const } };
    await RegistrationModel.updateOne({ _id: registration._id }, change);
    const copy = copyOf(context, letter, registration, copies.length + 1);
    await owe([{ ...copy, createdAt: changedAt }]);
    return registration;
  });
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

async function untruth(resent: Resent): Promise<NotAgain | undefined> {
  return (kindOf(resent.letter).untruth ?? asOwed)(resent);
}

function copyOf(context: Context, letter: ResentLetter, person: Registration, number: number) {
  const { kind, registration, event, authority, from, replyTo, language, calendar, until, facts } = letter;
  const stays = letter.to.address === person.email || kindOf(letter).keepsAddress;
  return {
    ...{ kind, registration, event, authority, from, replyTo, language, calendar },
    ...(until && { until }),
    to: stays ? letter.to : addressee(person),
    key: `${letter.key.replace(/\.igen\.\d+$/, '')}.igen.${number}`,
    facts: { ...facts, stamp: facts.stamp ?? letter.createdAt, again: firstOf(letter) },
    state: firstState(context, person),
    createdAt: context.now,
    dueAt: context.now,
    listed: true,
  };
}
