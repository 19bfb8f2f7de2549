import type { Types } from 'mongoose';
import { logger } from '../base/log.ts';
import { type Letter, LetterModel } from './letter.ts';

/**
 * How long a worker may hold a letter without a sign of life, in milliseconds. It renews its leases while it lives,
 * so this need not outlast a slow server's ten minutes; it is how long a letter rests after a crash.
 */
const lease = 120_000;

/** Letters that one claim takes: enough to keep the connections busy, few enough to hand back at a stop. */
const batch = 100;

/** How soon to look again at a letter whose predecessor another worker is sending. */
const shortly = 1_000;

type Place = Pick<Letter, '_id' | 'registration' | 'to' | 'dueAt' | 'state'>;
const place = { registration: 1, to: 1, dueAt: 1, state: 1 };

/**
 * Takes the next letters that are due, for this worker alone. Of each registration and address only the first that waits: no letter
 * overtakes another (R71); those behind wait, so that few or none may come back though more are due. A letter whose worker has died is due again when its lease ends, with the bytes it had.
 */
export async function claim(now: Date, by: string): Promise<Letter[]> {
  const due: Place[] = await LetterModel.find({ dueAt: { $lte: now } }, place)
    .sort({ dueAt: 1, createdAt: 1 })
    .limit(batch)
    .lean();
  if (due.length === 0) return [];
  const firsts = await firstInLine(due);
  await postponeBehind(due, firsts, now);
  return take(
    [...firsts.values()].filter((first) => isDue(first, now)),
    now,
    by,
  );
}

function isDue(letter: Place, now: Date): boolean {
  return letter.dueAt !== undefined && letter.dueAt <= now;
}

/** For each line (a registration's to one address, or a letter's own) the oldest letter that waits in it. */
async function firstInLine(due: Place[]): Promise<Map<string, Place>> {
  const alone = due.filter((letter) => !letter.registration);
  const registrations = due.flatMap((letter) => letter.registration ?? []);
  const waiting: Place[] = await LetterModel.find(
    { registration: { $in: registrations }, state: { $in: ['queued', 'sending'] } },
    place,
  )
    .sort({ createdAt: -1, _id: -1 })
    .lean();
  return new Map([...alone, ...waiting].map((letter) => [lineOf(letter), letter]));
}

/** Letters to the address that a person had wait for nobody at the address that the person has now (R39). */
function lineOf({ _id, registration, to }: Place): string {
  return registration ? `${registration} ${to.address}` : String(_id);
}

/** A letter behind one that is not due would be found again and again: it is looked at when that one is due. */
async function postponeBehind(due: Place[], firsts: Map<string, Place>, now: Date): Promise<void> {
  const soon = new Date(now.getTime() + shortly);
  const changes = due.flatMap((letter) => {
    const first = firsts.get(lineOf(letter));
    if (!first?.dueAt || isDue(first, now)) return [];
    const dueAt = first.state === 'sending' && first.dueAt > soon ? soon : first.dueAt;
    return { updateOne: { filter: { _id: letter._id, dueAt: letter.dueAt }, update: { $set: { dueAt } } } };
  });
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
}

/** Each of these goes to one worker only: the one whose update finds it due. */
async function take(ready: Place[], now: Date, by: string): Promise<Letter[]> {
  const ids = ready.map((letter) => letter._id);
  const orphans = ready.filter((letter) => letter.state === 'sending').map((letter) => letter._id);
  if (orphans.length > 0)
    await LetterModel.updateMany({ _id: { $in: orphans } }, { $set: { mayHaveLeft: true } });
  const dueAt = new Date(now.getTime() + lease);
  await LetterModel.updateMany(
    { _id: { $in: ids }, dueAt: { $lte: now } },
    { $set: { state: 'sending', claimedBy: by, dueAt } },
  );
  return LetterModel.find({ _id: { $in: ids }, claimedBy: by, state: 'sending' })
    .setOptions({ promoteBuffers: true })
    .lean<Letter[]>();
}

/** How often a worker shows that it lives: one sign may get lost, and the next still comes in time. */
const beat = 30_000;

/**
 * Renews this worker's leases until `end` is called.
 * @returns now: the moment given, moved on with the time that has passed, to the last sign of life
 */
export function keepLeases(by: string, start: Date): { now: () => Date; end: () => void } {
  let moment = start;
  const timer = setInterval(() => {
    moment = new Date(moment.getTime() + beat);
    const dueAt = new Date(moment.getTime() + lease);
    LetterModel.updateMany({ claimedBy: by, state: 'sending' }, { $set: { dueAt } }).catch((error: Error) =>
      logger.error(
        { error: error.name },
        'Leases on letters could not be renewed. Does the database answer?',
      ),
    );
  }, beat);
  return { now: () => moment, end: () => clearInterval(timer) };
}

/** Gives back letters that were claimed and not tried. */
export async function giveBack(ids: Types.ObjectId[], by: string, now: Date): Promise<void> {
  const change = { $set: { state: 'queued', dueAt: now }, $unset: { claimedBy: 1 } };
  await LetterModel.updateMany({ _id: { $in: ids }, claimedBy: by, state: 'sending' }, change);
}

/** Gives back everything that this worker holds, at a stop that cannot wait: some of it may be on its way. */
export async function releaseLeases(by: string, now: Date): Promise<void> {
  const change = { $set: { state: 'queued', dueAt: now, mayHaveLeft: true }, $unset: { claimedBy: 1 } };
  await LetterModel.updateMany({ claimedBy: by, state: 'sending' }, change);
}
