import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { offeredModes, waitingListEnd } from '../../events/rules.ts';
import { type PersonOutcome, tellOutcomes, writeRows } from '../acts/write-outcomes.ts';
import { inTurnOf } from '../locked.ts';
import { changedAfter, type Registration } from '../registration.ts';
import { recount } from '../seats.ts';
import { waitingFor } from './waiting-list.ts';

/**
 * Gives the seats that are free to those who have waited longest for them, at once. Every act that frees a seat calls
 * it, in its own transaction, after the event is written: the event's row then holds other processes off. It stops when
 * the list closes, so that nobody gets a seat too late to plan for it.
 * @returns who got one, in the order of the list
 */
export async function promote(context: Context, id: Types.ObjectId): Promise<Types.ObjectId[]> {
  const event = await EventModel.findById(id).orFail().lean<Event>();
  const promoted = await nextInLine(context, event);
  if (promoted.length > 0) await seat(context, event, promoted);
  return promoted.map(({ registration }) => registration._id);
}

/** Those who would get a seat if an event became this, as they would then be registered; nothing is written. */
export async function wouldPromote(context: Context, planned: Event): Promise<Registration[]> {
  return (await nextInLine(context, planned)).map((one) => seated(context, one));
}

type SeatRefusal = { refused: 'cancelled' | 'closed' | 'over' };

/** An organiser's decision: gives somebody who waits a seat in this mode, past the list and the seats, until the event ends. */
export async function giveSeat(
  context: Context,
  id: Types.ObjectId,
  mode: Mode,
): Promise<{ promoted: Types.ObjectId[] } | SeatRefusal> {
  return inTurnOf(
    id,
    async ({ registration, event }): Promise<{ promoted: Types.ObjectId[] } | SeatRefusal> => {
      if (registration.status !== 'waiting') return { refused: 'cancelled' };
      if (event.state !== 'published' || !offeredModes(event).includes(mode)) return { refused: 'closed' };
      if (context.now >= event.end) return { refused: 'over' };
      await seat(context, event, [{ registration, mode }]);
      return { promoted: [id] };
    },
  );
}

type Promoted = { registration: Registration; mode: Mode };

/** Anyone who waited gets the seat at once, with their first invitation. */
async function seat(context: Context, event: Event, promoted: Promoted[]): Promise<void> {
  const outcomes = promoted.map(
    (one): PersonOutcome => ({
      kind: 'promoted',
      action: 'registration.promoted',
      registration: seated(context, one),
    }),
  );
  const left = promoted.flatMap(({ registration }) => registration.waitsFor);
  await recount(context, event._id, { taken: promoted.map(({ mode }) => mode), left });
  await writeRows(outcomes.map(({ registration }) => registration));
  await tellOutcomes(context, event, outcomes);
}

function seated(context: Context, { registration: before, mode }: Promoted): Registration {
  const changedAt = changedAfter(before, context.now);
  return { ...before, mode, status: 'confirmed', waitsFor: [], waitingSince: null, changedAt };
}

/** Those who are next for the free seats. Anyone who would take either mode gets the first of their choices that is free. */
async function nextInLine(context: Context, event: Event): Promise<Promoted[]> {
  if (event.state !== 'published' || context.now >= waitingListEnd(event)) return [];
  const free = { plats: freeFor(event, 'plats'), digitalt: freeFor(event, 'digitalt') };
  const line = new Map<string, Registration>();
  for (const mode of modes) {
    if (free[mode] === 0) continue;
    // Enough, even if those who would take either mode get the other one.
    const first = await waitingFor(event._id, mode).limit(free.plats + free.digitalt);
    for (const one of first) line.set(String(one._id), one);
  }
  return [...line.values()].toSorted(byQueue).flatMap((registration) => {
    const mode = registration.waitsFor.find((one) => free[one] > 0);
    if (!mode) return [];
    free[mode] -= 1;
    return [{ registration, mode }];
  });
}

function freeFor({ seats, taken, waiting }: Event, mode: Mode): number {
  const left = seats[mode] === null ? waiting[mode] : seats[mode] - taken[mode];
  return Math.max(0, Math.min(left, waiting[mode]));
}

function byQueue(one: Registration, other: Registration): number {
  return (
    Number(one.waitingSince) - Number(other.waitingSince) ||
    one._id.toHexString().localeCompare(other._id.toHexString())
  );
}
