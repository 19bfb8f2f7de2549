import type { Document } from 'mongodb';
import { updateInBatches } from './batches.ts';
import type { Migration } from './migration.ts';

/** Kinds of letters (`letters.kind`), as they were and as they are. */
const kinds = {
  bekraftelse: 'confirmation',
  redan: 'already-registered',
  nylank: 'new-link',
  andrat: 'changed',
  nyadress: 'new-address',
  avbokad: 'cancelled',
  installt: 'cancelled-event',
  vantelista: 'waiting-list',
  erbjudande: 'promoted',
  utanplats: 'moved-to-waiting-list',
  ingenplats: 'no-seat',
  lamnat: 'left-waiting-list',
  paminnelse: 'reminder',
  lank: 'meeting-link',
  tack: 'thanks',
  saknad: 'missed-you',
  utskick: 'mailing',
  fraga: 'are-you-coming',
  lista: 'colleagues-list',
  inloggning: 'sign-in',
};

/** Letters by plan: `events.letterPlan`, `events.missedLetters.step`, `letters.facts.step`, and before the day in `registrations.planned`. */
const steps = {
  vecka: 'week-before',
  dag: 'day-before',
  lank: 'meeting-link',
  tack: 'thanks',
  saknad: 'missed-you',
};

/**
 * Kinds of letters and letters by plan get English names, by the two tables above. Keys, Message-IDs and bytes of letters
 * stay as they are, and the keys of new letters go on with the words of the old (registrations/letter-keys.ts): what is on
 * its way goes byte for byte, what is owed later refers to what was sent before, and nothing goes twice. Forms keep their
 * words, and the log's entries name no kind. In batches, since there are as many letters as registrations and more; what has an
 * English name is passed by.
 */
export const englishLetterKinds: Migration = {
  number: 4,
  name: 'english-letter-kinds',
  async inBatches(database, batch) {
    const planned = { $in: Object.keys(steps) };
    await updateInBatches(
      batch,
      database.collection('events'),
      { $or: [{ letterPlan: planned }, { 'missedLetters.step': planned }] },
      [
        { $set: { letterPlan: eachOf('$letterPlan', english(steps, '$$one')) } },
        {
          $set: {
            missedLetters: eachOf('$missedLetters', {
              $mergeObjects: ['$$one', { step: english(steps, '$$one.step') }],
            }),
          },
        },
      ],
    );
    await updateInBatches(
      batch,
      database.collection('registrations'),
      { planned: { $regex: `^(${Object.keys(steps).join('|')})\\.` } },
      [{ $set: { planned: eachOf('$planned', englishMark) } }],
    );
    await updateInBatches(batch, database.collection('letters'), { kind: { $in: Object.keys(kinds) } }, [
      { $set: { kind: english(kinds, '$kind'), 'facts.step': english(steps, '$facts.step') } },
    ]);
  },
};

/** `vecka.2027-02-11` becomes `week-before.2027-02-11`. */
const englishMark: Document = {
  $let: {
    vars: { parts: { $split: ['$$one', '.'] } },
    in: {
      $concat: [english(steps, { $arrayElemAt: ['$$parts', 0] }), '.', { $arrayElemAt: ['$$parts', 1] }],
    },
  },
};

/** The English name of a value; what is not in the table stays, and what is missing stays missing. */
function english(table: Record<string, string>, value: unknown): Document {
  const branches = Object.entries(table).map(([before, after]) => ({
    case: { $eq: [value, before] },
    // biome-ignore lint/suspicious/noThenProperty: the operator's own name
    then: after,
  }));
  return { $switch: { branches, default: value } };
}

/** Each element (`$$one`) of a list; a list that is missing stays missing. */
function eachOf(list: string, change: Document): Document {
  return { $cond: [{ $isArray: list }, { $map: { input: list, as: 'one', in: change } }, '$$REMOVE'] };
}
