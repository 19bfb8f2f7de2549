import { logger } from '../base/log.ts';
import { claim, giveBack, keepLeases } from './claim.ts';
import { type Letter, LetterModel } from './letter.ts';
import { type Message, messageIdOf, receiver, toBytes } from './message.ts';
import { endPause, pauseQueue, readPause } from './pause.ts';
import { isFinal, isLostLine, type Result, resultBook } from './results.ts';
import { connections, type Posting, type Transport } from './transport.ts';

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

type Ready = { letter: Letter; posting: Posting };
type Round = Delivery & {
  moment: () => Date;
  counts: Delivered;
  book: ReturnType<typeof resultBook>;
  /** What the server answered, where it was no letter's fault. */
  brokenLine?: { code: string };
};

/** Letters that one round takes, at least. */
const roundSize = 500;

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
  const book = resultBook(delivery.by, leases.now);
  const round: Round = { ...delivery, moment: leases.now, counts, book };
  try {
    await sendDue(round);
    await book.done();
  } finally {
    leases.end();
  }
  if (counts.waits) await pauseQueue(pause, leases.now(), round.brokenLine?.code ?? '');
  else if (pause && counts.sent > 0) await endPause();
  return counts;
}

/** While some letters are on their way, the next are being written. */
async function sendDue(round: Round): Promise<void> {
  let ready = await nextLetters(round);
  while (ready.length > 0 && !isOver(round))
    [, ready] = await Promise.all([sendAll(ready, round), nextLetters(round)]);
  await handBack(ready, round);
}

function isOver(round: Round): boolean {
  return round.brokenLine !== undefined || round.stop?.aborted === true;
}

/** The next letters for this worker, with their bytes kept; none at the round's end. */
async function nextLetters(round: Round): Promise<Ready[]> {
  if (round.counts.claimed >= roundSize) return [];
  const letters = await claim(round.moment(), round.by);
  round.counts.claimed += letters.length;
  const ready = (await Promise.all(letters.map((letter) => prepare(letter, round)))).flat();
  await keepBytes(ready, round);
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
    note({ letter, outcome: { outcome: 'later', code, text: 'Brevet gick inte att skriva.' } }, round);
    return [];
  }
}

/** The bytes are in the database before the first of them leaves (R70). */
async function keepBytes(ready: Ready[], round: Round): Promise<void> {
  const changes = ready
    .filter(({ letter }) => !letter.raw)
    .map(({ letter, posting }) => ({
      updateOne: {
        filter: { _id: letter._id, claimedBy: round.by },
        update: { $set: { raw: posting.raw, messageId: messageIdOf(letter.key, letter.from.address) } },
      },
    }));
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
}

/** As many on their way at once as there are connections. */
async function sendAll(ready: Ready[], round: Round): Promise<void> {
  const waiting = [...ready];
  const lane = async () => {
    while (!isOver(round)) {
      const next = waiting.shift();
      if (!next) return;
      note({ letter: next.letter, outcome: await round.send(next.posting) }, round);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  await handBack(waiting, round);
}

function note(result: Result, round: Round): void {
  const { letter, outcome } = result;
  round.book.add(result);
  if (outcome.outcome === 'sent') round.counts.sent += 1;
  else if (outcome.outcome === 'wait') round.counts.waits = true;
  else round.counts[isFinal(letter, outcome) ? 'failed' : 'later'] += 1;
  if (outcome.outcome === 'wait' || (outcome.outcome === 'later' && isLostLine(outcome)))
    round.brokenLine = { code: outcome.code };
}

/** Gives back what was claimed and not tried. */
async function handBack(untried: Ready[], round: Round): Promise<void> {
  const ids = untried.map(({ letter }) => letter._id);
  if (ids.length > 0) await giveBack(ids, round.by, round.moment());
}
