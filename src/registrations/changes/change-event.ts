import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import type { Plan } from '../../events/details/details.ts';
import { type Event, EventModel, type Mode, modes } from '../../events/event.ts';
import { slugAfter } from '../../events/planning/address.ts';
import {
  cancelUntilAfterMove,
  changesBy,
  type Follow,
  type Followers,
  followersOf,
} from '../../events/planning/follow.ts';
import { type Forbidden, forbiddenBy } from '../../events/planning/keeping-rules.ts';
import { type EditConflict, writeEvent } from '../../events/planning/write-event.ts';
import { venueOf } from '../../events/rules.ts';
import { movedSpeakers, tellSpeakers } from '../../speakers/engagements/follow.ts';
import { moveReminders } from '../openings/reminder.ts';
import type { Registration } from '../registration.ts';
import { promote, wouldPromote } from '../waiting-list/promote.ts';
import { closeWaitingLists, moveToWaitingList } from '../waiting-list/waiting-list.ts';
import { concernedModes, hasAnybody, heardBy, oweRevisions, toldOf } from './calendar-updates.ts';
import { revise } from './revise.ts';
import { findChosen, modesWithTooFew } from './too-few-seats.ts';

/** Fewer seats than people who have one, in these modes. `planned` is what the event would become. */
export type TooFew = { refused: 'tooFewSeats'; modes: Mode[]; event: Event; planned: Event };

/** The organiser has not seen yet who must hear of the change and who gets a seat by it, or was not asked what moves along. */
export type Unannounced = {
  refused: 'unannounced';
  event: Event;
  planned: Event;
  promoted: Registration[];
  followers: Followers;
  /** The names of the speakers who must hear of the change. */
  speakers: string[];
};

/**
 * What the organiser has seen: which version of the event, and whether what its change brings about. If there are fewer
 * seats than people, `unseated` are those who go to the waiting list; the others keep their seats. `words` stand in the
 * letters about the change.
 */
export type Seen = {
  version: number;
  letters: boolean;
  unseated?: Types.ObjectId[] | undefined;
  follow?: Follow | undefined;
  words?: string | undefined;
};

/** `promoted`: who got a seat from the waiting list by the change, in the order of the list. `before`: what stood before. */
type Changed = { event: Event; before: Event; promoted: Types.ObjectId[] };

/**
 * Saves an organiser's plan on the event as the organiser saw it. If a published event moves in time, place or meeting
 * link, everybody whom that concerns gets an update of their invitation (RFC 5546, 2.1.4: SEQUENCE rises) and can cancel
 * for some days; other changes send nothing. A cancelled event stays as it is, a past one keeps its time, a published one
 * stays complete.
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
      const changes = changesBy(before, plan, context.now, seen.follow);
      const forbidden = forbiddenBy(before, changes, context.now);
      if (forbidden) return forbidden;
      if (before.version !== seen.version) return { refused: 'conflict', event: before };
      const planned = await afterTelling(context, before, { ...before, ...changes });
      const lacking = modesWithTooFew(before, plan);
      const unseated = await findChosen(planned, lacking, seen.unseated);
      if (!unseated) return { refused: 'tooFewSeats', modes: lacking, event: before, planned };
      const unannounced = seen.letters ? undefined : await unannouncedOf(context, before, planned, plan);
      if (unannounced) return unannounced;
      const slug = await slugAfter(before, planned);
      const event = await writeEvent(context, 'event.changed', before, {
        ...changes,
        cancelUntil: planned.cancelUntil,
        slug,
      });
      await moveReminders(context, event);
      const promoted = await moveSeats(context, event, unseated);
      const told = [...unseated.map(({ _id }) => _id), ...promoted];
      await tellOfMove(context, { before, event, told, words: seen.words });
      await tellSpeakers(context, before, event, seen.words);
      return { event, before, promoted };
    }),
  );
}

/** The event as it will be: if people are told of another time or place, they can cancel for some days. */
async function afterTelling(context: Context, before: Event, planned: Event): Promise<Event> {
  const concerned = concernedModes(before, planned, context.now);
  const isMoved = +before.start !== +planned.start || +before.end !== +planned.end;
  const isElsewhere = venueOf(before) !== venueOf(planned);
  if (!(isMoved || isElsewhere) || !(await hasAnybody(before._id, concerned))) return planned;
  return { ...planned, cancelUntil: cancelUntilAfterMove(planned, context.now) };
}

/** What the organiser must see before it is saved; undefined if there is nothing. */
async function unannouncedOf(
  context: Context,
  event: Event,
  planned: Event,
  plan: Plan,
): Promise<Unannounced | undefined> {
  const followers = followersOf(event, plan);
  const promoted = await wouldPromote(context, planned);
  const isAsked = followers.days.length > 0 || followers.programme !== undefined;
  const isTold = await hasAnybody(event._id, concernedModes(event, planned, context.now));
  const speakers = await movedSpeakers(event, planned, context.now);
  if (!isAsked && !isTold && promoted.length + speakers.length === 0) return undefined;
  return { refused: 'unannounced', event, planned, promoted, followers, speakers };
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

/** `told`: those who have got a letter that says it with all the rest. */
type EventMove = { before: Event; event: Event; told: Types.ObjectId[]; words: string | undefined };

async function tellOfMove(context: Context, { before, event, told, words }: EventMove): Promise<void> {
  const concerned = concernedModes(before, event, context.now);
  if (concerned.length === 0) return;
  const others = { _id: { $nin: told } };
  const revised = await revise(context, event._id, { ...heardBy(before, event, concerned), ...others });
  await oweRevisions(
    context,
    event,
    revised.map((registration) => ({ registration, before: toldOf(before, registration), words })),
  );
}
