import type { Types } from 'mongoose';
import type { Event } from '../../events/event.ts';
import { RegistrationModel } from '../registration.ts';
import { countTallies } from './count.ts';
import { keepNewcomers, withNewcomers } from './newcomers.ts';
import { findTally } from './read.ts';
import { type Closing, stored, type Tally, TallyModel } from './tally.ts';

/**
 * Makes the tally of an event that is over anew from its rows, in the running transaction. Two that do so at the same time
 * meet at the tally, so one of them begins again and sees what the other has written.
 * @param closing closes the event from now on
 */
export async function makeTally(event: Event, closing?: Closing): Promise<void> {
  const before = await findTally(event._id);
  const [counted] = await countTallies([event]);
  if (!counted) return;
  const closed = closing ?? before?.closed;
  const tally = closed ? { ...(await newcomersOf(event, counted, before)), closed } : counted;
  await TallyModel.replaceOne({ _id: event._id }, stored(tally), { upsert: true });
}

/** Once somebody has been erased, nobody can tell any more who of an event was new. */
async function newcomersOf(event: Event, counted: Tally, before: Tally | null): Promise<Tally> {
  if (before?.closed && (await hasErased(event._id))) return keepNewcomers(counted, before);
  return withNewcomers(counted, event);
}

/** True if rows of the event have lost the people in them. */
export async function hasErased(event: Types.ObjectId): Promise<boolean> {
  return (await RegistrationModel.exists({ event, erasedAt: { $gt: new Date(0) } })) !== null;
}
