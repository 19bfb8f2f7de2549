import { type Deed, entryOf, JournalModel } from '../audit/log.ts';
import type { Act } from '../base/context.ts';
import { type ClientSession, insertRows } from '../base/database.ts';
import type { Event } from '../events/event.ts';
import { type OwedLetter, owe } from '../outbox/outbox.ts';
import { noteOf, type Registration, RegistrationModel } from './registration.ts';

/** What became of somebody by an act on many, with the letter and the line in the log that it takes. */
export type Outcome = { registration: Registration; deed: Deed; letter: OwedLetter };

/** Owes several people their letters and writes the lines in the log. */
export async function tellOutcomes(
  act: Act,
  event: Event,
  outcomes: Outcome[],
  session: ClientSession,
): Promise<void> {
  const entries = outcomes.map(({ registration, deed }) => entryOf(act, noteOf(deed, registration, event)));
  await insertRows(JournalModel, entries, session);
  const letters = outcomes.map(({ letter }) => letter);
  await owe(letters, session);
}

/** Writes registrations as they have become. */
export async function writeRows(registrations: Registration[], session: ClientSession): Promise<void> {
  const changes = registrations.map(({ _id, ...row }) => ({
    updateOne: { filter: { _id }, update: { $set: row } },
  }));
  if (changes.length > 0) await RegistrationModel.bulkWrite(changes, { session });
}
