import type { Types } from 'mongoose';
import type { Plan } from '../../events/details/details.ts';
import { type Event, type Mode, modes } from '../../events/event.ts';
import { type Registration, RegistrationModel } from '../registration.ts';

/** The modes in which a plan has fewer seats than people, and fewer than before: nobody loses a seat silently. */
export function modesWithTooFew({ seats: before, taken }: Event, { seats }: Plan): Mode[] {
  return modes.filter((mode) => {
    const planned = seats[mode] ?? Number.POSITIVE_INFINITY;
    return planned < taken[mode] && planned < (before[mode] ?? Number.POSITIVE_INFINITY);
  });
}

/** How many of those who have a seat can be moved to the waiting list: none if the mode is no longer offered. */
export function lackOf({ seats, taken }: Pick<Event, 'seats' | 'taken'>, mode: Mode): number {
  return seats[mode] ? Math.max(0, taken[mode] - seats[mode]) : 0;
}

/** Those whom the organiser chose to lose their seats; undefined if nothing was decided, or more than are lacking. */
export async function findChosen(
  planned: Event,
  lacking: Mode[],
  chosen: Types.ObjectId[] | undefined,
): Promise<Registration[] | undefined> {
  if (lacking.length === 0) return [];
  if (!chosen) return undefined;
  const filter = { _id: { $in: chosen }, event: planned._id, status: 'confirmed' as const };
  const people = await RegistrationModel.find({ ...filter, mode: { $in: lacking } })
    .sort({ createdAt: 1, _id: 1 })
    .lean<Registration[]>();
  const isFitting = lacking.every(
    (mode) => people.filter((one) => one.mode === mode).length <= lackOf(planned, mode),
  );
  return isFitting ? people : undefined;
}
