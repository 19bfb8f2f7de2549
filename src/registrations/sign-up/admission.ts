import type { Event, Mode } from '../../events/event.ts';
import { hasSeat, offeredModes, statusOf, waitingListModes } from '../../events/rules.ts';

/**
 * What somebody asks for besides their own answers. `modes` are all that they would attend in, the first wish first, if
 * that is more than the person's `mode`. With `wait` they would rather wait for a seat than have none. An organiser may
 * sign people up past the deadline (`late`) or past the seats. Deadlines are held against `moment`, which is earlier
 * than now for a form that was begun in time. `proven`: they have come by a personal link to their address.
 */
export type Options = {
  modes?: Mode[];
  wait?: boolean;
  late?: boolean;
  beyondSeats?: boolean;
  moment?: Date;
  proven?: boolean;
};

/** A seat in `mode`, or a place on the waiting lists of `waitsFor`. */
export type Admission = { mode: Mode; waitsFor: Mode[] };

/**
 * What an event has for one more person: a seat in the first of their modes that has one, else a place on the waiting
 * lists of all of them if they would wait; null for neither.
 */
export function admissionTo(
  event: Event,
  modes: Mode[],
  moment: Date,
  { wait, late, beyondSeats }: Options,
): Admission | null {
  const isOpen = late ? event.state === 'published' : ['open', 'full'].includes(statusOf(event, moment));
  if (!isOpen) return null;
  const offered = modes.filter((mode) => offeredModes(event).includes(mode));
  const mode = offered.find((one) => beyondSeats || hasSeat(event, one));
  if (mode) return { mode, waitsFor: [] };
  const [first] = modes;
  const lists = waitingListModes(event, moment);
  return wait && first && modes.every((one) => lists.includes(one)) ? { mode: first, waitsFor: modes } : null;
}

/**
 * True if somebody who chooses these modes would rather wait than have no seat: their form showed each of them as full.
 * Several can be chosen for waiting only.
 */
export function agreesToWait(shownAsFull: string[], modes: Mode[]): boolean {
  return modes.length > 1 || modes.every((mode) => shownAsFull.includes(mode));
}

/** The event with this person counted. Those who wait are in the order of the counting, whatever their clocks say. */
export function withOneMore(event: Event, { mode, waitsFor }: Admission, now: Date): Event {
  if (waitsFor.length === 0) return { ...event, taken: { ...event.taken, [mode]: event.taken[mode] + 1 } };
  const waiting = { ...event.waiting };
  for (const one of waitsFor) waiting[one] += 1;
  const lastWaitingSince = new Date(Math.max(+now, Number(event.lastWaitingSince ?? 0) + 1));
  return { ...event, waiting, lastWaitingSince };
}
