import type { UpdateQuery } from 'mongoose';
import { logger } from '../base/log.ts';
import { type Letter, LetterModel } from './letter.ts';
import { pauseAfter } from './pause.ts';
import type { Outcome } from './transport.ts';

type Sent = { outcome: 'sent' };
type Trouble = Exclude<Outcome, { outcome: 'sent' }>;
export type Result = { letter: Letter; outcome: Sent | Trouble };

/** Then a letter fails: five attempts within the first hour, and one an hour for two days (R72). */
const mostAttempts = 52;

/**
 * Writes down what became of letters, unless another worker has taken them over. What comes in while one group is being
 * written gathers to the next, so that sending never waits for the database and little is unknown after a crash.
 * @returns done: resolves when all is written, rejects where the database failed
 */
export function resultBook(by: string, moment: () => Date) {
  let gathered: Result[] = [];
  let written = Promise.resolve();
  async function write(): Promise<void> {
    const group = gathered;
    gathered = [];
    await noteSent(group.filter(isSent), by, moment());
    await noteTroubles(group, by, moment());
  }
  return {
    add(result: Result): void {
      gathered.push(result);
      if (gathered.length > 1) return;
      written = written.then(write);
      // Whoever waits for `done` hears of it.
      written.catch(() => {});
    },
    done: () => written,
  };
}

const closed = { dueAt: 1, claimedBy: 1 } as const;

function isSent({ outcome }: Result): boolean {
  return outcome.outcome === 'sent';
}

async function noteSent(results: Result[], by: string, now: Date): Promise<void> {
  if (results.length === 0) return;
  const ids = (some: Result[]) => some.map(({ letter }) => letter._id);
  await LetterModel.updateMany(
    { _id: { $in: ids(results) }, claimedBy: by },
    { $set: { state: 'sent', sentAt: now, mayHaveLeft: true }, $unset: { ...closed, error: 1 } },
  );
  // What only its receiver may see, as a link that signs in, is not kept longer than it is needed.
  const secret = results.filter(({ letter }) => !letter.listed);
  if (secret.length > 0) await LetterModel.updateMany({ _id: { $in: ids(secret) } }, { $unset: { raw: 1 } });
}

async function noteTroubles(results: Result[], by: string, now: Date): Promise<void> {
  const changes = results.flatMap(({ letter, outcome }) => {
    if (outcome.outcome === 'sent') return [];
    const update = changeAfter(letter, outcome, now);
    return { updateOne: { filter: { _id: letter._id, claimedBy: by }, update } };
  });
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
}

/** Whether this outcome is for good. */
export function isFinal(letter: Letter, { outcome }: Trouble): boolean {
  return outcome === 'refused' || (outcome === 'later' && letter.attempts + 1 >= mostAttempts);
}

/** True where the server gave no word: the line was lost, perhaps after it took the letter (R70). */
export function isLostLine({ outcome, code }: Trouble): boolean {
  return outcome === 'later' && /^E[A-Z]/.test(code);
}

function changeAfter(letter: Letter, trouble: Trouble, now: Date): UpdateQuery<Letter> {
  const error = { code: trouble.code, text: trouble.text };
  if (trouble.outcome === 'wait')
    return { $set: { state: 'queued', dueAt: now, error }, $unset: { claimedBy: 1 } };
  const attempts = letter.attempts + 1;
  const mayHaveLeft = letter.mayHaveLeft || isLostLine(trouble);
  if (!isFinal(letter, trouble)) {
    const dueAt = new Date(now.getTime() + pauseAfter(attempts));
    return { $set: { state: 'queued', dueAt, attempts, mayHaveLeft, error }, $unset: { claimedBy: 1 } };
  }
  logger.error(
    { letter: letter._id, code: trouble.code },
    'A letter has failed for good. See it under Brev in the office.',
  );
  return { $set: { state: 'failed', attempts, mayHaveLeft, error }, $unset: closed };
}
