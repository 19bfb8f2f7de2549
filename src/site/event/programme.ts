import type { Event, Session } from '../../events/event.ts';
import { byRoom, inParallel, isTimed, spanOf } from '../../events/planning/parallel.ts';

/** What the page shows beside one time: a session, or several that run in parallel, room by room. */
type ProgrammeRow = Pick<Session, 'start' | 'end'> & {
  sessions: Session[];
  rooms?: Session[][];
  /** Those that run in parallel have hours of their own. */
  differ?: boolean;
};

/** The programme row by row, in its order. */
export function programmeOf({ sessions }: Event): ProgrammeRow[] {
  return inParallel(sessions).map((group) => {
    const [{ start, end } = { start: null, end: null }] = group;
    if (group.length === 1) return { start, end, sessions: group };
    const span = spanOf(group.filter(isTimed));
    const differ = group.some((one) => Number(one.start) !== +span.start || Number(one.end) !== +span.end);
    return { ...span, sessions: group, rooms: byRoom(group), differ };
  });
}
