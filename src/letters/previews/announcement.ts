import { type QueryFilter, Types } from 'mongoose';
import type { Authority } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { type Event, type Mode, modes } from '../../events/event.ts';
import type { Letter } from '../../outbox/letter.ts';
import { type OwedLetter, type Standing, standings } from '../../outbox/outbox.ts';
import {
  concernedModes,
  eventCancellationRow,
  heardBy,
  revisionRow,
  toldOf,
} from '../../registrations/changes/calendar-updates.ts';
import type { Subject } from '../../registrations/owed-letter.ts';
import { active, type Registration, RegistrationModel } from '../../registrations/registration.ts';

/** How many hear of something, and how many do not. */
type Counts = { told: number; untold: number };

/** How many of each way hear of something, how many of those who wait for a seat, and a letter that one of each would get. */
export type Announcement = {
  counts: (Counts & { mode: Mode })[];
  waiting: Counts;
  samples: { mode: Mode; waits: boolean; letter: Letter }[];
};

/** Who would be told of a change of an event, with which letters. Nothing is stored. */
export async function announceChange(
  act: Act,
  before: Event,
  planned: Event,
  authority: Authority,
): Promise<Announcement> {
  const heard = heardBy(before, planned, concernedModes(before, planned, act.now));
  return announce(before._id, heard, (registration, standing) => {
    const subject = { registration, event: planned, authority };
    return revisionRow(act, { ...subject, before: toldOf(before, registration) }, standing);
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
  return announce(event._id, {}, letterTo);
}

async function announce(
  event: Types.ObjectId,
  heard: QueryFilter<Registration>,
  rowOf: (registration: Registration, standing?: Standing) => OwedLetter | null,
): Promise<Announcement> {
  const everybody = { event, status: { $in: active } };
  const hearers = { ...everybody, ...heard };
  const [all, told, firsts] = await Promise.all([count(everybody), count(hearers), firstsOf(hearers)]);
  const counts = modes.map((mode) => ({ mode, ...compared(all, told, { status: 'confirmed', mode }) }));
  const standing = await standings(firsts.map(({ _id }) => _id));
  const samples = firsts.flatMap((registration) => {
    const revised = { ...registration, sequence: registration.sequence + 1 };
    const row = rowOf(revised, standing.get(registration.uid));
    const { mode, status } = registration;
    return row ? [{ mode, waits: status === 'waiting', letter: unsent(row) }] : [];
  });
  return {
    counts: counts.filter((one) => one.told + one.untold > 0),
    waiting: compared(all, told, { status: 'waiting' }),
    samples,
  };
}

type Group = { status: Registration['status']; mode: Mode; number: number };

async function count(people: QueryFilter<Registration>): Promise<Group[]> {
  return RegistrationModel.aggregate<Group>([
    { $match: people },
    { $group: { _id: { status: '$status', mode: '$mode' }, number: { $sum: 1 } } },
    { $project: { _id: 0, status: '$_id.status', mode: '$_id.mode', number: 1 } },
  ]);
}

function compared(all: Group[], told: Group[], which: Partial<Group>): Counts {
  const sum = (groups: Group[]) =>
    groups
      .filter(({ status, mode }) => status === which.status && (!which.mode || mode === which.mode))
      .reduce((total, { number }) => total + number, 0);
  return { told: sum(told), untold: sum(all) - sum(told) };
}

/** Who signed up first stands for all who attend that way, and the first in the queue for all who wait. */
async function firstsOf(hearers: QueryFilter<Registration>): Promise<Registration[]> {
  const first = (who: QueryFilter<Registration>) =>
    RegistrationModel.findOne({ $and: [hearers, who] })
      .sort({ queuedAt: 1, createdAt: 1, _id: 1 })
      .lean<Registration>();
  const seated = modes.map((mode) => first({ status: 'confirmed', mode }));
  const firsts = await Promise.all([...seated, first({ status: 'waiting' })]);
  return firsts.filter((one) => one !== null);
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
