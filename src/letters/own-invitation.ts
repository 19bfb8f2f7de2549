import type { Settings } from '../base/settings.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import type { LetterFacts } from '../registrations/letter-facts.ts';
import type { Registration } from '../registrations/registration.ts';
import { calendarObject, throughDoor } from './compose.ts';

/**
 * A person's invitation as the last letter has it: the same UID, SEQUENCE and DTSTAMP (RFC 5545, 3.8.7), so that a
 * calendar takes it for the entry that it has, or had. Null without a seat, or if no letter has invited the person.
 */
export async function ownInvitation(registration: Registration, settings: Settings): Promise<string | null> {
  const letter = await lastCalendarLetter(registration);
  return letter?.calendar === 'REQUEST' ? calendarObject(throughDoor(letter, settings), settings) : null;
}

/** The newest letter about the present calendar entry that has left, or is to leave. */
async function lastCalendarLetter({ _id, uid, status }: Registration): Promise<Letter<LetterFacts> | null> {
  if (status !== 'confirmed') return null;
  const about = { registration: _id, 'facts.uid': uid, calendar: { $exists: true } };
  return LetterModel.findOne({ ...about, state: { $ne: 'dropped' } }, { raw: 0 })
    .sort({ createdAt: -1, _id: -1 })
    .lean<Letter<LetterFacts>>();
}
