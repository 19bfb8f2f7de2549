import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { logger } from '../base/log.ts';
import {
  domainOf,
  endDomainPause,
  endPause,
  type Pause,
  pauseDomain,
  pauseQueue,
  readDomainPauses,
  readPause,
} from './backoff.ts';
import { claim, giveBack, heldUntil, isAnyDue, takeOver } from './claim.ts';
import { type Lease, takeLease } from './lease.ts';
import { type Letter, LetterModel } from './letter.ts';
import { type Message, messageIdOf, receiver, toBytes } from './message.ts';
import type { Pace } from './rate-limit.ts';
import { isFinal, type Result, resultBook } from './results.ts';
import { connections, isDeadAddress, type Outcome, type Posting, type Transport } from './transport.ts';

export type Delivery = {
  clock: Clock;
  /** This worker's name, which no other worker has. */
  by: string;
  /** Writes a letter from its facts, which only it knows. Not asked for one whose bytes are kept already. */
  compose(letter: Letter): Promise<Message>;
  /** The envelope sender; the letter's From where it is not told. */
  returnTo?: (letter: Letter) => string;
  send: Transport['send'];
  /** Told of a letter whose address does not exist, as the server says. */
  onDeadAddress?: (letter: Letter) => Promise<void>;
  /** How fast letters may leave; without it as fast as they can. */
  pace?: Pace;
  /** Ends the round after the letters that are on their way. */
  stop?: AbortSignal;
};

/** What a round came to; where `claimed` is 0 nothing can be sent right now. `waits`: the whole queue does. */
export type Delivered = { claimed: number; sent: number; failed: number; later: number; waits: boolean };

type Ready = { letter: Letter; posting: Posting };
type Round = Delivery & {
  lease: Lease;
  counts: Delivered;
  book: ReturnType<typeof resultBook>;
  /** By domain. */
  pauses: Map<string, Pause>;
  /** Written, and waiting for a connection. */
  ready: Ready[];
  /** The next ones being written. */
  coming?: Promise<void> | undefined;
  /** True where nothing more was due when somebody looked last. */
  dry: boolean;
  onTheWay: Set<Promise<void>>;
  /** What ended the round, where it was no letter's fault. */
  brokenLine?: Exclude<Outcome, { outcome: 'sent' }>;
  fault?: { error: unknown };
};

/** With fewer letters than this waiting for a connection, the next are written meanwhile. */
const ahead = 50;

/** How soon to look again, in milliseconds, while some letters are on their way and others may come. */
const rest = 500;

/**
 * One round of the worker that has the lease: sends what is due over several connections until nothing is, keeps the
 * exact bytes before and notes what became of each. Killed at any moment, what may or may not have left goes again byte
 * for byte (R70). Where the line itself fails the round ends, and what was not tried is handed back.
 * @throws Error where the database fails; what was on its way then goes again in the next round
 */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const { clock, by } = delivery;
  const counts: Delivered = { claimed: 0, sent: 0, failed: 0, later: 0, waits: false };
  if (!(await isAnyDue(clock()))) return counts;
  const pause = await readPause();
  if (pause && pause.until > clock()) return { ...counts, waits: true };
  const lease = await takeLease(by, clock);
  if (!lease) return counts;
  const book = resultBook(by, clock);
  const open = {
    ready: [],
    dry: false,
    onTheWay: new Set<Promise<void>>(),
    pauses: await readDomainPauses(),
  };
  const round: Round = { ...delivery, ...open, lease, counts, book };
  try {
    await takeOver(clock());
    await sendDue(round);
    await book.done();
  } finally {
    lease.rest();
  }
  await pauseOrGoOn(round, pause);
  return counts;
}

/** Every connection is kept busy until nothing is due; a fault ends the round only after what is on its way. */
async function sendDue(round: Round): Promise<void> {
  await Promise.all(Array.from({ length: connections }, () => keepBusy(round)));
  await handBack(round);
  if (round.fault) throw round.fault.error;
}

async function keepBusy(round: Round): Promise<void> {
  try {
    for (let next = await nextLetter(round); next; next = await nextLetter(round)) {
      const way = sendOne(next, round).finally(() => round.onTheWay.delete(way));
      round.onTheWay.add(way);
      await way;
    }
  } catch (error) {
    round.fault ??= { error };
  }
}

/** The next letter that may go; none at the round's end. A letter that hangs keeps none from leaving that is owed meanwhile. */
async function nextLetter(round: Round): Promise<Ready | undefined> {
  while (!isOver(round)) {
    const next = round.ready.shift();
    if (!next || (round.ready.length < ahead && !round.dry)) refill(round);
    if (next && !isHeld(next, round)) return next;
    if (next) continue;
    await round.coming;
    if (round.ready.length > 0) continue;
    if (round.onTheWay.size === 0) return undefined;
    await Promise.race([...round.onTheWay, setTimeout(rest, undefined, { ref: false })]);
  }
  return undefined;
}

function isOver(round: Round): boolean {
  const { brokenLine, fault, stop, lease, book } = round;
  return Boolean(brokenLine || fault || stop?.aborted || book.failed() || !lease.holds());
}

/** While some letters are on their way, the next are being written. */
function refill(round: Round): void {
  round.coming ??= prepareNext(round)
    .catch((error) => {
      round.fault ??= { error };
    })
    .finally(() => {
      round.coming = undefined;
    });
}

/** The next letters for this worker, with their bytes kept. */
async function prepareNext(round: Round): Promise<void> {
  const letters = await claim(round.clock(), round.by, round.pauses);
  round.dry = letters.length === 0;
  round.counts.claimed += letters.length;
  const ready = (await Promise.all(letters.map((letter) => prepare(letter, round)))).flat();
  await keepBytes(ready, round);
  round.ready.push(...ready);
}

/** A letter that cannot be written is a fault in the program: it waits for the mended one, and the others go. */
async function prepare(letter: Letter, round: Round): Promise<Ready[]> {
  try {
    const envelope = { from: round.returnTo?.(letter) ?? letter.from.address, to: receiver(letter) };
    const raw = letter.raw ?? (await toBytes(letter, await round.compose(letter)));
    return [{ letter, posting: { envelope, raw } }];
  } catch (error) {
    const code = error instanceof Error ? error.name : 'Error';
    logger.error(
      { letter: letter._id, kind: letter.kind, code },
      'A letter could not be written. Report this.',
    );
    const text = 'Brevet gick inte att skriva.';
    note({ letter, outcome: { outcome: 'later', domain: false, code, text } }, round);
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

/** Notes a letter as held whose domain has asked for a pause since it was claimed. */
function isHeld({ letter }: Ready, round: Round): boolean {
  const until = heldUntil(letter, round.pauses, round.clock());
  if (until) note({ letter, outcome: { outcome: 'held', until } }, round);
  return until !== undefined;
}

async function sendOne(next: Ready, round: Round): Promise<void> {
  await round.pace?.(round.stop);
  if (isOver(round)) {
    round.ready.unshift(next);
    return;
  }
  const outcome = await round.send(next.posting);
  note({ letter: next.letter, outcome }, round);
  if (isDeadAddress(outcome)) await round.onDeadAddress?.(next.letter);
  const domain = domainOf(next.letter);
  if (outcome.outcome === 'sent') await endDomainPause(round.pauses, domain);
  if (outcome.outcome === 'later' && outcome.domain)
    await pauseDomain(round.pauses, domain, round.clock(), outcome.code);
}

function note(result: Result, round: Round): void {
  const { letter, outcome } = result;
  round.book.add(result);
  if (outcome.outcome === 'sent') round.counts.sent += 1;
  else if (outcome.outcome === 'held') round.counts.later += 1;
  else if (outcome.outcome !== 'wait') round.counts[isFinal(letter, outcome) ? 'failed' : 'later'] += 1;
  if (outcome.outcome === 'wait' || outcome.outcome === 'lost') round.brokenLine = outcome;
}

/** Gives back what was claimed and not tried. */
async function handBack({ ready, coming, by }: Round): Promise<void> {
  await coming;
  const ids = ready.map(({ letter }) => letter._id);
  if (ids.length > 0) await giveBack(ids, by);
}

/**
 * Stops the queue where the server takes nothing, for longer each time; and for a minute where the line broke before
 * anything got through. That may be one letter's fault, which must not stop the others for long.
 */
async function pauseOrGoOn({ brokenLine, counts, clock, stop }: Round, pause: Pause | null): Promise<void> {
  if (counts.sent > 0 && pause) await endPause();
  const gotThrough = counts.sent > 0;
  if (!brokenLine || stop?.aborted || (brokenLine.outcome === 'lost' && gotThrough)) return;
  const before = brokenLine.outcome === 'lost' || gotThrough ? null : pause;
  await pauseQueue(before, clock(), brokenLine.code);
  counts.waits = true;
}
