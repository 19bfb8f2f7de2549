import type { UpdateQuery } from 'mongoose';
import { logger } from '../base/log.ts';
import { claim, handBack, keepLeases } from './claim.ts';
import { type Letter, LetterModel } from './letter.ts';
import { type Message, messageIdOf, receiver, toBytes } from './message.ts';
import { endPause, pauseAfter, pauseQueue, readPause } from './pause.ts';
import { connections, type Outcome, type Posting, type Transport } from './transport.ts';

export type Delivery = {
  now: Date;
  /** This worker's name, which no other worker has. */
  by: string;
  /** Writes a letter from its facts. Not asked for one whose bytes are kept already. */
  compose: (letter: Letter) => Promise<Message>;
  send: Transport['send'];
  /** Ends the round after the letters that are on their way. */
  stop?: AbortSignal;
};

/** What a round came to; where `claimed` is 0 nothing can be sent right now. `waits`: the whole queue does. */
export type Delivered = { claimed: number; sent: number; failed: number; later: number; waits: boolean };

type Round = Delivery & { moment: () => Date; counts: Delivered; brokenLine?: { code: string } };
type Ready = { letter: Letter; posting: Posting };

/** Letters that one round takes, at least. */
const roundSize = 500;

/** Then a letter fails: five attempts within the first hour, and one an hour for two days (R72). */
const mostAttempts = 52;

/**
 * One round of the worker: takes letters that are due, keeps their exact bytes, sends them over several connections and
 * notes what became of each. Killed at any moment, what may or may not have left goes again byte for byte (R70).
 * Where the line itself fails the round ends, and what was not tried is handed back.
 */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const counts: Delivered = { claimed: 0, sent: 0, failed: 0, later: 0, waits: false };
  const pause = await readPause();
  if (pause && pause.until > delivery.now) return { ...counts, waits: true };
  const leases = keepLeases(delivery.by, delivery.now);
  const round: Round = { ...delivery, moment: leases.now, counts };
  try {
    await sendDue(round);
  } finally {
    leases.end();
  }
  if (counts.waits) await pauseQueue(pause, leases.now(), round.brokenLine?.code ?? '');
  else if (pause && counts.sent > 0) await endPause();
  return counts;
}

async function sendDue(round: Round): Promise<void> {
  while (round.counts.claimed < roundSize && !isOver(round)) {
    const letters = await claim(round.moment(), round.by);
    if (letters.length === 0) return;
    round.counts.claimed += letters.length;
    const untried = await sendAll(await keepBytes(letters, round), round);
    await handBack(untried, round.by, round.moment());
  }
}

function isOver(round: Round): boolean {
  return round.brokenLine !== undefined || round.stop?.aborted === true;
}

/** Writes the letters that have no bytes yet, and keeps the bytes before anything is sent (R70). */
async function keepBytes(letters: Letter[], round: Round): Promise<Ready[]> {
  const ready = (await Promise.all(letters.map((letter) => prepare(letter, round)))).flat();
  const changes = ready
    .filter(({ letter }) => !letter.raw)
    .map(({ letter, posting }) => ({
      updateOne: {
        filter: { _id: letter._id, claimedBy: round.by },
        update: { $set: { raw: posting.raw, messageId: messageIdOf(letter.key, letter.from.address) } },
      },
    }));
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
  return ready;
}

/** A letter that cannot be written is a fault in the program: it waits for the mended one, and the others go. */
async function prepare(letter: Letter, round: Round): Promise<Ready[]> {
  try {
    const envelope = { from: letter.from.address, to: receiver(letter) };
    const raw = letter.raw ?? (await toBytes(letter, await round.compose(letter)));
    return [{ letter, posting: { envelope, raw } }];
  } catch (error) {
    const code = error instanceof Error ? error.name : 'Error';
    logger.error(
      { letter: letter._id, kind: letter.kind, code },
      'A letter could not be written. Report this.',
    );
    await note(letter, { outcome: 'later', code, text: 'Brevet gick inte att skriva.' }, round);
    return [];
  }
}

/** As many on their way at once as there are connections. @returns the letters that were not tried */
async function sendAll(ready: Ready[], round: Round): Promise<Letter['_id'][]> {
  const lane = async () => {
    while (!isOver(round)) {
      const next = ready.shift();
      if (!next) return;
      await note(next.letter, await round.send(next.posting), round);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return ready.map(({ letter }) => letter._id);
}

/** Writes down what became of an attempt, unless another worker has taken the letter over. */
async function note(letter: Letter, result: Outcome, round: Round): Promise<void> {
  const now = round.moment();
  const change = result.outcome === 'sent' ? sent(now, round) : notSent(letter, result, now, round);
  await LetterModel.updateOne({ _id: letter._id, claimedBy: round.by }, change);
}

const closed = { dueAt: 1, claimedBy: 1 } as const;

function sent(now: Date, round: Round): UpdateQuery<Letter> {
  round.counts.sent += 1;
  return { $set: { state: 'sent', sentAt: now, mayHaveLeft: true }, $unset: { ...closed, error: 1 } };
}

type Trouble = Exclude<Outcome, { outcome: 'sent' }>;

function notSent(letter: Letter, result: Trouble, now: Date, round: Round): UpdateQuery<Letter> {
  const { outcome, code, text } = result;
  const error = { code, text };
  if (outcome === 'wait') {
    round.counts.waits = true;
    round.brokenLine = { code };
    return { $set: { state: 'queued', dueAt: now, error }, $unset: { claimedBy: 1 } };
  }
  const attempts = letter.attempts + 1;
  // No word from the server: the line was lost, perhaps after it took the letter.
  const lostLine = outcome === 'later' && /^E[A-Z]/.test(code);
  if (lostLine) round.brokenLine = { code };
  const mayHaveLeft = letter.mayHaveLeft || lostLine;
  if (outcome === 'later' && attempts < mostAttempts) {
    round.counts.later += 1;
    const dueAt = new Date(now.getTime() + pauseAfter(attempts));
    return { $set: { state: 'queued', dueAt, attempts, mayHaveLeft, error }, $unset: { claimedBy: 1 } };
  }
  round.counts.failed += 1;
  logger.error(
    { letter: letter._id, code },
    'A letter has failed for good. See it under Brev in the office.',
  );
  return { $set: { state: 'failed', attempts, mayHaveLeft, error }, $unset: closed };
}
