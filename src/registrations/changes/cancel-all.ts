import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import type { Event } from '../../events/event.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { writeRows } from '../acts/write-outcomes.ts';
import { type LetterTo, oweLetters } from '../owed-letter.ts';
import { type Registration, raised } from '../registration.ts';
import { recount } from '../seats.ts';
import { promote } from '../waiting-list/promote.ts';

/** `promoted`: who got the seats from the waiting list. */
export type CancelledPeople = { cancelled: Registration[]; promoted: Types.ObjectId[] };

/**
 * Cancels active registrations of one event, in the running transaction: gives their seats to those who wait, and takes
 * the entry out of their calendars, or takes them off the waiting list. Invitations that have not left never do.
 * @param isTold whether each of them gets the letter that says so
 */
export async function cancelAll(
  context: Context,
  event: Event,
  people: Registration[],
  isTold: boolean,
): Promise<CancelledPeople> {
  const { now } = context;
  const cancelled = people.map((one) => raised(one, now, { status: 'cancelled', cancelledAt: now }));
  const waiting = people.filter(({ status }) => status === 'waiting');
  const seated = people.filter(({ status }) => status === 'confirmed');
  // The event first, as everywhere, so that two processes never wait for each other's rows.
  await recount(context, event._id, {
    freed: seated.map(({ mode }) => mode),
    left: waiting.flatMap(({ waitsFor }) => waitsFor),
  });
  await writeRows(cancelled);
  const standing = await takeBack(cancelled.map(({ _id }) => _id));
  const letters = cancelled.map((registration, index): LetterTo => {
    if (people[index]?.status === 'waiting') return { kind: 'left-waiting-list', registration };
    // If no invitation can have arrived, there is nothing to take out of the calendar.
    const calendar = standing.get(registration.uid)?.everLeft ? ('CANCEL' as const) : undefined;
    return { kind: 'cancelled', registration, more: { calendar } };
  });
  if (isTold) await oweLetters(context, event, letters);
  return { cancelled, promoted: seated.length > 0 ? await promote(context, event._id) : [] };
}
