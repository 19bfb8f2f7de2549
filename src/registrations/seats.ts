import type { Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { type Event, EventModel, type Mode, modes } from '../events/event.ts';

/** The modes of seats and of places on waiting lists, one for each person. Somebody on two lists counts on both. */
type SeatMoves = {
  taken?: Mode[];
  freed?: Mode[];
  joined?: Mode[];
  left?: Mode[];
  lastWaitingSince?: Date | undefined;
};

/**
 * Counts seats that are taken and freed, and waiting lists that are joined and left, in one update. An act that frees a
 * seat promotes those who wait (`promote`).
 * @returns the event after it
 */
export async function recount(
  { now }: Context,
  event: Types.ObjectId,
  { taken = [], freed = [], joined = [], left = [], lastWaitingSince }: SeatMoves,
): Promise<Event> {
  const number = (people: Mode[], mode: Mode) => people.filter((one) => one === mode).length;
  const $inc = Object.fromEntries(
    modes.flatMap((mode) => [
      [`taken.${mode}`, number(taken, mode) - number(freed, mode)],
      [`waiting.${mode}`, number(joined, mode) - number(left, mode)],
    ]),
  );
  const change = { $inc, $set: { countedAt: now, ...(lastWaitingSince && { lastWaitingSince }) } };
  return EventModel.findByIdAndUpdate(event, change, { returnDocument: 'after' }).orFail().lean<Event>();
}
