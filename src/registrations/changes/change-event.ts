import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inStockholm } from '../../base/dates.ts';
import { inTurn } from '../../base/serial.ts';
import type { Plan } from '../../events/details/details.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { slugAfter } from '../../events/planning/address.ts';
import { type Forbidden, forbiddenBy } from '../../events/planning/keeping-rules.ts';
import { type EditConflict, writeEvent } from '../../events/planning/write-event.ts';
import type { Registration } from '../registration.ts';
import { promote } from '../waiting-list/promote.ts';
import { closeWaitingLists, moveToWaitingList } from '../waiting-list/waiting-list.ts';
import { concernedModes, hasAnybody, heardBy, oweRevisions, toldOf } from './calendar-updates.ts';
import { revise } from './revise.ts';
import { findChosen, modesWithTooFew } from './too-few-seats.ts';

/** Fewer seats than people who have one, in these modes. `planned` is what the event would become. */
export type TooFew = { refused: 'tooFewSeats'; modes: Mode[]; event: Event; planned: Event };

/** People must hear of the change, and the organiser has not seen yet whom and how. */
type Unannounced = { refused: 'unannounced'; event: Event; planned: Event };

/**
 * What the organiser has seen: which version of the event, and whether the letters that its change sends. If there are
 * fewer seats than people, `unseated` are those who go to the waiting list; the others keep their seats.
 */
type Seen = { version: number; letters: boolean; unseated?: Types.ObjectId[] | undefined };

/** `promoted`: who got a seat from the waiting list by the change, in the order of the list. */
type Changed = { event: Event; promoted: Types.ObjectId[] };

/**
 * Saves an organiser's plan on the event as the organiser saw it. If a published event moves in time, place or meeting
 * link, everybody whom that concerns gets an update of their invitation (RFC 5546, 2.1.4: SEQUENCE rises); other
 * changes send nothing. A cancelled event stays as it is, a past one keeps its time, a published one stays complete.
 */
export async function changeEvent(
  context: Context,
  id: Types.ObjectId,
  seen: Seen,
  plan: Plan,
): Promise<Changed | Forbidden | EditConflict | TooFew | Unannounced> {
  return inTurn(String(id), () =>
    transaction(async () => {
      const before = await EventModel.findById(id).orFail().lean<Event>();
      const forbidden = forbiddenBy(before, plan, context.now);
      if (forbidden) return forbidden;
      if (before.version !== seen.version) return { refused: 'conflict', event: before };
      const changes = changesOf(before, plan);
      const planned = { ...before, ...changes };
      const lacking = modesWithTooFew(before, plan);
      const unseated = await findChosen(planned, lacking, seen.unseated);
      if (!unseated) return { refused: 'tooFewSeats', modes: lacking, event: before, planned };
      const concerned = concernedModes(before, planned, context.now);
      if (!seen.letters && (await hasAnybody(id, concerned)))
        return { refused: 'unannounced', event: before, planned };
      const slug = await slugAfter(before, planned);
      const event = await writeEvent(context, 'event.changed', before, { ...changes, slug });
      const promoted = await moveSeats(context, event, unseated);
      await tellOfMove(context, before, event, [...unseated.map(({ _id }) => _id), ...promoted]);
      return { event, promoted };
    }),
  );
}

/** @returns who got a seat from the waiting list */
async function moveSeats(
  context: Context,
  event: Event,
  unseated: Registration[],
): Promise<Types.ObjectId[]> {
  await moveToWaitingList(context, event, unseated);
  const gone = modes.filter((mode) => event.seats[mode] === 0);
  await closeWaitingLists(context, event, gone);
  return promote(context, event._id);
}

function changesOf(before: Event, plan: Plan): Partial<Event> {
  const moved = +before.start !== +plan.start || +before.end !== +plan.end;
  const movedFrom =
    moved && before.state === 'published' ? { start: before.start, end: before.end } : before.movedFrom;
  return { ...plan, movedFrom, sessions: shifted(before, plan.start) };
}

/** The programme follows the event to another day, at the same hours. */
function shifted(event: Event, start: Date): Event['sessions'] {
  const days = Math.round(
    inStockholm(start).startOf('day').diff(inStockholm(event.start).startOf('day'), 'days').days,
  );
  const move = (instant: Date) => inStockholm(instant).plus({ days }).toJSDate();
  return event.sessions.map((one) => ({ ...one, start: move(one.start), end: move(one.end) }));
}

/** @param told those who have got a letter that says it with all the rest */
async function tellOfMove(
  context: Context,
  before: Event,
  event: Event,
  told: Types.ObjectId[],
): Promise<void> {
  const concerned = concernedModes(before, event, context.now);
  if (concerned.length === 0) return;
  const others = { _id: { $nin: told } };
  const revised = await revise(context, event._id, { ...heardBy(before, event, concerned), ...others });
  await oweRevisions(
    context,
    event,
    revised.map((registration) => ({ registration, before: toldOf(before, registration) })),
  );
}
