import type { QueryFilter } from 'mongoose';
import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { type Event, type Mode, modes } from '../../events/event.ts';
import type { Letter } from '../../outbox/letter.ts';
import { type Standing, standings } from '../../outbox/outbox.ts';
import {
  concernedModes,
  eventCancellation,
  heardBy,
  revision,
  toldOf,
  type WaitingUpdate,
} from '../../registrations/changes/calendar-updates.ts';
import type { Unannounced } from '../../registrations/changes/change-event.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import { type LetterTo, letterRow } from '../../registrations/owed-letter.ts';
import { active, type Registration, RegistrationModel } from '../../registrations/registration.ts';
import { unsent } from './unsent.ts';

/** How many hear of something, and how many do not. */
type ToldCounts = { told: number; untold: number };

/** How many hear of something, in each mode and among those who wait for a seat, and a letter that one of each would get. */
export type Announcement = {
  counts: (ToldCounts & { mode: Mode })[];
  waiting: ToldCounts;
  samples: { name: string; mode: Mode; waits: boolean; letter: Letter<LetterFacts> }[];
};

/**
 * The people who would be told of a change of an event, with which letters; `seat` is one of those to people who get a
 * seat by it. Nothing is stored.
 */
export async function announceChange(
  context: Context,
  { event: before, planned, promoted }: Pick<Unannounced, 'event' | 'planned' | 'promoted'>,
  words: string | undefined,
): Promise<Announcement & { seat: Letter<LetterFacts> | undefined }> {
  const heard = heardBy(before, planned, concernedModes(before, planned, context.now));
  const others = { ...heard, _id: { $nin: promoted.map(({ _id }) => _id) } };
  const announcement = await announce(context, planned, others, (registration, standing) =>
    revision(planned, { registration, before: toldOf(before, registration), words }, standing),
  );
  return { ...announcement, seat: await seatLetter(context, planned, promoted[0]) };
}

/** The letter to the first who gets a seat from the waiting list. */
async function seatLetter(context: Context, event: Event, receiver: Registration | undefined) {
  if (!receiver) return undefined;
  const subject = { receiver, event, authority: await authorityOf(event) };
  return unsent(letterRow(context, subject, 'promoted'));
}

/** The people who would be told that an event is cancelled, with which letters. Nothing is stored. */
export async function announceCancellation(
  context: Context,
  event: Event,
  reason: string,
): Promise<Announcement> {
  return announce(context, event, {}, (registration, standing) =>
    eventCancellation(registration, reason, standing),
  );
}

async function announce(
  context: Context,
  event: Event,
  heard: QueryFilter<Registration>,
  letterTo: (registration: Registration, standing?: Standing<WaitingUpdate>) => LetterTo | null,
): Promise<Announcement> {
  const everybody = { event: event._id, status: { $in: active } };
  const hearers = { ...everybody, ...heard };
  const [all, told, firsts] = await Promise.all([count(everybody), count(hearers), firstsOf(hearers)]);
  const counts = modes.map((mode) => ({ mode, ...compared(all, told, { status: 'confirmed', mode }) }));
  const [authority, standing] = [
    await authorityOf(event),
    await standings<WaitingUpdate>(firsts.map(({ _id }) => _id)),
  ];
  const samples = firsts.flatMap(({ mode, status, ...first }) => {
    const revised = { ...first, mode, status, sequence: first.sequence + 1 };
    const owed = letterTo(revised, standing.get(first.uid));
    if (!owed) return [];
    const letter = unsent(
      letterRow(context, { receiver: owed.registration, event, authority }, owed.kind, owed.more),
    );
    const name = `${first.givenName} ${first.familyName}`;
    return [{ name, mode, waits: status === 'waiting', letter }];
  });
  return {
    counts: counts.filter((one) => one.told + one.untold > 0),
    waiting: compared(all, told, { status: 'waiting' }),
    samples,
  };
}

type CountedGroup = { status: Registration['status']; mode: Mode; number: number };

async function count(people: QueryFilter<Registration>): Promise<CountedGroup[]> {
  return RegistrationModel.aggregate<CountedGroup>([
    { $match: people },
    { $group: { _id: { status: '$status', mode: '$mode' }, number: { $sum: 1 } } },
    { $project: { _id: 0, status: '$_id.status', mode: '$_id.mode', number: 1 } },
  ]);
}

function compared(all: CountedGroup[], told: CountedGroup[], which: Partial<CountedGroup>): ToldCounts {
  const sum = (groups: CountedGroup[]) =>
    groups
      .filter(({ status, mode }) => status === which.status && (!which.mode || mode === which.mode))
      .reduce((total, { number }) => total + number, 0);
  return { told: sum(told), untold: sum(all) - sum(told) };
}

/** The first to sign up stands for all who attend in their mode, and the first on the waiting list for all who wait. */
async function firstsOf(hearers: QueryFilter<Registration>): Promise<Registration[]> {
  const first = (who: QueryFilter<Registration>) =>
    RegistrationModel.findOne({ $and: [hearers, who] })
      .sort({ waitingSince: 1, createdAt: 1, _id: 1 })
      .lean<Registration>();
  const seated = modes.map((mode) => first({ status: 'confirmed', mode }));
  const firsts = await Promise.all([...seated, first({ status: 'waiting' })]);
  return firsts.filter((one) => one !== null);
}
