import type { QueryFilter, Types } from 'mongoose';
import type { Act } from '../../base/context.ts';
import type { ClientSession } from '../../base/database.ts';
import { type Event, type Mode, modes } from '../../events/event.ts';
import { type OwedLetter, owe, type Standing, takeBack } from '../../outbox/outbox.ts';
import { type Facts, letterRow, type Subject, whereFor } from '../owed-letter.ts';
import { type Registration, RegistrationModel } from '../registration.ts';

/** When and where, as people know it. */
type Told = NonNullable<Facts['before']>;

/** Somebody whose calendar entry has a new revision, as it now is, and what was true before. */
export type Revised = Subject & { before: Told };

/** What was true of an event for somebody who attends so. */
export function toldOf(event: Event, who: Pick<Registration, 'mode' | 'status'>): Told {
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
    return !isSame(toldOf(before, who), toldOf(planned, who));
  });
}

/** Who hears of it: those with a seat in such a way, and of those who wait for one whoever it matters to; no link is theirs. */
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
export async function hasAnybody(
  event: Types.ObjectId,
  ways: Mode[],
  session: ClientSession,
): Promise<boolean> {
  const filter = { event, status: 'confirmed' as const, mode: { $in: ways } };
  return ways.length > 0 && (await RegistrationModel.exists(filter).session(session)) !== null;
}

/** Owes everybody the letter about the new revision, and takes back older ones that have not left. */
export async function oweRevisions(act: Act, revised: Revised[], session: ClientSession): Promise<void> {
  const standing = await takeBack(
    revised.map(({ registration }) => registration._id),
    session,
  );
  const rows = revised.flatMap((one) => revisionRow(act, one, standing.get(one.registration.uid)) ?? []);
  await owe(rows, session);
}

/**
 * The letter about a new revision. Whoever never got the confirmation gets it now, as it has become; whoever was not
 * told of the last change yet is told of both in one. Null where all is again as the person knows it.
 */
export function revisionRow(
  act: Act,
  { before, ...subject }: Revised,
  standing: Standing | undefined,
): OwedLetter | null {
  if (standing && !standing.everLeft) return letterRow(act, 'bekraftelse', subject);
  const waiting = standing?.unsent[0]?.facts as Pick<Facts, 'before'> | undefined;
  const known = waiting?.before ?? before;
  const isKnown = isSame(known, toldOf(subject.event, subject.registration));
  return isKnown ? null : letterRow(act, 'andrat', subject, { before: known });
}

/** The letter about a cancelled event. Anyone who never got an invitation has nothing in the calendar to take out. */
export function eventCancellationRow(
  act: Act,
  subject: Subject,
  reason: string,
  standing: Standing | undefined,
): OwedLetter {
  const calendar = standing?.everLeft ? ('CANCEL' as const) : undefined;
  return letterRow(act, 'installt', subject, { reason, calendar });
}

function isSame(one: Told, other: Told): boolean {
  return +one.start === +other.start && +one.end === +other.end && one.place === other.place;
}
