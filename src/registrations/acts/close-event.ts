import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { makeTally } from '../tallies/make.ts';
import { findTally } from '../tallies/read.ts';
import { logActs } from './log-acts.ts';

/** `early`: the event has not ended; `cancelled`: it did not take place. */
export type CloseRefusal = { refused: 'early' | 'cancelled' };

/**
 * Closes an event that is over: its attendance is as complete as it will be, so from now on those who came for the first
 * time are counted, while it is still known who they are. Later corrections still count. Closing twice changes nothing.
 */
export async function closeEvent(
  context: Context,
  id: Types.ObjectId,
): Promise<{ event: Event } | CloseRefusal> {
  return inTurn(String(id), () =>
    transaction(async () => {
      const event = await EventModel.findById(id).orFail().lean<Event>();
      if (event.state !== 'published') return { refused: 'cancelled' };
      if (context.now < event.end) return { refused: 'early' };
      if ((await findTally(id))?.closed) return { event };
      await makeTally(event, { at: context.now, by: context.by.organiser?.name ?? '' });
      await logActs(context, event, [{ action: 'event.closed' }]);
      return { event };
    }),
  );
}
