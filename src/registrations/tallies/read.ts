import type { Types } from 'mongoose';
import type { Event } from '../../events/event.ts';
import { countTallies } from './count.ts';
import { type StoredTally, type Tally, TallyModel, whole } from './tally.ts';

/** The tallies of events that are over. The worker has not yet made those of the last minute, so they are counted here. */
export async function talliesOf(events: Pick<Event, '_id' | 'authority'>[]): Promise<Tally[]> {
  const made = await TallyModel.find({ _id: { $in: events.map(({ _id }) => _id) } }).lean<StoredTally[]>();
  const known = new Set(made.map(({ _id }) => String(_id)));
  return [...made.map(whole), ...(await countTallies(events.filter(({ _id }) => !known.has(String(_id)))))];
}

/** The tally of an event, if it has been made. */
export async function findTally(event: Types.ObjectId): Promise<Tally | null> {
  const made = await TallyModel.findById(event).lean<StoredTally>();
  return made && whole(made);
}
