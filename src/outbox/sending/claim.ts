import type { Types } from 'mongoose';
import { releaseLease } from '../../base/lease.ts';
import { type Letter, LetterModel } from '../letter.ts';
import { domainOf, type Pause } from './backoff.ts';
import { sendingLetters } from './lease.ts';
import { withinCap } from './mailbox-cap.ts';
import { isLastAttempt } from './results.ts';

/** Letters that one claim takes: enough to keep the connections busy, few enough to hand back at a stop. */
const batch = 100;

/** How soon to look again at a letter whose predecessor is on its way. */
const shortly = 1_000;

type WaitingLetter = Pick<
  Letter,
  '_id' | 'registration' | 'to' | 'dueAt' | 'state' | 'attempts' | 'mailbox' | 'firstTriedAt'
>;
const place = { registration: 1, to: 1, dueAt: 1, state: 1, attempts: 1, mailbox: 1, firstTriedAt: 1 };

/** Whether a letter is due, or on its way. */
export async function isAnyDue(now: Date): Promise<boolean> {
  return (await LetterModel.exists({ dueAt: { $lte: now } })) !== null;
}

/** Takes over the letters of a worker that died or lost the database: they may have left, and go again byte for byte. */
export async function takeOver(now: Date): Promise<void> {
  const change = { $set: { state: 'queued' as const, mayHaveLeft: true }, $unset: { claimedBy: 1 as const } };
  await LetterModel.updateMany({ dueAt: { $lte: now }, state: 'sending' }, change);
}

/**
 * Takes the next letters that are due, for the worker that has the lease. Of each registration and address only the first
 * that waits: no letter overtakes another. What goes to a domain that has asked for a pause waits, and so does what a
 * mailbox has had enough of.
 * @param pauses by domain
 * @param isCapped whether there is a cap on mailboxes
 * @returns none if nothing more is due
 */
export async function claim(
  now: Date,
  by: string,
  pauses: Map<string, Pause>,
  isCapped = false,
): Promise<Letter[]> {
  for (;;) {
    const due: WaitingLetter[] = await LetterModel.find({ dueAt: { $lte: now }, state: 'queued' }, place)
      .sort({ dueAt: 1, createdAt: 1 })
      .limit(batch)
      .lean();
    if (due.length === 0) return [];
    const firsts = await firstInLine(await postponeHeld(due, pauses, now), now);
    const taken = await take(isCapped ? await withinCap(firsts, now) : firsts, now, by);
    if (taken.length > 0) return taken;
  }
}

/** Until when a letter must wait for its receiver's domain. The last attempt is made all the same, or it would wait for ever. */
export function heldUntil(
  letter: Pick<Letter, 'to' | 'attempts'>,
  pauses: Map<string, Pause>,
  now: Date,
): Date | undefined {
  const until = pauses.get(domainOf(letter))?.until;
  return until && until > now && !isLastAttempt(letter) ? until : undefined;
}

/** Being held counts as an attempt, which would have had the same answer. @returns the letters that need not wait */
async function postponeHeld(
  due: WaitingLetter[],
  pauses: Map<string, Pause>,
  now: Date,
): Promise<WaitingLetter[]> {
  const changes = due.flatMap((letter) => {
    const until = heldUntil(letter, pauses, now);
    const update = { $set: { dueAt: until }, $inc: { attempts: 1 } };
    return until ? { updateOne: { filter: { _id: letter._id, state: 'queued' as const }, update } } : [];
  });
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
  return due.filter((letter) => !heldUntil(letter, pauses, now));
}

/** The oldest letter that waits in each line, if it is due. Letters of a registration to one address form a line. */
async function firstInLine(due: WaitingLetter[], now: Date): Promise<WaitingLetter[]> {
  const alone = due.filter((letter) => !letter.registration);
  const registrations = due.flatMap((letter) => letter.registration ?? []);
  const waiting: WaitingLetter[] = await LetterModel.find(
    { registration: { $in: registrations }, state: { $in: ['queued', 'sending'] } },
    place,
  )
    .sort({ createdAt: -1, _id: -1 })
    .lean();
  // What is on its way is the first, whatever the clocks said when the letters were owed.
  const leaving = waiting.filter(({ state }) => state === 'sending');
  const firsts = new Map([...alone, ...waiting, ...leaving].map((letter) => [lineOf(letter), letter]));
  await postponeBehind(due, firsts, now);
  return [...firsts.values()].filter((first) => isReady(first, now));
}

/** Letters to the address that a person has now do not wait for those to the former one. */
function lineOf({ _id, registration, to }: WaitingLetter): string {
  return registration ? `${registration} ${to.address}` : String(_id);
}

function isReady({ state, dueAt }: WaitingLetter, now: Date): boolean {
  return state === 'queued' && dueAt !== undefined && dueAt <= now;
}

/** A letter behind one that is not ready would be found again and again: it is looked at when that one is due. */
async function postponeBehind(
  due: WaitingLetter[],
  firsts: Map<string, WaitingLetter>,
  now: Date,
): Promise<void> {
  const soon = new Date(now.getTime() + shortly);
  const changes = due.flatMap((letter) => {
    const first = firsts.get(lineOf(letter));
    if (!first?.dueAt || isReady(first, now)) return [];
    const dueAt = first.state === 'sending' ? soon : first.dueAt;
    return {
      updateOne: { filter: { _id: letter._id, state: 'queued' as const }, update: { $set: { dueAt } } },
    };
  });
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
}

/** Each of these goes to one worker only: the one whose update finds it queued. A letter that was taken back meanwhile is left alone. */
async function take(ready: WaitingLetter[], now: Date, by: string): Promise<Letter[]> {
  const ids = ready.map((letter) => letter._id);
  if (ids.length === 0) return [];
  await LetterModel.updateMany(
    { _id: { $in: ids }, state: 'queued', dueAt: { $lte: now } },
    { $set: { state: 'sending', claimedBy: by }, $min: { firstTriedAt: now }, $unset: { waitsUntil: 1 } },
  );
  return LetterModel.find({ _id: { $in: ids }, claimedBy: by, state: 'sending' })
    .setOptions({ promoteBuffers: true })
    .lean<Letter[]>();
}

/** Gives back letters that were claimed and not tried. */
export async function giveBack(ids: Types.ObjectId[], by: string): Promise<void> {
  const change = { $set: { state: 'queued' as const }, $unset: { claimedBy: 1 as const } };
  await LetterModel.updateMany({ _id: { $in: ids }, claimedBy: by, state: 'sending' }, change);
}

/** Gives back everything that this worker holds, at a stop that cannot wait: some of it may be on its way. */
export async function releaseWork(by: string): Promise<void> {
  const change = { $set: { state: 'queued' as const, mayHaveLeft: true }, $unset: { claimedBy: 1 as const } };
  // What waits or is on its way has a due time; without it every letter ever sent would be looked at.
  const held = { dueAt: { $gt: new Date(0) }, claimedBy: by, state: 'sending' as const };
  await LetterModel.updateMany(held, change);
  await releaseLease(sendingLetters, by);
}
