import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { actionOn, active, type Registration, RegistrationModel } from '../registration.ts';

/**
 * Marks an address that takes no mail, in every registration that has it, whatever event the mail was about: the
 * organisers see it, and no letters by plan go there until it is corrected.
 */
export async function markDeadAddress(context: Context, email: string): Promise<void> {
  const unmarked = { email, status: { $in: active }, bouncedAt: { $exists: false } };
  const those = await RegistrationModel.find(unmarked).lean<Registration[]>();
  for (const one of those) {
    await RegistrationModel.updateOne({ _id: one._id }, { $set: { bouncedAt: context.now } });
    const event = await EventModel.findById(one.event).lean<Event>();
    if (event) await logAction(context, actionOn('registration.bounced', one, event));
  }
}
