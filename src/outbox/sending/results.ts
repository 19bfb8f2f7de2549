import type { UpdateQuery } from 'mongoose';
import type { Clock } from '../../base/clock.ts';
import { logger } from '../../base/log.ts';
import { hideKeys } from '../../base/mail/hide-keys.ts';
import { type Letter, LetterModel } from '../letter.ts';
import { pauseAfter } from './backoff.ts';
import type { Outcome } from './outcome.ts';

type SentResult = { outcome: 'sent' };
/** Why a letter has not been sent. */
export type Trouble = Exclude<Outcome, { outcome: 'sent' }>;
/** Not tried: the receiver's domain has asked for a pause. */
type Held = { outcome: 'held'; until: Date };
/** `raw`: the letter's bytes, if it has any. */
export type Result = { letter: Letter; raw?: Buffer; outcome: SentResult | Trouble | Held };

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
    await note(group, by, clock());
  }
  return {
    add(result: Result): void {
      gathered.push(result);
      if (gathered.length > 1) return;
      written = written.then(write);
      // Those who wait for `done` hears what it was.
      written.catch(() => {
        failed = true;
      });
    },
    failed: () => failed,
    done: () => written,
  };
}

async function note(results: Result[], by: string, now: Date): Promise<void> {
  const changes = results.map((result) => ({
    updateOne: {
      filter: { _id: result.letter._id, claimedBy: by },
      update: changeAfter(result, now),
    },
  }));
  await LetterModel.bulkWrite(changes);
}

/** True if this letter is not tried again after its next attempt. */
export function isLastAttempt({ attempts }: Pick<Letter, 'attempts'>): boolean {
  return attempts + 1 >= mostAttempts;
}

/** Whether this outcome is for good. */
export function isFinal(letter: Letter, { outcome }: Trouble): boolean {
  return outcome === 'refused' || (outcome !== 'wait' && isLastAttempt(letter));
}

function changeAfter(result: Result, now: Date): UpdateQuery<Letter> {
  const { letter, outcome } = result;
  if (outcome.outcome === 'sent') return closed(result, { state: 'sent', sentAt: now, mayHaveLeft: true });
  const attempts = letter.attempts + 1;
  if (outcome.outcome === 'held') return queued({ dueAt: outcome.until, attempts });
  const error = { code: outcome.code, text: outcome.text };
  if (outcome.outcome === 'wait') return queued({ dueAt: now, error });
  const mayHaveLeft = letter.mayHaveLeft || outcome.outcome === 'lost';
  if (!isFinal(letter, outcome))
    return queued({ dueAt: new Date(now.getTime() + pauseAfter(attempts)), attempts, mayHaveLeft, error });
  logger.error(
    { letter: letter._id, code: outcome.code },
    'A letter has failed for good. See it under Mejl in the office.',
  );
  return closed(result, { state: 'failed', attempts, mayHaveLeft, error });
}

function queued(changes: Partial<Letter>): UpdateQuery<Letter> {
  return { $set: { state: 'queued', ...changes }, $unset: { claimedBy: 1 } };
}

/**
 * These bytes go nowhere any more, so the links in them that only the receiver may use are hidden; of a letter that
 * nobody else may see nothing is kept.
 */
function closed({ letter, raw }: Result, changes: Partial<Letter>): UpdateQuery<Letter> {
  const hidden = letter.listed && raw && { raw: hideKeys(raw).raw };
  return {
    $set: { ...changes, ...hidden },
    $unset: {
      ...{ dueAt: 1, claimedBy: 1 },
      ...(changes.state === 'sent' && { error: 1 }),
      ...(!letter.listed && { raw: 1 }),
    },
  };
}
