import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { hideFiles } from '../../events/planning/files.ts';
import { writeEvent } from '../../events/planning/write-event.ts';
import { forgetReminders } from '../openings/reminder.ts';
import { RegistrationModel } from '../registration.ts';
import { TallyModel } from '../tallies/tally.ts';

/** True while a published event can be a draft again: nobody has ever signed up, so nobody has it in a letter. */
export async function canBeDraft(event: Event): Promise<boolean> {
  return event.state === 'published' && (await RegistrationModel.exists({ event: event._id })) === null;
}

/** Takes a published event back to a draft. Its address, which stays its own, then leads to nothing. */
export async function unpublishEvent(
  context: Context,
  id: Types.ObjectId,
): Promise<{ event: Event } | { refused: 'notPublished' | 'signedUp'; event: Event }> {
  return inTurn(String(id), () =>
    transaction(async () => {
      const event = await EventModel.findById(id).orFail().lean<Event>();
      if (event.state !== 'published') return { refused: 'notPublished', event };
      if (!(await canBeDraft(event))) return { refused: 'signedUp', event };
      await hideFiles(id);
      await forgetReminders(id);
      await TallyModel.deleteOne({ _id: id });
      const draft = { state: 'draft', publishedAt: null, movedFrom: null } as const;
      return { event: await writeEvent(context, 'event.unpublished', event, draft) };
    }),
  );
}
