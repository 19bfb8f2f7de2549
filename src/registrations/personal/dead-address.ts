import { note } from '../../audit/log.ts';
import type { Act } from '../../base/context.ts';
import type { ClientSession } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { active, noteOf, type Registration, RegistrationModel } from '../registration.ts';

/**
 * Marks an address that takes no mail, in every registration that has it, whatever event the mail was about: the
 * organisers see it, and no letters by plan go there until it is corrected.
 */
export async function markDeadAddress(act: Act, email: string, session: ClientSession): Promise<void> {
  const unmarked = { email, status: { $in: active }, bouncedAt: { $exists: false } };
  const those = await RegistrationModel.find(unmarked).session(session).lean<Registration[]>();
  for (const one of those) {
    await RegistrationModel.updateOne({ _id: one._id }, { $set: { bouncedAt: act.now } }, { session });
    const event = await EventModel.findById(one.event).session(session).lean<Event>();
    if (event) await note(act, noteOf('registration.bounced', one, event), session);
  }
}
