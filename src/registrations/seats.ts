import type { QueryFilter, Types } from 'mongoose';
import type { ClientSession } from '../base/database.ts';
import { type Event, EventModel, type Mode, modes } from '../events/event.ts';
import { queuedModes, statusOf } from '../events/rules.ts';

/**
 * Takes one seat of the event if, in this transaction, it is published and open, has a free seat in the chosen way, and
 * nobody waits for that. The condition and the count are one update, so that two people cannot get the same seat.
 * @returns the event after the seat is taken; null if it could not be taken
 */
export async function takeSeat(
  event: Types.ObjectId,
  mode: Mode,
  now: Date,
  leave: { late?: boolean; beyondSeats?: boolean },
  session: ClientSession,
): Promise<Event | null> {
  const conditions: QueryFilter<Event>[] = [
    { _id: event, state: 'published', [`seats.${mode}`]: { $ne: 0 } },
  ];
  if (!leave.late)
    conditions.push(
      { closesAt: { $gt: now }, start: { $gt: now } },
      { $or: [{ opensAt: null }, { opensAt: { $lte: now } }] },
    );
  if (!leave.beyondSeats) {
    const isFree = { $expr: { $lt: [`$taken.${mode}`, `$seats.${mode}`] }, [`waiting.${mode}`]: 0 };
    conditions.push({ $or: [{ [`seats.${mode}`]: null }, isFree] });
  }
  return EventModel.findOneAndUpdate(
    { $and: conditions },
    { $inc: { [`taken.${mode}`]: 1 } },
    { session, returnDocument: 'after' },
  ).lean<Event>();
}

/**
 * Takes a place at the end of the queue for each of these ways, while sign-up and the waiting list are open and none of
 * them has a seat. The order is that of the writes, not of the clocks of those who asked.
 * @returns the event with its queues as they then are, the place in time being its `lastQueuedAt`; null where it could not be
 */
export async function joinQueue(
  event: Types.ObjectId,
  wishes: Mode[],
  now: Date,
  leave: { late?: boolean },
  session: ClientSession,
): Promise<Event | null> {
  const seen = await EventModel.findById(event).session(session).orFail().lean<Event>();
  const isOpen = ['open', 'full'].includes(statusOf(seen, now)) || (leave.late && seen.state === 'published');
  const queued = queuedModes(seen, now);
  if (!isOpen || !wishes.every((mode) => queued.includes(mode))) return null;
  const lastQueuedAt = new Date(Math.max(+now, Number(seen.lastQueuedAt ?? 0) + 1));
  return recount(event, { joined: wishes, lastQueuedAt }, session);
}

/** People by the ways of their seats or queues; somebody in two queues stands in both. */
type Counted = { taken?: Mode[]; freed?: Mode[]; joined?: Mode[]; left?: Mode[]; lastQueuedAt?: Date };

/**
 * Counts seats that are taken and freed, and queues that are joined and left, as one update. Whoever frees seats or makes
 * some promotes those who wait (promotion.ts).
 * @returns the event as it then is
 */
export async function recount(
  event: Types.ObjectId,
  { taken = [], freed = [], joined = [], left = [], lastQueuedAt }: Counted,
  session: ClientSession,
): Promise<Event> {
  const number = (ways: Mode[], mode: Mode) => ways.filter((way) => way === mode).length;
  const $inc = Object.fromEntries(
    modes.flatMap((mode) => [
      [`taken.${mode}`, number(taken, mode) - number(freed, mode)],
      [`waiting.${mode}`, number(joined, mode) - number(left, mode)],
    ]),
  );
  const change = { $inc, ...(lastQueuedAt && { $set: { lastQueuedAt } }) };
  return EventModel.findByIdAndUpdate(event, change, { session, returnDocument: 'after' })
    .orFail()
    .lean<Event>();
}
