import type { Event } from '../../events/event.ts';
import type { Letter } from '../../outbox/letter.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import type { Registration } from '../../registrations/registration.ts';
import type { Engagement } from '../../speakers/engagements/engagement.ts';

/**
 * Why a letter is not sent again: one copy is on its way, or held after a restore, there is no mail server, a newer letter says how it is now,
 * what it says is not true any more, it would come too late, or it is about nobody who is registered.
 */
export type NotAgain = 'underway' | 'held' | 'kept' | 'replaced' | 'changed' | 'over' | 'gone';

/** A letter that is to be sent again, and how things stand at that moment. */
export type Resent = { letter: Letter<LetterFacts>; registration: Registration; event: Event; now: Date };

/** The same of a letter to a speaker. */
export type ResentToSpeaker = Omit<Resent, 'registration'> & { engagement: Engagement };

/** Nothing is told again about an event that has ended, nor a letter that is of no use any more. */
export function isOver({ letter, event, now }: Omit<Resent, 'registration'>): 'over' | undefined {
  return now >= event.end || (letter.until && letter.until <= now) ? 'over' : undefined;
}

/**
 * Refuses a letter unless everything stands as it says: the same revision of the same calendar entry, and the person and
 * the event in the state that it is about.
 * @param statuses of the person; if left out: waiting if they waited then, else with a seat
 */
export function asOwed(
  resent: Resent,
  statuses?: Registration['status'][],
  isEventCancelled = false,
): NotAgain | undefined {
  const { letter, registration, event } = resent;
  const { uid, sequence, waitsUntil } = letter.facts;
  if (isOver(resent)) return 'over';
  if (uid !== registration.uid || sequence !== registration.sequence) return 'replaced';
  const allowed = statuses ?? [waitsUntil ? 'waiting' : 'confirmed'];
  const isTrue = allowed.includes(registration.status) && (event.state === 'cancelled') === isEventCancelled;
  return isTrue ? undefined : 'changed';
}

/**
 * Refuses a letter to a speaker unless the invitation and the event stand as it says. Thanks are written after the event,
 * and do not come too late.
 * @param statuses of the invitation
 */
export function asToldSpeaker(
  resent: ResentToSpeaker,
  statuses: Engagement['status'][],
): NotAgain | undefined {
  const { letter, engagement, event } = resent;
  const { uid, sequence } = letter.facts;
  if (letter.createdAt < event.end && isOver(resent)) return 'over';
  if (uid !== engagement.uid || sequence !== engagement.sequence) return 'replaced';
  const isOfCancelled = letter.kind === 'speaker-event-cancelled';
  const isTrue = statuses.includes(engagement.status) && (event.state === 'cancelled') === isOfCancelled;
  return isTrue ? undefined : 'changed';
}
