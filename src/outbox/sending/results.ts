import type { UpdateQuery } from 'mongoose';
import type { Clock } from '../../base/clock.ts';
import { logger } from '../../base/log.ts';
import { type Letter, LetterModel } from '../letter.ts';
import { pauseAfter } from './backoff.ts';
import type { Outcome } from './outcome.ts';

type SentResult = { outcome: 'sent' };
/** Why a letter has not been sent. */
export type Trouble = Exclude<Outcome, { outcome: 'sent' }>;
/** Not tried: the receiver's domain has asked for a pause. */
type Held = { outcome: 'held'; until: Date };
export type Result = { letter: Letter; outcome: SentResult | Trouble | Held };

/** Then a letter fails: five attempts within the first hour, and one an hour for two days. */
const mostAttempts = 52;

/**
 * Writes down what became of letters, unless another worker has taken them over. What comes in while one group is being
 * written gathers to the next, so that sending never waits for the database and little is unknown after a crash.
 * @returns failed: true from the first time that the database failed; done: resolves when all is written, or rejects
 */
export function resultBook(by: string, clock: Clock) {
  let gathered: Result[] = [];
  let written = Promise.resolve();
  let failed = false;
  async function write(): Promise<void> {
    const group = gathered;
    gathered = [];
    await noteSent(group.filter(isSent), by, clock());
    await noteOthers(group, by, clock());
  }
  return {
    add(result: Result): void {
      gathered.push(result);
      if (gathered.length > 1) return;
      written = written.then(write);
      // Whoever waits for `done` hears what it was.
      written.catch(() => {
        failed = true;
      });
    },
    failed: () => failed,
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

async function noteOthers(results: Result[], by: string, now: Date): Promise<void> {
  const changes = results.flatMap(({ letter, outcome }) => {
    if (outcome.outcome === 'sent') return [];
    const update = changeAfter(letter, outcome, now);
    return { updateOne: { filter: { _id: letter._id, claimedBy: by }, update } };
  });
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
}

/** True if this letter is not tried again after its next attempt. */
export function isLastAttempt({ attempts }: Pick<Letter, 'attempts'>): boolean {
  return attempts + 1 >= mostAttempts;
}

/** Whether this outcome is for good. */
export function isFinal(letter: Letter, { outcome }: Trouble): boolean {
  return outcome === 'refused' || (outcome !== 'wait' && isLastAttempt(letter));
}

function changeAfter(letter: Letter, outcome: Trouble | Held, now: Date): UpdateQuery<Letter> {
  const attempts = letter.attempts + 1;
  if (outcome.outcome === 'held') return queued({ dueAt: outcome.until, attempts });
  const error = { code: outcome.code, text: outcome.text };
  if (outcome.outcome === 'wait') return queued({ dueAt: now, error });
  const mayHaveLeft = letter.mayHaveLeft || outcome.outcome === 'lost';
  if (!isFinal(letter, outcome))
    return queued({ dueAt: new Date(now.getTime() + pauseAfter(attempts)), attempts, mayHaveLeft, error });
  logger.error(
    { letter: letter._id, code: outcome.code },
    'A letter has failed for good. See it under Brev in the office.',
  );
  return { $set: { state: 'failed', attempts, mayHaveLeft, error }, $unset: closed };
}

function queued(changes: Partial<Letter>): UpdateQuery<Letter> {
  return { $set: { state: 'queued', ...changes }, $unset: { claimedBy: 1 } };
}
