import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, transaction } from '../base/database.ts';
import { inStockholm } from '../base/dates.ts';
import { inTurn } from '../base/queue.ts';
import { type Event, EventModel, type Mode, modes } from '../events/event.ts';
import { type Plan, type Stale, writeEvent } from '../events/planning.ts';
import { dropUnsentOf, owe } from '../post/outbox.ts';
import { letterRow, whereFor } from './letters.ts';
import { type Registration, RegistrationModel } from './registration.ts';

/** Fewer seats than people who have one: nobody is thrown out silently (F4). */
type TooFew = { refused: 'tooFewSeats'; mode: Mode; taken: number; event: Event };

/**
 * Saves an organiser's plan on the event as the organiser saw it. A published event that moves in time, place or
 * meeting link owes a new invitation to everybody whom that concerns (SEQUENCE + 1, R33); other changes none (R34).
 */
export async function changeEvent(
  act: Act,
  id: Types.ObjectId,
  version: number,
  authority: Authority,
  plan: Plan,
): Promise<Event | Stale | TooFew> {
  return inTurn(String(id), () =>
    transaction(async (session) => {
      const before = await EventModel.findById(id).session(session).orFail().lean<Event>();
      if (before.version !== version) return { refused: 'stale', event: before };
      const mode = modes.find((one) => isTooFew(before, plan, one));
      if (mode) return { refused: 'tooFewSeats', mode, taken: before.taken[mode], event: before };

      const moved = +before.start !== +plan.start || +before.end !== +plan.end;
      const movedFrom =
        moved && before.state === 'published' ? { start: before.start, end: before.end } : before.movedFrom;
      const sessions = shifted(before, plan.start);
      const event = await writeEvent(act, 'event.changed', before, { ...plan, movedFrom, sessions }, session);
      if (event.state === 'published' && act.now < event.end)
        await tellOfMove(act, before, event, authority, session);
      return event;
    }),
  );
}

/** An organiser may have let in more than there are seats: that stands, but seats are not taken from under people. */
function isTooFew(before: Event, plan: Plan, mode: Mode): boolean {
  const seats = plan.seats[mode];
  return (
    seats !== null && seats < before.taken[mode] && seats < (before.seats[mode] ?? Number.POSITIVE_INFINITY)
  );
}

/** The programme follows the event to another day, at the same hours. */
function shifted(event: Event, start: Date): Event['sessions'] {
  const days = Math.round(
    inStockholm(start).startOf('day').diff(inStockholm(event.start).startOf('day'), 'days').days,
  );
  const move = (instant: Date) => inStockholm(instant).plus({ days }).toJSDate();
  return event.sessions.map((one) => ({ ...one, start: move(one.start), end: move(one.end) }));
}

async function tellOfMove(
  act: Act,
  before: Event,
  event: Event,
  authority: Authority,
  session: ClientSession,
): Promise<void> {
  const moved = +before.start !== +event.start || +before.end !== +event.end;
  const concerned = modes.filter((mode) => moved || whereFor(before, mode) !== whereFor(event, mode));
  const registrations = await revise(event._id, { mode: { $in: concerned } }, session);
  const rows = registrations.map((registration) => {
    const was = { start: before.start, end: before.end, place: whereFor(before, registration.mode) };
    return letterRow(act, 'andrat', { registration, event, authority }, { before: was });
  });
  await owe(rows, session);
}

/** Cancels a published event with its reason: CANCEL to everybody with a seat (R35), none to those who cancelled before. */
export async function cancelEvent(
  act: Act,
  id: Types.ObjectId,
  authority: Authority,
  reason: string,
): Promise<Event | { refused: 'notPublished' | 'over' }> {
  return inTurn(String(id), () =>
    transaction(async (session) => {
      const before = await EventModel.findById(id).session(session).orFail().lean<Event>();
      if (before.state !== 'published') return { refused: 'notPublished' };
      if (before.end <= act.now) return { refused: 'over' };
      const event = await writeEvent(
        act,
        'event.cancelled',
        before,
        { state: 'cancelled', cancelReason: reason },
        session,
      );
      const registrations = await revise(id, {}, session);
      // Who never got an invitation has nothing to take out of the calendar (R36).
      const invited = await dropUnsentOf(id, session);
      const rows = registrations.map((registration) =>
        letterRow(
          act,
          'installt',
          { registration, event, authority },
          { reason, calendar: invited.has(String(registration._id)) ? 'CANCEL' : undefined },
        ),
      );
      await owe(rows, session);
      return event;
    }),
  );
}

/** Raises the calendar revision of everybody concerned, and reads them as they then are. */
async function revise(
  event: Types.ObjectId,
  who: { mode?: { $in: Mode[] } },
  session: ClientSession,
): Promise<Registration[]> {
  const filter = { event, status: 'confirmed' as const, ...who };
  await RegistrationModel.updateMany(filter, { $inc: { sequence: 1 } }, { session });
  return RegistrationModel.find(filter).session(session).lean<Registration[]>();
}
