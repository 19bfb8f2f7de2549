import { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel, type Session } from '../event.ts';
import { type EditConflict, writeEvent } from '../planning/write-event.ts';
import { inserted, replaced, shifted, swapped } from './order.ts';

/** A cancelled event's programme stays as it is, and a published one keeps at least one session. */
export type ProgrammeRefusal = { refused: 'cancelled' | 'lastSession'; event: Event };

type SessionSaved = Event | EditConflict | ProgrammeRefusal;

/** One part of the programme as an organiser writes it; `key` names the one to change, `id` is what a new one gets. */
export type SessionPlan = Omit<Session, '_id'> & {
  key?: Types.ObjectId | undefined;
  id?: Types.ObjectId | undefined;
};

/** Adds or changes one part of the programme. A form that comes twice, as by a double click, adds one. */
export async function saveSession(
  context: Context,
  id: Types.ObjectId,
  version: number,
  { key, id: given, ...plan }: SessionPlan,
): Promise<SessionSaved> {
  const session = { ...plan, _id: key ?? given ?? new Types.ObjectId() };
  return changeProgramme(context, id, version, (sessions) => {
    if (key) return replaced(sessions, { ...translationOf(sessions, key), ...session });
    const isThere = sessions.some((one) => one._id.equals(session._id));
    return isThere ? sessions : inserted(sessions, session);
  });
}

/** What the form of a session does not ask for. */
function translationOf(sessions: Session[], key: Types.ObjectId): Partial<Session> {
  const { titleEn, descriptionEn } = sessions.find(({ _id }) => _id.equals(key)) ?? {};
  return { ...(titleEn && { titleEn }), ...(descriptionEn && { descriptionEn }) };
}

/** Takes one part out of the programme. */
export async function removeSession(
  context: Context,
  id: Types.ObjectId,
  version: number,
  key: Types.ObjectId,
): Promise<SessionSaved> {
  return changeProgramme(context, id, version, (sessions) => sessions.filter((one) => !one._id.equals(key)));
}

/** Moves one part before or after its neighbour. */
export async function moveSession(
  context: Context,
  id: Types.ObjectId,
  version: number,
  { key, way }: { key: Types.ObjectId; way: 'up' | 'down' },
): Promise<SessionSaved> {
  return changeProgramme(context, id, version, (sessions) => {
    const place = sessions.findIndex((one) => one._id.equals(key));
    return place < 0 ? sessions : swapped(sessions, way === 'up' ? place - 1 : place);
  });
}

/** Moves all that begins at a moment or later by so many minutes. */
export async function shiftSessions(
  context: Context,
  id: Types.ObjectId,
  version: number,
  { from, minutes }: { from: Date; minutes: number },
): Promise<SessionSaved> {
  return changeProgramme(context, id, version, (sessions) => shifted(sessions, from, minutes));
}

async function changeProgramme(
  context: Context,
  id: Types.ObjectId,
  version: number,
  change: (sessions: Session[]) => Session[],
) {
  return transaction(async (): Promise<SessionSaved> => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    const sessions = change(event.sessions);
    if (event.state === 'cancelled') return { refused: 'cancelled', event };
    if (event.state === 'published' && sessions.length === 0) return { refused: 'lastSession', event };
    if (sessions === event.sessions) return event;
    if (event.version !== version) return { refused: 'conflict', event };
    return writeEvent(context, 'event.programme', event, { sessions });
  });
}
