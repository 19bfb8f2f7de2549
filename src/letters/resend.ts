import type { Types } from 'mongoose';
import { note } from '../audit/log.ts';
import type { Act } from '../base/context.ts';
import { type ClientSession, transaction } from '../base/database.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import { owe } from '../outbox/outbox.ts';
import type { Facts, LetterKind } from '../registrations/owed-letter.ts';
import {
  active,
  changedAfter,
  noteOf,
  type Registration,
  RegistrationModel,
} from '../registrations/registration.ts';

/**
 * Why a letter is not sent again: one copy is on its way, or held after a restore, there is no mail server, a newer letter says how it is now,
 * what it says is not true any more, it would come too late, or it is about nobody who is registered.
 */
export type NotAgain = 'underway' | 'held' | 'kept' | 'replaced' | 'changed' | 'over' | 'gone';

/**
 * Owes a letter once more to the person's present address: the same calendar object, byte for byte, in a mail of its own
 * (R77). Only what is still true is said again.
 * @returns the registration that it is about; null where the county board has no such letter
 */
export async function resendLetter(
  act: Act,
  authority: string,
  id: Types.ObjectId,
): Promise<Registration | { refused: NotAgain } | null> {
  return transaction(async (session) => {
    const letter = await LetterModel.findOne({ _id: id, authority, listed: true }, { raw: 0 })
      .session(session)
      .lean<Letter>();
    if (!letter) return null;
    const registration = await RegistrationModel.findById(letter.registration)
      .session(session)
      .lean<Registration>();
    const event = await EventModel.findById(letter.event).session(session).lean<Event>();
    if (!registration || !event) return { refused: 'gone' };

    const copies = await copiesOf(letter, session);
    const refused =
      hindrance(letter, copies) ??
      untruth(letter, registration, event, act.now) ??
      (await hasComeBack(letter, registration, session));
    if (refused) return { refused };
    await LetterModel.updateOne({ _id: id }, { $set: { handledAt: act.now } }, { session });
    await note(act, noteOf('letter.resent', registration, event), session);
    // The address is tried anew; should it still take no mail, the next bounce says so again. The registration counts as
    // changed, so that an act which changes what the letter says comes wholly before this one or wholly after.
    const changedAt = changedAfter(registration, act.now);
    const change = { $set: { changedAt }, $unset: { bouncedAt: 1 as const } };
    await RegistrationModel.updateOne({ _id: registration._id }, change, { session });
    const copy = copyOf(act, letter, registration, copies.length + 1);
    await owe([{ ...copy, createdAt: changedAt }], session);
    return registration;
  });
}

/** The letter that all copies are copies of. */
function firstOf(letter: Letter): Types.ObjectId {
  return (letter.facts as Facts).again ?? letter._id;
}

async function copiesOf(letter: Letter, session: ClientSession): Promise<Pick<Letter, 'state'>[]> {
  const copies = { registration: letter.registration, 'facts.again': firstOf(letter) };
  return LetterModel.find(copies, { state: 1 }).session(session).lean();
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
  const facts = letter.facts as Facts;
  const kind = letter.kind as LetterKind;
  if (kind === 'utskick') return undefined;
  if (kind === 'tack' || kind === 'saknad')
    return registration.present === (kind === 'tack') ? undefined : 'changed';
  // Nothing about what has ended (R37).
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

/** One who has signed up again is not told of the cancellation once more (R38). */
async function hasComeBack(
  { kind }: Letter,
  { event, email }: Registration,
  session: ClientSession,
): Promise<NotAgain | undefined> {
  if (kind !== 'avbokad' && kind !== 'lamnat') return undefined;
  const again = await RegistrationModel.exists({ event, email, status: { $in: active } }).session(session);
  return again ? 'changed' : undefined;
}

function copyOf(act: Act, letter: Letter, { email, ...person }: Registration, number: number) {
  const { kind, registration, event, authority, from, replyTo, language, calendar, until, facts } = letter;
  const name = `${person.givenName} ${person.familyName}`;
  const stays = letter.to.address === email || kind === 'nyadress';
  return {
    ...{ kind, registration, event, authority, from, replyTo, language, calendar },
    ...(until && { until }),
    to: stays ? letter.to : { name, address: email },
    key: `${letter.key.replace(/\.igen\.\d+$/, '')}.igen.${number}`,
    facts: { ...facts, stamp: (facts as Facts).stamp ?? letter.createdAt, again: firstOf(letter) },
    state: act.settings.smtpUrl && !person.example ? ('queued' as const) : ('kept' as const),
    createdAt: act.now,
    dueAt: act.now,
    listed: true,
  };
}
