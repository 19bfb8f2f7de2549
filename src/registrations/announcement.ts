import { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Act } from '../base/act.ts';
import { type Event, type Mode, modes } from '../events/event.ts';
import type { Letter } from '../post/letter.ts';
import { type OwedLetter, type Standing, standings } from '../post/outbox.ts';
import type { Subject } from './letters.ts';
import { countByMode } from './participants.ts';
import { type Registration, RegistrationModel } from './registration.ts';
import { concernedModes, eventCancellationRow, revisionRow, toldOf } from './revisions.ts';

/** How many of each way hear of something and how many do not, and a letter that one of each way would get. */
export type Announcement = {
  counts: { mode: Mode; told: number; untold: number }[];
  samples: { mode: Mode; letter: Letter }[];
};

/** Whom a change of an event would be told, with which letters (N10). Nothing is stored. */
export async function announceChange(
  act: Act,
  before: Event,
  planned: Event,
  authority: Authority,
): Promise<Announcement> {
  const concerned = concernedModes(before, planned, act.now);
  return announce(before._id, concerned, (registration, standing) => {
    const subject = { registration, event: planned, authority };
    return revisionRow(act, { ...subject, before: toldOf(before, registration.mode) }, standing);
  });
}

/** Whom the cancellation of an event would be told, with which letters. Nothing is stored. */
export async function announceCancellation(
  act: Act,
  event: Event,
  authority: Authority,
  reason: string,
): Promise<Announcement> {
  const letterTo = (registration: Registration, standing?: Standing) =>
    eventCancellationRow(act, { registration, event, authority } satisfies Subject, reason, standing);
  return announce(event._id, [...modes], letterTo);
}

async function announce(
  event: Types.ObjectId,
  concerned: Mode[],
  rowOf: (registration: Registration, standing?: Standing) => OwedLetter | null,
): Promise<Announcement> {
  const [numbers, firsts] = await Promise.all([
    countByMode(event),
    Promise.all(concerned.map((mode) => firstOf(event, mode))),
  ]);
  const people = firsts.filter((one) => one !== null);
  const standing = await standings(people.map(({ _id }) => _id));
  const counts = modes.map((mode) => {
    const told = concerned.includes(mode) ? numbers[mode] : 0;
    return { mode, told, untold: numbers[mode] - told };
  });
  const samples = people.flatMap((registration) => {
    const revised = { ...registration, sequence: registration.sequence + 1 };
    const row = rowOf(revised, standing.get(registration.uid));
    return row ? [{ mode: registration.mode, letter: unsent(row) }] : [];
  });
  return { counts: counts.filter(({ told, untold }) => told + untold > 0), samples };
}

/** Who signed up first stands for all who attend that way. */
async function firstOf(event: Types.ObjectId, mode: Mode): Promise<Registration | null> {
  return RegistrationModel.findOne({ event, mode, status: 'confirmed' })
    .sort({ createdAt: 1, _id: 1 })
    .lean<Registration>();
}

/** A letter as the worker would find it, which is in no queue. */
export function unsent({ calendar, ...row }: OwedLetter): Letter {
  return {
    ...row,
    ...(calendar && { calendar }),
    _id: new Types.ObjectId(),
    attempts: 0,
    mayHaveLeft: false,
  };
}
