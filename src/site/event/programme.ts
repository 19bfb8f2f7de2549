import type { Event, Session } from '../../events/event.ts';
import { byRoom, inParallel, isTimed, spanOf } from '../../events/planning/parallel.ts';

/** What the page shows beside one time: a session, or several that run in parallel, room by room. */
type Row = Pick<Session, 'start' | 'end'> & { sessions: Session[]; rooms?: Session[][] };

/** The programme row by row, in its order. */
export function programmeOf({ sessions }: Event): Row[] {
  return inParallel(sessions).map((group) => {
    const [{ start, end } = { start: null, end: null }] = group;
    if (group.length === 1) return { start, end, sessions: group };
    return { ...spanOf(group.filter(isTimed)), sessions: group, rooms: byRoom(group) };
  });
}
