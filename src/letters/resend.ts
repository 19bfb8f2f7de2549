import type { Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import { firstState, owe } from '../outbox/outbox.ts';
import type { LetterFacts, LetterKind } from '../registrations/owed-letter.ts';
import {
  actionOn,
  active,
  changedAfter,
  type Registration,
  RegistrationModel,
} from '../registrations/registration.ts';

/**
 * Why a letter is not sent again: one copy is on its way, or held after a restore, there is no mail server, a newer letter says how it is now,
 * what it says is not true any more, it would come too late, or it is about nobody who is registered.
 */
export type NotAgain = 'underway' | 'held' | 'kept' | 'replaced' | 'changed' | 'over' | 'gone';

/**
 * Owes a letter once more, to the person's present address: a new mail with the same calendar object, byte for byte.
 * Only what is still true is said again.
 * @returns the registration that it is about; null if the county board has no such letter
 */
export async function resendLetter(
  context: Context,
  authority: string,
  id: Types.ObjectId,
): Promise<Registration | { refused: NotAgain } | null> {
  return transaction(async () => {
    const letter = await LetterModel.findOne({ _id: id, authority, listed: true }, { raw: 0 }).lean<Letter>();
    if (!letter) return null;
    const registration = await RegistrationModel.findById(letter.registration).lean<Registration>();
    const event = await EventModel.findById(letter.event).lean<Event>();
    if (!registration || !event) return { refused: 'gone' };

    const copies = await copiesOf(letter);
    const refused =
      hindrance(letter, copies) ??
      untruth(letter, registration, event, context.now) ??
      (await hasComeBack(letter, registration));
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
function firstOf(letter: Letter): Types.ObjectId {
  return (letter.facts as LetterFacts).again ?? letter._id;
}

async function copiesOf(letter: Letter): Promise<Pick<Letter, 'state'>[]> {
  const copies = { registration: letter.registration, 'facts.again': firstOf(letter) };
  return LetterModel.find(copies, { state: 1 }).lean();
}

function hindrance({ state }: Letter, copies: Pick<Letter, 'state'>[]): NotAgain | undefined {
  if ([{ state }, ...copies].some((one) => one.state === 'queued' || one.state === 'sending'))
    return 'underway';
  if ([{ state }, ...copies].some((one) => one.state === 'held')) return 'held';
  if (state === 'kept') return 'kept';
  return state === 'dropped' ? 'replaced' : undefined;
}

/** How the registration must stand for the letter to be true, where that is not with a seat, or waiting as it did then. */
const standing: Partial<Record<LetterKind, Registration['status'][]>> = {
  avbokad: ['cancelled'],
  lamnat: ['cancelled'],
  ingenplats: ['waiting', 'cancelled'],
};

function untruth(letter: Letter, registration: Registration, event: Event, now: Date): NotAgain | undefined {
  const facts = letter.facts as LetterFacts;
  const kind = letter.kind as LetterKind;
  if (kind === 'utskick') return undefined;
  if (kind === 'tack' || kind === 'saknad')
    return registration.present === (kind === 'tack') ? undefined : 'changed';
  // Nothing is sent about an event that has ended: calendars ignore it.
  if (now >= event.end || (letter.until && letter.until <= now)) return 'over';
  // Who has said to come since is not asked again.
  if (kind === 'fraga' && registration.answer?.status === 'accepted') return 'changed';
  if (kind === 'nyadress') return registration.email === letter.to.address ? 'changed' : undefined;
  if (facts.uid !== registration.uid || facts.sequence !== registration.sequence) return 'replaced';
  const allowed = standing[kind] ?? [facts.waitsUntil ? 'waiting' : 'confirmed'];
  const isTrue =
    allowed.includes(registration.status) && (event.state === 'cancelled') === (kind === 'installt');
  return isTrue ? undefined : 'changed';
}

/** Anyone who has signed up again is not told of the cancellation once more. */
async function hasComeBack({ kind }: Letter, { event, email }: Registration): Promise<NotAgain | undefined> {
  if (kind !== 'avbokad' && kind !== 'lamnat') return undefined;
  const again = await RegistrationModel.exists({ event, email, status: { $in: active } });
  return again ? 'changed' : undefined;
}

function copyOf(context: Context, letter: Letter, { email, ...person }: Registration, number: number) {
  const { kind, registration, event, authority, from, replyTo, language, calendar, until, facts } = letter;
  const name = `${person.givenName} ${person.familyName}`;
  const stays = letter.to.address === email || kind === 'nyadress';
  return {
    ...{ kind, registration, event, authority, from, replyTo, language, calendar },
    ...(until && { until }),
    to: stays ? letter.to : { name, address: email },
    key: `${letter.key.replace(/\.igen\.\d+$/, '')}.igen.${number}`,
    facts: { ...facts, stamp: (facts as LetterFacts).stamp ?? letter.createdAt, again: firstOf(letter) },
    state: firstState(context, person),
    createdAt: context.now,
    dueAt: context.now,
    listed: true,
  };
}
