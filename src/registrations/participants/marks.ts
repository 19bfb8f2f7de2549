import type { Action } from '../../audit/log.ts';
import { newId } from '../../base/database.ts';
import type { Mode } from '../../events/event.ts';
import type { Registration } from '../registration.ts';

/** Who came: true, false, or null for not marked. */
export type Presence = Registration['present'];

/** What is marked: who came, by the mode that they came in if it may be another than the one signed up for. */
export type Mark = Presence | Mode;

/** A mark that may come late and more than once, as from a telephone without a network. */
export type SentMark = {
  mark: Mark;
  /** By which it is known again, so that it counts once. */
  nonce?: string;
  /** Of an undo: the marks that it takes back. If it does not say, it takes back all. */
  undoes?: string[] | undefined;
};

/** How somebody is marked. */
type Marked = Pick<Registration, 'present' | 'presentAt' | 'attendedMode'> & { marks: string[] };

/**
 * How somebody is marked after one more mark, and what the log says of it. Of two marks, the one that says "present"
 * wins. An undo takes back the marks that it names, so that somebody whom another person has marked too stays marked.
 * @param at when the mark was made; null if nobody knows
 */
export function withMark(
  before: Registration,
  { mark, nonce = newId(), undoes }: SentMark,
  at: Date | null,
): { marked: Marked; action: Action | null } {
  const { present, presentAt, attendedMode, marks = [] } = before;
  const asBefore = { present, presentAt, attendedMode, marks };
  if (mark) {
    const moment = present ? earlier(presentAt, at) : at;
    const attended = mark === true ? before.mode : mark;
    const marked = { present: true, presentAt: moment, attendedMode: attended };
    const isSame = present && attendedMode === attended;
    return {
      marked: { ...marked, marks: present ? [...marks, nonce] : [nonce] },
      action: isSame ? null : 'attendance.present',
    };
  }
  if (mark === false) {
    if (present) return { marked: asBefore, action: 'attendance.outvoted' };
    const isSame = present === false;
    const now = isSame ? [...marks, nonce] : [nonce];
    return {
      marked: { ...unmarked, present: false, marks: now },
      action: isSame ? null : 'attendance.absent',
    };
  }
  const left = undoes ? marks.filter((one) => !undoes.includes(one)) : [];
  if (left.length > 0) return { marked: { ...asBefore, marks: left }, action: 'attendance.undoneByOne' };
  return { marked: unmarked, action: present === null ? null : 'attendance.cleared' };
}

const unmarked: Marked = { present: null, presentAt: null, attendedMode: null, marks: [] };

/** Another mode is a correction: the moment of the first mark stands. */
function earlier(known: Date | null, at: Date | null): Date | null {
  return known && at && at < known ? at : known;
}
