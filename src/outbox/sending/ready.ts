import { logger } from '../../base/log.ts';
import { type Letter, LetterModel } from '../letter.ts';
import { type Message, messageIdOf, receiver, toBytes } from '../message.ts';
import type { Result } from './results.ts';
import type { Posting } from './transport.ts';

/** A letter with its bytes, which are in the database. */
export type Ready = { letter: Letter; posting: Posting };

/** Who writes letters, and where they come back to. */
export type Writer = {
  /** This worker's name, which no other worker has. */
  by: string;
  /** Writes a letter from its facts, which only it knows. Not asked for one whose bytes are kept already. */
  compose(letter: Letter): Promise<Message>;
  /** The envelope sender; left out: the letter's From. */
  returnTo?: (letter: Letter) => string;
};

/**
 * Writes the bytes of letters that this worker has claimed, and keeps them before the first of them leaves.
 * @returns `unwritten`: letters that could not be written, which is a fault in the program: they wait for a mended one
 */
export async function makeReady(
  letters: Letter[],
  writer: Writer,
): Promise<{ ready: Ready[]; unwritten: Result[] }> {
  const made = await Promise.all(letters.map((letter) => write(letter, writer)));
  const ready = made.flatMap((one) => ('posting' in one ? one : []));
  await keepBytes(ready, writer.by);
  return { ready, unwritten: made.flatMap((one) => ('outcome' in one ? one : [])) };
}

async function write(letter: Letter, { compose, returnTo }: Writer): Promise<Ready | Result> {
  try {
    const envelope = { from: returnTo?.(letter) ?? letter.from.address, to: receiver(letter) };
    const raw = letter.raw ?? (await toBytes(letter, await compose(letter)));
    return { letter, posting: { envelope, raw } };
  } catch (error) {
    const code = error instanceof Error ? error.name : 'Error';
    logger.error(
      { letter: letter._id, kind: letter.kind, code },
      'A letter could not be written. Report this.',
    );
    const text = 'Mejlet gick inte att skriva.';
    return { letter, outcome: { outcome: 'later', domain: false, code, text } };
  }
}

async function keepBytes(ready: Ready[], by: string): Promise<void> {
  const changes = ready
    .filter(({ letter }) => !letter.raw)
    .map(({ letter, posting }) => ({
      updateOne: {
        filter: { _id: letter._id, claimedBy: by },
        update: { $set: { raw: posting.raw, messageId: messageIdOf(letter.key, letter.from.address) } },
      },
    }));
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
}
