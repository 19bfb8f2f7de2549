import type { QueryFilter } from 'mongoose';
import { type Authority, municipalityName } from '../authorities/authority.ts';
import { foldedWords } from '../base/form/folding.ts';
import { fieldsOf } from './answers.ts';
import { type Answers, questions } from './questions.ts';
import type { Registration } from './registration.ts';

/** More typed words narrow nothing. */
const mostWords = 12;

const searched = questions.filter(({ about }) => about !== 'attendance');

/**
 * The words that a registration is found by, as they are stored in it (`search`): those of the name, the address, the
 * organisation and the municipality, without case and accents. A write of answers writes these too.
 */
export function searchWords(answers: Answers, authority: Pick<Authority, 'municipalities'>): string[] {
  const fields = fieldsOf(answers);
  const texts = [
    ...searched.map(({ name }) => fields[name]),
    municipalityName(authority, answers.municipality),
  ];
  return foldedWords(texts.join(' '));
}

/**
 * Whom a typed text finds: each of its words begins one of theirs. A folded word has letters and digits only, so it is
 * no pattern; a pattern that is anchored is read as a range of the index. Without a single word nobody is found.
 */
export function foundBy(typed: string): QueryFilter<Registration> {
  if (typed.trim() === '') return {};
  const words = foldedWords(typed).slice(0, mostWords);
  if (words.length === 0) return { search: { $in: [] } };
  return { $and: words.map((word) => ({ search: { $regex: `^${word}` } })) };
}
