import type { Types } from 'mongoose';
import type { Event } from '../../events/event.ts';
import { offeredModes, venueOf } from '../../events/rules.ts';
import { sessionsOf } from '../entries/sessions.ts';

/** When and where somebody is needed at an event. */
export type Slot = { start: Date; end: Date; place: string; mode: 'plats' | 'digitalt' };

/**
 * A speaker's hours: from the start of their first session to the end of their last. The event's hours if one of the
 * sessions has no times.
 */
export function slotOf(event: Event, speaker: Types.ObjectId): Slot {
  const sessions = sessionsOf(event, speaker);
  const starts = sessions.map(({ start }) => Number(start ?? event.start));
  const ends = sessions.map(({ start, end }) => Number((start && end) || event.end));
  const [start, end] = [new Date(Math.min(...starts)), new Date(Math.max(...ends))];
  const isKnown = sessions.length > 0 && sessions.every((one) => one.start && one.end) && end > start;
  return { ...(isKnown ? { start, end } : { start: event.start, end: event.end }), ...placeOf(event) };
}

/** Speakers come to the room if there is one, else to the meeting. */
function placeOf(event: Event): Pick<Slot, 'place' | 'mode'> {
  const isOnSite = offeredModes(event).includes('plats');
  return isOnSite ? { place: venueOf(event), mode: 'plats' } : { place: event.meetingLink, mode: 'digitalt' };
}

/** True if nothing has changed for the speaker. */
export function isSameSlot(one: Omit<Slot, 'mode'>, other: Omit<Slot, 'mode'>): boolean {
  return +one.start === +other.start && +one.end === +other.end && one.place === other.place;
}
