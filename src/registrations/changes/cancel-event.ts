import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { writeEvent } from '../../events/planning/write-event.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { cancelSpeakers } from '../../speakers/engagements/follow.ts';
import { forgetReminders } from '../openings/reminder.ts';
import { oweLetters } from '../owed-letter.ts';
import { eventCancellation } from './calendar-updates.ts';
import { revise } from './revise.ts';

/**
 * Cancels a published event with its reason. Everybody with a seat gets a CANCEL for their calendar (RFC 5546, 3.2.5),
 * those who cancelled before get nothing.
 */
export async function cancelEvent(
  context: Context,
  id: Types.ObjectId,
  reason: string,
): Promise<{ event: Event } | { refused: 'notPublished' | 'over' }> {
  return inTurn(String(id), () =>
    transaction(async () => {
      const before = await EventModel.findById(id).orFail().lean<Event>();
      if (before.state !== 'published') return { refused: 'notPublished' };
      if (before.end <= context.now) return { refused: 'over' };
      const change = { state: 'cancelled' as const, cancelReason: reason };
      const event = await writeEvent(context, 'event.cancelled', before, change);
      const revised = await revise(context, id, {});
      const standing = await takeBack(revised.map(({ _id }) => _id));
      const letters = revised.map((one) => eventCancellation(one, reason, standing.get(one.uid)));
      await oweLetters(context, event, letters);
      await cancelSpeakers(context, event, reason);
      await forgetReminders(id);
      return { event };
    }),
  );
}
