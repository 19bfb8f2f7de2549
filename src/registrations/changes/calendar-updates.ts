import type { QueryFilter, Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { type Event, type Mode, modes } from '../../events/event.ts';
import { type Standing, takeBack } from '../../outbox/outbox.ts';
import { type LetterFacts, whereFor } from '../letter-facts.ts';
import { type LetterTo, oweLetters } from '../owed-letter.ts';
import { type Registration, RegistrationModel } from '../registration.ts';

/** When and where, as people know it. */
type KnownFacts = NonNullable<LetterFacts['before']>;

/** Of an invitation that waits to leave: whose entry it is, and what its receiver knew before it. */
export type WaitingUpdate = Pick<LetterFacts, 'uid' | 'before' | 'words'>;

/** Somebody whose calendar entry has a new revision, what was true before it, and the organiser's words about it. */
export type Revised = { registration: Registration; before: KnownFacts; words?: string | undefined };

/** What was true of an event for somebody who attends so. */
export function toldOf(event: Event, who: Pick<Registration, 'mode' | 'status'>): KnownFacts {
  return { start: event.start, end: event.end, place: whereFor(event, who) };
}

/**
 * The ways of attending whose people must hear of a change: all if the time changes, else those whose place or meeting
 * link changes. None for a draft, for an event that has ended, and for other changes: a new revision would reset
 * people's answers (RFC 5546 section 2.1.4).
 */
export function concernedModes(before: Event, planned: Event, now: Date): Mode[] {
  if (planned.state !== 'published' || now >= planned.end) return [];
  return modes.filter((mode) => {
    const who = { mode, status: 'confirmed' as const };
    return !isSame(toldOf(before, who), toldOf(planned, who), planned);
  });
}

/** Who hears of it: those with a seat in such a way, and those who wait for one, if it matters to them; no link is theirs. */
export function heardBy(before: Event, event: Event, concerned: Mode[]): QueryFilter<Registration> {
  const isMoved = +before.start !== +event.start || +before.end !== +event.end;
  const waited = concerned.filter((mode) => isMoved || mode === 'plats');
  return {
    $or: [
      { status: 'confirmed', mode: { $in: concerned } },
      { status: 'waiting', mode: { $in: waited } },
    ],
  };
}

/** True where somebody is registered in one of these ways. */
export async function hasAnybody(event: Types.ObjectId, ways: Mode[]): Promise<boolean> {
  const filter = { event, status: 'confirmed' as const, mode: { $in: ways } };
  return ways.length > 0 && (await RegistrationModel.exists(filter)) !== null;
}

/** Owes everybody the letter about the new revision, and takes back an older one that has not left. */
export async function oweRevisions(context: Context, event: Event, revised: Revised[]): Promise<void> {
  const standing = await takeBack<WaitingUpdate>(revised.map(({ registration }) => registration._id));
  const letters = revised.flatMap((one) => revision(event, one, standing.get(one.registration.uid)) ?? []);
  await oweLetters(context, event, letters);
}

/**
 * The letter about a new revision. Anyone who never got the confirmation gets it now, with the new facts; anyone who has
 * not been told of the last change yet is told of both in one. Null if all is again as the person knows it.
 */
export function revision(
  event: Event,
  { registration, before, words: own }: Revised,
  standing: Standing<WaitingUpdate> | undefined,
): LetterTo | null {
  if (standing && !standing.everLeft) return { kind: 'confirmation', registration };
  const unsent = standing?.unsent[0]?.facts;
  const known = unsent?.before ?? before;
  const told = toldOf(event, registration);
  if (isSame(known, told, event)) return null;
  const words = own || unsent?.words;
  const place = isSamePlace(known, told, event) ? told.place : known.place;
  return { kind: 'changed', registration, more: { before: { ...known, place }, ...(words && { words }) } };
}

/** The letter about a cancelled event. If no invitation can have arrived, there is nothing to take out of a calendar. */
export function eventCancellation(
  registration: Registration,
  reason: string,
  standing: Standing | undefined,
): LetterTo {
  const calendar = standing?.everLeft ? ('CANCEL' as const) : undefined;
  return { kind: 'cancelled-event', registration, more: { reason, calendar } };
}

function isSame(one: KnownFacts, other: KnownFacts, event: Pick<Event, 'linkIsOut'>): boolean {
  return +one.start === +other.start && +one.end === +other.end && isSamePlace(one, other, event);
}

/** Another meeting link is the same place as before, since the digital door leads there, unless people have the link itself. */
function isSamePlace(one: KnownFacts, other: KnownFacts, { linkIsOut }: Pick<Event, 'linkIsOut'>): boolean {
  const bothOnline = [one, other].every(({ place }) => place.startsWith('https://'));
  return one.place === other.place || (bothOnline && !linkIsOut);
}
