import { Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { insertRows } from '../base/database.ts';
import { dropped, type Letter, LetterModel } from './letter.ts';

/** A letter as an act owes it. `raw` where it is written at once, as sign-in letters are. */
export type OwedLetter<Facts extends object = Record<string, unknown>> = Omit<
  Letter<Facts>,
  '_id' | 'attempts' | 'mayHaveLeft' | 'state' | 'calendar'
> & {
  state: 'queued' | 'kept';
  calendar?: Letter['calendar'] | undefined;
};

/** True if letters to this receiver leave: there is a mail server, and the receiver is not an example. */
export function lettersLeave({ settings }: Context, { example }: { example?: boolean }): boolean {
  return settings.smtpUrl !== undefined && !example;
}

/** How a letter to this receiver begins: waiting to leave, or only kept. */
export function firstState(context: Context, receiver: { example?: boolean }): OwedLetter['state'] {
  return lettersLeave(context, receiver) ? 'queued' : 'kept';
}

/**
 * Writes letters into the outbox, in the transaction of the act that owes them. A letter that is only kept is never
 * due.
 * @throws MongoServerError 11000 if a letter with this key is owed already
 */
export async function owe(letters: OwedLetter[]): Promise<void> {
  const rows = letters.map(({ dueAt, calendar, ...letter }) => ({
    ...letter,
    _id: new Types.ObjectId(),
    attempts: 0,
    mayHaveLeft: false,
    ...(calendar && { calendar }),
    ...(letter.state === 'queued' && { dueAt }),
  }));
  await insertRows(LetterModel, rows);
}

/** How the letters about one calendar entry stand. */
export type Standing<Facts extends object = object> = {
  /** A calendar object can have reached its receiver, so that a CANCEL has something to cancel. */
  everLeft: boolean;
  /** Invitations that wait to leave, the oldest first; of their facts only `uid` and `before`. */
  unsent: Pick<Letter<Facts>, '_id' | 'facts'>[];
};

type EarlierLetter<Facts extends object> = Pick<
  Letter<Facts>,
  '_id' | 'calendar' | 'state' | 'mayHaveLeft' | 'facts'
>;

/** How the calendar entries of these registrations stand, by their UID (`facts.uid`); one without letters is not among them. */
export async function standings<Facts extends { uid: string }>(
  registrations: Types.ObjectId[],
): Promise<Map<string, Standing<Facts>>> {
  const letters = await LetterModel.find(
    { registration: { $in: registrations }, calendar: { $exists: true } },
    { calendar: 1, state: 1, mayHaveLeft: 1, 'facts.uid': 1, 'facts.before': 1 },
  )
    .sort({ createdAt: 1, _id: 1 })
    .lean<EarlierLetter<Facts>[]>();
  const entries = Map.groupBy(letters, ({ facts }) => facts.uid);
  return new Map(
    [...entries].map(([uid, own]) => [
      uid,
      { everLeft: own.some(mayHaveArrived), unsent: own.filter(isUnsent) },
    ]),
  );
}

/** Sent, on its way, perhaps taken before the line was lost; a kept one counts, being its reader's preview of what would leave. */
function mayHaveArrived({ state, mayHaveLeft }: EarlierLetter<object>): boolean {
  return mayHaveLeft || ['sending', 'sent', 'bounced', 'kept'].includes(state);
}

/** A cancellation that waits is never taken back: nothing comes after it. */
function isUnsent({ state, calendar }: EarlierLetter<object>): boolean {
  return (state === 'queued' || state === 'held') && calendar === 'REQUEST';
}

/**
 * Takes back the invitations of these registrations that have not left, as a newer letter makes them wrong.
 * @returns how their calendar entries stood before
 */
export async function takeBack<Facts extends { uid: string }>(
  registrations: Types.ObjectId[],
): Promise<Map<string, Standing<Facts>>> {
  const standing = await standings<Facts>(registrations);
  const ids = [...standing.values()].flatMap(({ unsent }) => unsent.map(({ _id }) => _id));
  if (ids.length > 0) await LetterModel.updateMany({ _id: { $in: ids } }, dropped);
  // A reminder of how it was would come on top of the news.
  const reminders = {
    registration: { $in: registrations },
    state: { $in: ['queued' as const, 'held' as const] },
    until: { $exists: true },
  };
  await LetterModel.updateMany(reminders, dropped);
  return standing;
}

/** Takes back what waits and is of no use any more: reminders of what has begun while the mail server was down. */
export async function dropOutdated(now: Date): Promise<void> {
  await LetterModel.updateMany({ state: 'queued', until: { $lte: now } }, dropped);
}

/**
 * Seconds since the oldest letter was owed that still waits, for /readyz; undefined if none does. What waits since its
 * mailbox has had many is not late.
 */
export async function oldestUnsent(now: Date): Promise<number | undefined> {
  const waiting = { dueAt: { $gt: new Date(0) }, waitsUntil: { $exists: false } };
  const oldest = await LetterModel.findOne(waiting, { createdAt: 1 }).sort({ createdAt: 1 }).lean();
  return oldest ? Math.max(0, Math.round((now.getTime() - oldest.createdAt.getTime()) / 1000)) : undefined;
}
