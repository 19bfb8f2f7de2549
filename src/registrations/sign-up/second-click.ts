import type { Mode } from '../../events/event.ts';
import type { Person, Registration } from '../registration.ts';

const answers = ['givenName', 'familyName', 'organisation', 'municipality', 'role'] as const;

/** The same post within ten minutes is a second click and not a question. */
export function isSecondClick(before: Registration, person: Person, modes: Mode[], now: Date): boolean {
  const isRecent = +now - +before.createdAt < 10 * 60_000;
  const hasSameModes =
    before.status === 'waiting' ? modes.join() === before.waitsFor.join() : modes.includes(before.mode);
  return isRecent && hasSameModes && answers.every((answer) => before[answer] === person[answer]);
}
