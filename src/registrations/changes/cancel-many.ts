import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { people as inWords } from '../../texts/grammar.ts';
import { logActs } from '../acts/log-acts.ts';
import { active, type Registration, RegistrationModel } from '../registration.ts';
import { type CancelledPeople, cancelAll } from './cancel-all.ts';

/** More people in one transaction would keep the other acts on an event waiting for too long. */
export const mostCancelledAtOnce = 500;

type ToCancel = { people: Types.ObjectId[]; isTold: boolean };

/** `stale`: some of those who were chosen are not registered for the event any more, or never were. */
export type ManyRefusal = { refused: 'stale' | 'cancelled' | 'over' };

/**
 * Cancels the registrations that an organiser chose among those of an event, all of them or none, until the event ends.
 * The log gets one entry.
 * @throws RangeError for more than `mostCancelledAtOnce`
 */
export async function cancelMany(
  context: Context,
  id: Types.ObjectId,
  { people, isTold }: ToCancel,
): Promise<CancelledPeople | ManyRefusal> {
  if (people.length > mostCancelledAtOnce) throw new RangeError(`${people.length} are too many at once.`);
  return inTurn(String(id), () =>
    transaction(async (): Promise<CancelledPeople | ManyRefusal> => {
      const event = await EventModel.findById(id).orFail().lean<Event>();
      if (event.state === 'cancelled') return { refused: 'cancelled' };
      if (context.now >= event.end) return { refused: 'over' };
      const found = await findActive(id, people);
      if (found.length < new Set(people.map(String)).size) return { refused: 'stale' };
      if (found.length === 0) return { cancelled: [], promoted: [] };

      const about = `${event.title} (${inWords(found.length)}${isTold ? '' : ', utan mejl'})`;
      const registrations = found.map(({ _id }) => _id);
      await logActs(context, event, [{ action: 'registration.cancelledMany', registrations, about }]);
      return cancelAll(context, event, found, isTold);
    }),
  );
}

/** Those of these people who have a seat at the event or wait for one, in the order of their sign-up. */
export async function findActive(event: Types.ObjectId, people: Types.ObjectId[]): Promise<Registration[]> {
  return RegistrationModel.find({ _id: { $in: people }, event, status: { $in: active } })
    .sort({ createdAt: 1, _id: 1 })
    .lean<Registration[]>();
}
