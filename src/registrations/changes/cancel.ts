import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { cancellationsEnd } from '../../events/rules.ts';
import { logActs } from '../acts/log-acts.ts';
import { inTurnOf } from '../locked.ts';
import type { Registration } from '../registration.ts';
import { cancelAll } from './cancel-all.ts';

/** `promoted`: who got the seat from the waiting list. */
type Cancelled = { registration: Registration; promoted: Types.ObjectId[] };

/**
 * Cancels a registration: gives the seat to the first who waits for it and takes the entry out of the person's calendar, or
 * leaves the waiting list. People can do so until the event's last moment for it, organisers until the event ends.
 * Cancelling twice is no error: the answer is the same and nothing more happens.
 */
export async function cancelRegistration(
  context: Context,
  id: Types.ObjectId,
  moment: Date = context.now,
): Promise<Cancelled | { refused: 'cancelled' | 'over' }> {
  return inTurnOf(id, async ({ registration, event }) => {
    if (registration.status === 'cancelled') return { registration, promoted: [] };
    if (event.state === 'cancelled') return { refused: 'cancelled' };
    if (context.by.organiser ? context.now >= event.end : moment >= cancellationsEnd(event))
      return { refused: 'over' };

    await logActs(context, event, [{ action: 'registration.cancelled', registration: registration._id }]);
    const { cancelled, promoted } = await cancelAll(context, event, [registration], true);
    return { registration: cancelled[0] ?? registration, promoted };
  });
}
