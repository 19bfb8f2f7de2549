import { isDeepStrictEqual } from 'node:util';
import { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import type { Plan } from '../../events/details/details.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { newDraft } from '../../events/planning/create.ts';
import { whatChanged } from '../../events/planning/what-changed.ts';
import { findTally } from '../tallies/read.ts';
import { TallyModel } from '../tallies/tally.ts';
import { type Attended, attendedIn, numberOf, tallyOf } from './attended.ts';

/** An event that was held before the county board used the system: what it was, and how many came. */
export type Recorded = { plan: Plan; attended: Attended[] };

/** The same as it is stored. */
export type RecordedEvent = { event: Event; attended: Attended[] };

/** Somebody saved in between: nothing was written, and this is what stands now. */
type RecordedConflict = RecordedEvent & { refused: 'conflict' };

/** Writes such an event down. A form that comes twice, as by a double click, makes one. */
export async function recordEvent(
  context: Context,
  authority: string,
  { plan, attended }: Recorded,
  id = new Types.ObjectId(),
): Promise<Event> {
  return inTurn(String(id), () =>
    transaction(async () => {
      const known = await EventModel.findById(id).lean<Event>();
      if (known && isDeepStrictEqual({ ...known, ...plan }, known)) return known;
      const _id = known ? new Types.ObjectId() : id;
      const event = { ...newDraft(plan), state: 'recorded' as const, _id, authority, changedAt: context.now };
      await EventModel.insertMany([event], { lean: true });
      await TallyModel.create(tallyOf(event, attended));
      await logAction(context, { authority, action: 'event.recorded', event: _id, about: plan.title });
      return event;
    }),
  );
}

/** The recorded event with how many came. */
export async function findRecorded(event: Event): Promise<RecordedEvent> {
  return { event, attended: attendedIn(await findTally(event._id)) };
}

/** Changes what was written down, if it still is the version that was seen. */
export async function changeRecorded(
  context: Context,
  id: Types.ObjectId,
  version: number,
  { plan, attended }: Recorded,
): Promise<Event | RecordedConflict> {
  return transaction(async () => {
    const before = await readRecorded(id);
    const { event } = before;
    if (event.version !== version) return { refused: 'conflict', ...before };
    const change = { ...plan, changedAt: context.now, version: version + 1 };
    await EventModel.updateOne({ _id: id }, { $set: change });
    await TallyModel.replaceOne({ _id: id }, tallyOf(event, attended), { upsert: true });
    await logChange(context, before, { plan, attended });
    return { ...event, ...change };
  });
}

async function logChange(
  context: Context,
  { event, attended }: RecordedEvent,
  after: Recorded,
): Promise<void> {
  const [from, to] = [attended, after.attended].map((some) => String(numberOf(some)));
  const { changes = [], ...others } = whatChanged(event, after.plan);
  const sums = from === to ? [] : [{ field: 'attended', from: from ?? '', to: to ?? '' }];
  await logAction(context, {
    ...{ authority: event.authority, action: 'event.changed', event: event._id, about: after.plan.title },
    ...{ ...others, changes: [...changes, ...sums] },
  });
}

/** Takes a recorded event away with its numbers, if it still is the version that was seen. */
export async function removeRecorded(
  context: Context,
  id: Types.ObjectId,
  version: number,
): Promise<Event | RecordedConflict> {
  return transaction(async () => {
    const before = await readRecorded(id);
    const { event } = before;
    if (event.version !== version) return { refused: 'conflict', ...before };
    await EventModel.deleteOne({ _id: id });
    await TallyModel.deleteOne({ _id: id });
    const { authority, title } = event;
    await logAction(context, { authority, action: 'event.removed', event: id, about: title });
    return event;
  });
}

async function readRecorded(_id: Types.ObjectId): Promise<RecordedEvent> {
  return findRecorded(await EventModel.findOne({ _id, state: 'recorded' }).orFail().lean<Event>());
}
