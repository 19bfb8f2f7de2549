import type { Context } from '../../base/context.ts';
import type { Event } from '../../events/event.ts';
import { markAttendance } from '../participants/attendance.ts';
import type { Own } from './opened.ts';

/** The door opens so long before the event starts, in milliseconds. */
const opensBefore = 30 * 60_000;

/** When the digital door of an event opens. */
export function doorOpensAt({ start }: Pick<Event, 'start'>): Date {
  return new Date(+start - opensBefore);
}

/** How a digital door stands; only an open one leads to the meeting. */
export type DoorState = 'cancelled' | 'noSeat' | 'over' | 'early' | 'noLink' | 'open';

/** How somebody's digital door stands. It is theirs whichever mode they have signed up for. */
export function doorState({ registration, event }: Own, now: Date): DoorState {
  if (event.state !== 'published') return 'cancelled';
  if (registration.status !== 'confirmed') return 'noSeat';
  if (now >= event.end) return 'over';
  if (now < doorOpensAt(event)) return 'early';
  return event.meetingLink ? 'open' : 'noLink';
}

/** Marks that somebody attends online. Anyone marked as present already stays as they are: no seat and no mode moves. */
export async function enterDoor(context: Context, own: Own): Promise<DoorState> {
  const state = doorState(own, context.now);
  const { registration, event } = own;
  if (state === 'open' && !registration.present)
    await markAttendance(context, event, registration._id, 'digitalt');
  return state;
}
