import type { Context } from '../../base/context.ts';
import { arrivalTime, markAttendance } from '../participants/attendance.ts';
import { RegistrationModel } from '../registration.ts';
import { idIn } from './links.ts';
import type { Own } from './opened.ts';

/** True for anyone with a seat on site, until the event is over: they have a code to show at the entrance. */
export function hasCode({ registration, event }: Own, now: Date): boolean {
  const isSeated = registration.status === 'confirmed' && registration.mode === 'plats';
  return isSeated && event.state === 'published' && now < event.end;
}

/** How somebody stands whose code is read at the entrance; only with `open` a mark is set. */
export type CheckInState = 'cancelledEvent' | 'cancelled' | 'waiting' | 'otherDay' | 'here' | 'open';

/** How somebody stands at the entrance. Anyone who is in online can still come in here. */
export function checkInState({ registration, event }: Own, now: Date): CheckInState {
  if (event.state !== 'published') return 'cancelledEvent';
  if (registration.status !== 'confirmed') return registration.status;
  if (!arrivalTime(event, now)) return 'otherDay';
  return registration.attendedMode === 'plats' ? 'here' : 'open';
}

/** Marks that somebody is on site, once. @returns how they stood before */
export async function checkIn(context: Context, own: Own): Promise<CheckInState> {
  const state = checkInState(own, context.now);
  if (state === 'open') await markAttendance(context, own.event, own.registration._id, 'plats');
  return state;
}

/** Takes back the mark of somebody who is on site. @returns how they stood before */
export async function undoCheckIn(context: Context, own: Own): Promise<CheckInState> {
  const state = checkInState(own, context.now);
  if (state === 'here') await markAttendance(context, own.event, own.registration._id, null);
  return state;
}

/** True if a code was that of somebody of this county board who has been erased since: their address signed it, and is gone. */
export async function isOfErased(token: string, authority: string): Promise<boolean> {
  const _id = idIn(token, 'check-in');
  const erased = { _id, authority, erasedAt: { $exists: true } };
  return _id !== undefined && (await RegistrationModel.exists(erased)) !== null;
}
