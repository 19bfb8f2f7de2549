import { type QueryFilter, Types } from 'mongoose';
import { type ClientSession, insertRows } from '../base/database.ts';
import { type Letter, LetterModel } from './letter.ts';

/** A letter as an act owes it. `raw` where it is written at once, as sign-in letters are. */
export type OwedLetter = Omit<Letter, '_id' | 'attempts' | 'mayHaveLeft' | 'state' | 'calendar'> & {
  state: 'queued' | 'kept';
  calendar?: Letter['calendar'] | undefined;
};

/**
 * Writes letters into the outbox, in the transaction of the act that owes them (R69). One that is kept is never due.
 * @throws MongoServerError 11000 where a letter with this key is owed already
 */
export async function owe(letters: OwedLetter[], session: ClientSession): Promise<void> {
  const rows = letters.map(({ dueAt, calendar, ...letter }) => ({
    ...letter,
    _id: new Types.ObjectId(),
    attempts: 0,
    mayHaveLeft: false,
    ...(calendar && { calendar }),
    ...(letter.state === 'queued' && { dueAt }),
  }));
  await insertRows(LetterModel, rows, session);
}

const unsentWithCalendar: QueryFilter<Letter> = { state: 'queued', calendar: { $exists: true } };

/** Sent, on its way, perhaps taken before the line was lost; a kept one counts, being its reader's preview of what would leave. */
const leftWithCalendar: QueryFilter<Letter> = {
  calendar: { $exists: true },
  $or: [{ state: { $in: ['sending', 'sent', 'bounced', 'kept'] } }, { mayHaveLeft: true }],
};

/**
 * Takes back what a newer letter of the registration makes wrong: letters with a calendar object that have not left.
 * @returns everLeft: whether a calendar object can have reached the receiver, so that a CANCEL has something to cancel (R36)
 */
export async function dropUnsent(
  registration: Types.ObjectId,
  session: ClientSession,
): Promise<{ everLeft: boolean }> {
  await drop({ registration }, session);
  const left = await LetterModel.exists({ registration, ...leftWithCalendar }).session(session);
  return { everLeft: left !== null };
}

/** The same for every registration of an event. @returns the ids (hex) of the registrations that a calendar object can have reached */
export async function dropUnsentOf(event: Types.ObjectId, session: ClientSession): Promise<Set<string>> {
  await drop({ event }, session);
  const left = await LetterModel.find({ event, ...leftWithCalendar }, { registration: 1 })
    .session(session)
    .lean();
  return new Set(left.map((letter) => String(letter.registration)));
}

async function drop(whose: QueryFilter<Letter>, session: ClientSession): Promise<void> {
  const change = { $set: { state: 'dropped' as const }, $unset: { dueAt: 1 as const } };
  await LetterModel.updateMany({ ...whose, ...unsentWithCalendar }, change, { session });
}

/** Seconds since the oldest letter was owed that still waits, for /readyz; undefined where none waits. */
export async function oldestUnsent(now: Date): Promise<number | undefined> {
  const waiting = { dueAt: { $gt: new Date(0) } };
  const oldest = await LetterModel.findOne(waiting, { createdAt: 1 }).sort({ createdAt: 1 }).lean();
  return oldest ? Math.max(0, Math.round((now.getTime() - oldest.createdAt.getTime()) / 1000)) : undefined;
}
