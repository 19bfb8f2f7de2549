import type { Mode } from '../../events/event.ts';
import { fieldsOf } from '../answers.ts';
import { questions } from '../questions.ts';
import type { Person, Registration } from '../registration.ts';

/** The same post within ten minutes is a second click and not a question. */
export function isSecondClick(before: Registration, person: Person, modes: Mode[], now: Date): boolean {
  const isRecent = +now - +before.createdAt < 10 * 60_000;
  const hasSameModes =
    before.status === 'waiting' ? modes.join() === before.waitsFor.join() : modes.includes(before.mode);
  return isRecent && hasSameModes && hasSameAnswers(before, person);
}

/** The mode is compared by itself, since somebody may ask for several. */
function hasSameAnswers(before: Person, person: Person): boolean {
  const [earlier, now] = [fieldsOf(before), fieldsOf(person)];
  return questions.every(({ name }) => name === 'mode' || earlier[name] === now[name]);
}
