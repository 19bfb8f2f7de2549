import type { Action } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import type { Event } from '../../events/event.ts';
import { type LetterTo, oweLetters } from '../owed-letter.ts';
import { type Registration, RegistrationModel } from '../registration.ts';
import { logActs } from './log-acts.ts';

/** What became of somebody by an act on many, with the letter that tells them. */
export type PersonOutcome = LetterTo & { action: Action };

/** Owes several people of an event their letters, and writes the audit entries. */
export async function tellOutcomes(context: Context, event: Event, outcomes: PersonOutcome[]): Promise<void> {
  await logActs(
    context,
    event,
    outcomes.map(({ registration, action }) => ({ action, registration: registration._id })),
  );
  await oweLetters(context, event, outcomes);
}

/** Saves registrations. */
export async function writeRows(registrations: Registration[]): Promise<void> {
  const changes = registrations.map(({ _id, ...row }) => ({
    updateOne: { filter: { _id }, update: { $set: row } },
  }));
  if (changes.length > 0) await RegistrationModel.bulkWrite(changes);
}
