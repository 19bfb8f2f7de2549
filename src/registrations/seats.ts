import type { QueryFilter, Types } from 'mongoose';
import type { ClientSession } from '../base/database.ts';
import { type Event, EventModel, type Mode } from '../events/event.ts';

/**
 * Takes one seat of the event as it stands in this transaction: published, open, and free in the chosen way. The
 * condition and the count are one update, so that two people cannot have the same seat.
 * @returns the event after the seat is taken; null where it could not be
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
  if (!leave.beyondSeats)
    conditions.push({
      $or: [{ [`seats.${mode}`]: null }, { $expr: { $lt: [`$taken.${mode}`, `$seats.${mode}`] } }],
    });
  return EventModel.findOneAndUpdate(
    { $and: conditions },
    { $inc: { [`taken.${mode}`]: 1 } },
    { session, returnDocument: 'after' },
  ).lean<Event>();
}

/** Gives a seat back. */
export async function freeSeat(event: Types.ObjectId, mode: Mode, session: ClientSession): Promise<void> {
  await EventModel.updateOne({ _id: event }, { $inc: { [`taken.${mode}`]: -1 } }, { session });
}
