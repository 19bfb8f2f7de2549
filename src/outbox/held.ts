import type { mongo, Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { counted } from '../texts/grammar.ts';
import { dropped, type Letter, LetterModel } from './letter.ts';

const waiting = { $in: ['queued' as const, 'sending' as const] };

/**
 * In a database that comes from a backup: letters that waited then may have left since, so they wait for an organiser's
 * yes. A sign-in letter is of no use any more.
 */
export async function holdRestored(db: mongo.Db): Promise<{ held: number; dropped: number }> {
  const letters = db.collection<Letter>(LetterModel.collection.collectionName);
  const closed = { dueAt: 1, claimedBy: 1, waitsUntil: 1 } as const;
  const secret = await letters.updateMany(
    { state: waiting, listed: false },
    { $set: { state: 'dropped' }, $unset: { ...closed, raw: 1 } },
  );
  const others = await letters.updateMany(
    { state: waiting },
    { $set: { state: 'held', mayHaveLeft: true }, $unset: closed },
  );
  return { held: others.modifiedCount, dropped: secret.modifiedCount };
}

/** How many of a county board's letters wait for a yes. */
export async function countHeld(authority: string): Promise<number> {
  return LetterModel.countDocuments({ authority, state: 'held' });
}

/**
 * An organiser has decided on letters that are held, all of them or the one of this id: they are sent, or dropped.
 * Without a mail server what is to be sent is kept, as any other letter.
 * @returns how many there were
 */
export async function decideHeld(
  context: Context,
  authority: string,
  isSent: boolean,
  id?: Types.ObjectId,
): Promise<number> {
  const sent = context.settings.smtpUrl
    ? { state: 'queued' as const, dueAt: context.now }
    : { state: 'kept' as const };
  return transaction(async () => {
    const held = { authority, state: 'held' as const, ...(id && { _id: id }) };
    const { modifiedCount } = await LetterModel.updateMany(held, isSent ? { $set: sent } : dropped);
    const action = isSent ? 'letters.released' : 'letters.discarded';
    const about = counted(modifiedCount, 'mejl', 'mejl');
    if (modifiedCount > 0) await logAction(context, { authority, action, about });
    return modifiedCount;
  });
}
