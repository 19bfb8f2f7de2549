import { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel, type Session, type Speaker } from '../event.ts';
import { type EditConflict, writeEvent } from '../planning/write-event.ts';

/** A cancelled event's programme stays as it is, and a published one keeps at least one session. */
export type ProgrammeRefusal = { refused: 'cancelled' | 'lastSession'; event: Event };

/** One part of the programme as an organiser writes it; `key` names the one to change. */
export type SessionPlan = {
  key?: Types.ObjectId;
  start: Date;
  end: Date;
  title: string;
  description: string;
  speakers: Speaker[];
};

/** Adds or changes one part of the programme, kept in the order of time. */
export async function saveSession(
  context: Context,
  id: Types.ObjectId,
  version: number,
  { key, ...plan }: SessionPlan,
): Promise<Event | EditConflict | ProgrammeRefusal> {
  return changeProgramme(context, id, version, (sessions) => {
    const others = sessions.filter((one) => !key || !one._id.equals(key));
    return [...others, { ...plan, _id: key ?? new Types.ObjectId() }].sort(
      (a, b) => +a.start - +b.start || +a.end - +b.end,
    );
  });
}

/** Takes one part out of the programme. */
export async function removeSession(
  context: Context,
  id: Types.ObjectId,
  version: number,
  key: Types.ObjectId,
): Promise<Event | EditConflict | ProgrammeRefusal> {
  return changeProgramme(context, id, version, (sessions) => sessions.filter((one) => !one._id.equals(key)));
}

async function changeProgramme(
  context: Context,
  id: Types.ObjectId,
  version: number,
  change: (sessions: Session[]) => Session[],
) {
  return transaction(async (): Promise<Event | EditConflict | ProgrammeRefusal> => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    const sessions = change(event.sessions);
    if (event.state === 'cancelled') return { refused: 'cancelled', event };
    if (event.state === 'published' && sessions.length === 0) return { refused: 'lastSession', event };
    if (event.version !== version) return { refused: 'conflict', event };
    return writeEvent(context, 'event.programme', event, { sessions });
  });
}
